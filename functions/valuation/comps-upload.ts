import { z } from 'zod';
import { AssetKind } from '../assets/asset.ts';
import { WorkspaceId } from '../platform/ids.ts';
import { LIMITS } from '../platform/names/limits.ts';
import { PREFIXES } from '../platform/names/media-prefixes.ts';
import { TABLES } from '../platform/names/tables.ts';
import { PolicyUses } from '../platform/policy-use.ts';
import { ROW_VERSION, stored } from '../platform/stored.ts';
import { Comp } from './comp.ts';

/** Most bytes of an uploaded table, a condition of its form. */
export const UPLOAD_BYTES = 64 * 1024 * 1024;

/** Most rows of an uploaded table. */
export const UPLOAD_ROWS = 100_000;

/** Time for the file from the creation of its upload. */
export const UPLOAD_SECONDS = 3600;

/** Days that an upload, its file and its rejected rows are kept. */
export const UPLOAD_DAYS = LIMITS.compsUploadDays;

export const UploadId = z
  .string()
  .regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/, 'expected a ULID')
  .brand<'UploadId'>()
  .describe('Id of the upload, a ULID.');
export type UploadId = z.infer<typeof UploadId>;

/** The body of POST /comps/uploads. */
export const NewCompsUpload = z.strictObject({
  kind: AssetKind,
  bytes: z.int().min(1).max(UPLOAD_BYTES).describe('Size of the file; the form takes no other.'),
  currency: Comp.shape.currency.optional().describe('Of rows that name none; without it each row must.'),
  source: Comp.shape.source.optional().describe('Of rows that name none; without it each row must.'),
});
export type NewCompsUpload = z.infer<typeof NewCompsUpload>;

const Count = z.int().nonnegative();

/** What became of the rows of an upload. */
export const UploadResult = z.strictObject({
  rows: Count.describe('Rows of the file.'),
  stored: Count.describe('Rows that are new, and may count.'),
  quarantined: Count.describe('Rows that are new, and wait until a person decides.'),
  renewed: Count.describe('Rows whose comp said something else.'),
  duplicate: Count.describe('Rows whose comp was there already, or is of a later day.'),
  rejected: Count.describe('Rows that are wrong; they are in `rejectedRows`.'),
  policies: PolicyUses,
});
export type UploadResult = z.infer<typeof UploadResult>;

export const UPLOAD_STATUSES = ['awaiting_file', 'processing', 'completed', 'failed', 'expired'] as const;

export const CompsUpload = z.strictObject({
  workspaceId: WorkspaceId,
  uploadId: UploadId,
  ...NewCompsUpload.shape,
  status: z
    .enum(UPLOAD_STATUSES)
    .describe('`failed`: nothing of the file was stored; `detail` says why. `expired`: no file came in time.'),
  createdAt: z.iso.datetime().describe('When it was created, in UTC.'),
  expiresAt: z.iso.datetime().describe('Until when the form takes the file, in UTC.'),
  endedAt: z.iso.datetime().optional().describe('When it was completed, failed or expired, in UTC.'),
  detail: z.string().optional().describe('Why it failed.'),
  result: UploadResult.optional().describe('What became of its rows; absent until they are stored.'),
});
export type CompsUpload = z.infer<typeof CompsUpload>;

export type UploadRef = Pick<CompsUpload, 'workspaceId' | 'uploadId'>;

export const CompsUploadRow = stored(CompsUpload);

export const isEnded = ({ status }: CompsUpload): boolean => status !== 'awaiting_file' && status !== 'processing';

export const uploadRowKey = ({ workspaceId, uploadId }: UploadRef) => ({
  pk: `${TABLES.comps.partitions.upload}${workspaceId}`,
  sk: uploadId,
});

export const rowOfUpload = (upload: CompsUpload) => ({
  ...uploadRowKey(upload),
  rowVersion: ROW_VERSION,
  keptUntilSeconds: Math.floor(Date.parse(upload.createdAt) / 1000) + UPLOAD_DAYS * 86_400,
  ...upload,
});

/** Keys are made of ids only. */
export const fileKey = ({ workspaceId, uploadId }: UploadRef): string =>
  `${PREFIXES.imports}${workspaceId}/${uploadId}/file`;
export const rejectedKey = ({ workspaceId, uploadId }: UploadRef): string =>
  `${PREFIXES.imports}${workspaceId}/${uploadId}/rejected.csv`;

export const newUpload = (ref: UploadRef, body: NewCompsUpload, now: Date): CompsUpload => ({
  ...ref,
  ...body,
  status: 'awaiting_file',
  createdAt: now.toISOString(),
  expiresAt: new Date(now.getTime() + UPLOAD_SECONDS * 1000).toISOString(),
});

/** As the API shows it. What came of its rows is shown once they are stored. */
export function uploadView({ workspaceId: _its, result, ...upload }: CompsUpload) {
  return { ...upload, ...(upload.status === 'completed' && result && { result }) };
}

export const hasRejected = ({ status, result }: CompsUpload): boolean =>
  status === 'completed' && result !== undefined && result.rejected > 0;
