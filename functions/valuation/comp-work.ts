import { z } from 'zod';
import { AssetKind } from '../assets/asset.ts';
import { WorkspaceId } from '../platform/ids.ts';
import { TABLES } from '../platform/names/tables.ts';
import { ROW_VERSION, stored } from '../platform/stored.ts';
import { UploadId } from './comps-upload.ts';

/** What `file-comps` is to do: import an upload, or else move the comps of one kind of a workspace from the table into their book. */
export const CompWork = z.strictObject({
  workspaceId: WorkspaceId,
  kind: AssetKind,
  uploadId: UploadId.optional(),
  /** runs that have begun with it */
  attempts: z.int().nonnegative().optional(),
  /** until then a run is at it, which may have died */
  leasedUntil: z.iso.datetime().optional(),
});
export type CompWork = z.infer<typeof CompWork>;

export const CompWorkRow = stored(CompWork);

/** The partition of all that is to do: little, and read once a minute. */
export const WORK_PARTITION = `${TABLES.comps.partitions.work}open`;

type WorkRef = Pick<CompWork, 'workspaceId' | 'kind' | 'uploadId'>;

export const workKey = ({ workspaceId, kind, uploadId }: WorkRef) => ({
  pk: WORK_PARTITION,
  sk: [workspaceId, kind, ...(uploadId === undefined ? [] : [uploadId])].join('#'),
});

export const rowOfWork = (work: CompWork) => ({ ...workKey(work), rowVersion: ROW_VERSION, ...work });
