import { type JobRef, PhotoRef } from './ids.ts';
import { PREFIXES } from './names/media-prefixes.ts';

const place = ({ workspaceId, jobId }: JobRef): string => `${workspaceId}/${jobId}/`;

/** Below which all photos of a job arrive. */
export const uploadPrefix = (job: JobRef): string => `${PREFIXES.uploads}${place(job)}`;

/** Where one photo arrives. Made of ids only; needs no URL encoding. */
export const uploadKey = (photo: PhotoRef): string => `${uploadPrefix(photo)}${photo.photoId}`;

/** The 1,280 px copy without metadata. */
export const displayKey = (photo: PhotoRef): string => `${PREFIXES.derived}${place(photo)}${photo.photoId}/display.jpg`;

/** The display copy with the findings drawn on it; exists only when there are any. */
export const overlayKey = (photo: PhotoRef): string => `${PREFIXES.derived}${place(photo)}${photo.photoId}/overlay.jpg`;

/** Whose photo lies under this key; undefined when the key is none that `uploadKey` makes. */
export function photoOfUploadKey(key: string): PhotoRef | undefined {
  if (!key.startsWith(PREFIXES.uploads)) return undefined;
  const [workspaceId, jobId, photoId, ...rest] = key.slice(PREFIXES.uploads.length).split('/');
  return rest.length > 0 ? undefined : PhotoRef.safeParse({ workspaceId, jobId, photoId }).data;
}
