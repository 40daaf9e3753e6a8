import { z } from 'zod';
import { AssetKind } from '../assets/asset.ts';
import type { DeclaredPhoto, JobRecord } from './job.ts';

/**
 * The assessment's inputs beside the photo's bytes.
 *
 * Stored with the upload as S3 user metadata. Each field is a condition of the presigned POST, so that the worker can trust
 * it without reading the job.
 */
export const UploadDeclaration = z.object({
  assetKind: AssetKind,
  /** as declared; other content is rejected */
  sha256: z.string().optional(),
});
export type UploadDeclaration = z.infer<typeof UploadDeclaration>;

/** A job's declaration of one of its photos. */
export const declarationOf = ({ asset }: Pick<JobRecord, 'asset'>, { sha256 }: DeclaredPhoto): UploadDeclaration => ({
  assetKind: asset.kind,
  ...(sha256 && { sha256 }),
});

const PREFIX = 'x-amz-meta-';
const NAMES = { assetKind: 'asset-kind', sha256: 'sha256' } as const satisfies Record<keyof UploadDeclaration, string>;

/** The form fields that store the declaration as the object's user metadata. */
export const declarationFields = ({ assetKind, sha256 }: UploadDeclaration): Record<string, string> => ({
  [`${PREFIX}${NAMES.assetKind}`]: assetKind,
  ...(sha256 && { [`${PREFIX}${NAMES.sha256}`]: sha256 }),
});

/** The declaration in an object's user metadata; undefined for objects that were not uploaded by our form. */
export const declarationIn = (metadata: Readonly<Record<string, string>>): UploadDeclaration | undefined =>
  UploadDeclaration.safeParse({ assetKind: metadata[NAMES.assetKind], sha256: metadata[NAMES.sha256] }).data;
