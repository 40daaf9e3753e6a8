import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadModels, type Models } from '../../../functions/condition/model-runtime.ts';
import { PhotoAssessment } from '../../../functions/photos/photo-assessment.ts';
import { assessPhoto } from '../../../functions/pipeline/pipeline-runtime.ts';
import { temporaryFolder, writeTinyModels } from '../condition/tiny-models.ts';
import { picture } from '../photos/files.ts';

const FORMATS = ['jpeg', 'png', 'webp'] as const;
const MUTANTS_PER_FORMAT = 80;

let models: Models;
beforeAll(async () => {
  const folder = await temporaryFolder();
  await writeTinyModels(folder, 'kitchen');
  models = await loadModels(folder);
});

type Mutation = {
  readonly kind: 'set' | 'insert' | 'delete' | 'repeat' | 'cut';
  readonly at: number;
  readonly bytes: Uint8Array;
};

/** Half of the places are in the header, where the lengths and sizes are. */
const place = fc.oneof(fc.nat(1000), fc.nat(20_000));

const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom('set', 'set', 'insert', 'delete', 'repeat', 'cut'),
  at: place,
  bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }),
});

function mutated(file: Uint8Array, { kind, at, bytes }: Mutation): Uint8Array {
  const start = at % file.length;
  const [before, after] = [file.subarray(0, start), file.subarray(start)];
  const rest = after.subarray(bytes.length);
  if (kind === 'set') return Buffer.concat([before, bytes, rest]);
  if (kind === 'insert') return Buffer.concat([before, bytes, after]);
  if (kind === 'delete') return Buffer.concat([before, rest]);
  if (kind === 'repeat') return Buffer.concat([before, after.subarray(0, 200), after]);
  // Something is left: S3 takes no empty upload.
  return before.length > 0 ? before : file.subarray(0, 1);
}

/** What a decoder says of a damaged file. */
const WORDS_OF_DECODERS = /vips|libspng|pngload|jpegload|webpload|heif|sharp|input (buffer|file)|\/|Error/;

describe('assessPhoto of mutated photos', () => {
  it.each(FORMATS)('assesses each mutant of a %s, or refuses it with a reason in own words', async (format) => {
    const file = await picture(200, 150).toFormat(format).toBuffer();
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 4 }), async (mutations) => {
        const mutant = mutations.reduce(mutated, file as Uint8Array);
        const { assessment } = await assessPhoto({ photoId: 'p001', file: mutant, assetKind: 'property' }, models);
        const answer = PhotoAssessment.parse(assessment);
        seen.add(answer.status);
        expect(answer.status).not.toBe('failed');
        if (answer.status === 'rejected') expect(answer.detail).not.toMatch(WORDS_OF_DECODERS);
      }),
      { seed: 20261129, numRuns: MUTANTS_PER_FORMAT },
    );
    // A PNG has a checksum in each chunk, which no mutant survives.
    expect([...seen].sort()).toEqual(format === 'png' ? ['rejected'] : ['assessed', 'rejected']);
  });
});
