import { z } from 'zod';
import { LIMITS } from './names/limits.ts';

/** A tenant's id. Part of object keys, hence limited to lowercase letters, digits and hyphens. */
export const WorkspaceId = z
  .string()
  .regex(/^[a-z0-9-]{1,40}$/, 'expected 1-40 lowercase letters, digits or hyphens')
  .brand<'WorkspaceId'>();
export type WorkspaceId = z.infer<typeof WorkspaceId>;

const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

export const JobId = z
  .string()
  .regex(ULID, 'expected a ULID')
  .brand<'JobId'>()
  .describe('Id of the job, a ULID: sorts by time of creation.');
export type JobId = z.infer<typeof JobId>;

export const KeyId = z
  .string()
  .regex(ULID, 'expected a ULID')
  .brand<'KeyId'>()
  .describe('Id of the API key, a ULID: sorts by time of creation. It is no secret.');
export type KeyId = z.infer<typeof KeyId>;

export const PhotoId = z
  .string()
  .regex(/^p(?:0(?:0[1-9]|[1-9][0-9])|100)$/, `expected p001 to p${LIMITS.photosPerJob}`)
  .brand<'PhotoId'>()
  .describe(`The photo's place in its job: p001 to p${LIMITS.photosPerJob}.`);
export type PhotoId = z.infer<typeof PhotoId>;

/** The id of the photo declared at `index` (0 is `p001`). */
export const photoIdAt = (index: number): PhotoId => PhotoId.parse(`p${String(index + 1).padStart(3, '0')}`);

/** The index at which a photo was declared (`p001` is 0). */
export const indexOfPhoto = (photoId: PhotoId): number => Number(photoId.slice(1)) - 1;

/** Identifies a job, always with its workspace, so that a store cannot return another workspace's job. */
export const JobRef = z.object({ workspaceId: WorkspaceId, jobId: JobId });
export type JobRef = z.infer<typeof JobRef>;

export const PhotoRef = JobRef.extend({ photoId: PhotoId });
export type PhotoRef = z.infer<typeof PhotoRef>;
