import { z } from 'zod';
import { AssetKind } from '../assets/asset.ts';
import { type DeclaredPhoto, type JobRecord, NewPhoto } from './job.ts';

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
  /** what the photo shows, in its owner's words */
  hint: NewPhoto.shape.subject,
});
export type UploadDeclaration = z.infer<typeof UploadDeclaration>;

/** A job's declaration of one of its photos. */
export const declarationOf = (
  { asset }: Pick<JobRecord, 'asset'>,
  { sha256, subject }: DeclaredPhoto,
): UploadDeclaration => ({
  assetKind: asset.kind,
  ...(sha256 && { sha256 }),
  ...(subject && { hint: subject }),
});

const PREFIX = 'x-amz-meta-';
const NAMES = { assetKind: 'asset-kind', sha256: 'sha256', hint: 'hint' } as const satisfies Record<
  keyof UploadDeclaration,
  string
>;

/**
 * The form fields that store the declaration as the object's user metadata.
 *
 * S3 takes ASCII, 2 KB of it for all fields: the hint is base64url of its UTF-8, 240 characters at most.
 */
export const declarationFields = ({ assetKind, sha256, hint }: UploadDeclaration): Record<string, string> => ({
  [`${PREFIX}${NAMES.assetKind}`]: assetKind,
  ...(sha256 && { [`${PREFIX}${NAMES.sha256}`]: sha256 }),
  ...(hint && { [`${PREFIX}${NAMES.hint}`]: Buffer.from(hint).toString('base64url') }),
});

/** The words of a hint; of an encoding that is not ours, such as bytes that are not UTF-8, an empty text, which no hint is. */
function decoded(hint: string | undefined): string | undefined {
  if (hint === undefined) return undefined;
  const text = Buffer.from(hint, 'base64url').toString();
  return Buffer.from(text).toString('base64url') === hint ? text : '';
}

/** The declaration in an object's user metadata; undefined for objects that were not uploaded by our form. */
export function declarationIn(metadata: Readonly<Record<string, string>>): UploadDeclaration | undefined {
  return UploadDeclaration.safeParse({
    assetKind: metadata[NAMES.assetKind],
    sha256: metadata[NAMES.sha256],
    hint: decoded(metadata[NAMES.hint]),
  }).data;
}
