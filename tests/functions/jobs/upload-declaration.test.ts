import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NewPhoto, SUBJECT_CHARACTERS } from '../../../functions/jobs/job.ts';
import {
  declarationFields,
  declarationIn,
  declarationOf,
  type UploadDeclaration,
} from '../../../functions/jobs/upload-declaration.ts';
import { jobOf } from './jobs.ts';

/** S3's limit of user metadata: the bytes of all names and values. */
const S3_BYTES = 2048;

/** The metadata by their names without the prefix, as S3 replies. */
const stored = (declaration: UploadDeclaration): Record<string, string> =>
  Object.fromEntries(
    Object.entries(declarationFields(declaration)).map(([name, value]) => [name.replace('x-amz-meta-', ''), value]),
  );

describe('declarationOf', () => {
  it("has the asset's kind, the checksum and the owner's words, as far as they are given", () => {
    const job = jobOf(1);
    const [photo] = job.photos;
    if (!photo) throw new Error('no photo');
    const sha256 = 'ab'.repeat(32);

    expect(declarationOf(job, photo)).toEqual({ assetKind: 'property' });
    expect(declarationOf(job, { ...photo, sha256, subject: 'bedroom wall' })).toEqual({
      assetKind: 'property',
      sha256,
      hint: 'bedroom wall',
    });
  });
});

describe('declarationIn', () => {
  it('reads whatever words a job accepts from ASCII within the limit of S3', () => {
    const words = fc
      .oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }))
      .filter((text) => NewPhoto.shape.subject.safeParse(text).success && text.isWellFormed());
    fc.assert(
      fc.property(words, (text) => {
        const hint = text.trim();
        const declaration = { assetKind: 'vehicle', sha256: 'ab'.repeat(32), hint } as const;
        const metadata = stored(declaration);
        expect(Object.values(metadata).join('')).toMatch(/^[\w-]*$/);
        expect(declarationIn(metadata)).toEqual(declaration);
      }),
    );
  });

  it('keeps the longest words within the limit of S3', () => {
    const fields = declarationFields({
      assetKind: 'collectible',
      sha256: 'ab'.repeat(32),
      hint: '漢'.repeat(SUBJECT_CHARACTERS),
    });

    expect(Object.entries(fields).flat().join('').length).toBeLessThan(S3_BYTES / 2);
  });

  it('reads the metadata of a form without words', () => {
    expect(declarationIn({ 'asset-kind': 'property' })).toEqual({ assetKind: 'property' });
  });

  it.each([
    {},
    { 'asset-kind': 'boat' },
    { 'asset-kind': 'property', hint: '!' },
    { hint: 'YQ' },
    // Latin-1, a surrogate, a stray bit, another alphabet.
    { 'asset-kind': 'property', hint: 'S_xjaGU' },
    { 'asset-kind': 'property', hint: '7aCA' },
    { 'asset-kind': 'property', hint: 'YR' },
    { 'asset-kind': 'property', hint: 'YQ==' },
  ])('is undefined of metadata that no form of ours has: %j', (metadata) => {
    expect(declarationIn(metadata)).toBeUndefined();
  });
});
