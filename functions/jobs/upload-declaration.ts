import { z } from 'zod';
import { AssetKind } from '../assets/asset.ts';
import type { DeclaredPhoto, JobRecord } from './job.ts';

/**
 * What the assessment has to know of a photo beside its bytes.
 *
 * It travels with the upload as S3 user metadata: the presigned form fixes each field, so that the worker need not read the
 * job to believe it.
 */
export const UploadDeclaration = z.object({
  assetKind: AssetKind,
  /** as declared: other content is refused */
  sha256: z.string().optional(),
});
export type UploadDeclaration = z.infer<typeof UploadDeclaration>;

/** What a job declares of one of its photos. */
export const declarationOf = ({ asset }: Pick<JobRecord, 'asset'>, { sha256 }: DeclaredPhoto): UploadDeclaration => ({
  assetKind: asset.kind,
  ...(sha256 && { sha256 }),
});

const PREFIX = 'x-amz-meta-';
const NAMES = { assetKind: 'asset-kind', sha256: 'sha256' } as const satisfies Record<keyof UploadDeclaration, string>;

/** The fields of a form by which S3 keeps the declaration with the object. */
export const declarationFields = ({ assetKind, sha256 }: UploadDeclaration): Record<string, string> => ({
  [`${PREFIX}${NAMES.assetKind}`]: assetKind,
  ...(sha256 && { [`${PREFIX}${NAMES.sha256}`]: sha256 }),
});

/** The declaration in an object's user metadata; undefined when no form of ours put the object there. */
export const declarationIn = (metadata: Readonly<Record<string, string>>): UploadDeclaration | undefined =>
  UploadDeclaration.safeParse({ assetKind: metadata[NAMES.assetKind], sha256: metadata[NAMES.sha256] }).data;
