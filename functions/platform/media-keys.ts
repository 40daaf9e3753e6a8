import { type JobRef, PhotoRef } from './ids.ts';
import { PREFIXES } from './names/media-prefixes.ts';

const place = ({ workspaceId, jobId }: JobRef): string => `${workspaceId}/${jobId}/`;

/** Key prefix of all uploads of a job. */
export const uploadPrefix = (job: JobRef): string => `${PREFIXES.uploads}${place(job)}`;

/** Key of a photo's upload. Made of ids only, so it needs no URL encoding. */
export const uploadKey = (photo: PhotoRef): string => `${uploadPrefix(photo)}${photo.photoId}`;

/** Key of the 1,280 px copy without metadata. */
export const displayKey = (photo: PhotoRef): string => `${PREFIXES.derived}${place(photo)}${photo.photoId}/display.jpg`;

/** Key of the display copy with the findings drawn on it; exists only when there are findings. */
export const overlayKey = (photo: PhotoRef): string => `${PREFIXES.derived}${place(photo)}${photo.photoId}/overlay.jpg`;

/** The photo of an upload's key; undefined for any other key. */
export function photoOfUploadKey(key: string): PhotoRef | undefined {
  if (!key.startsWith(PREFIXES.uploads)) return undefined;
  const [workspaceId, jobId, photoId, ...rest] = key.slice(PREFIXES.uploads.length).split('/');
  return rest.length > 0 ? undefined : PhotoRef.safeParse({ workspaceId, jobId, photoId }).data;
}
