import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadModels, type Models } from '../../../functions/condition/model-runtime.ts';
import { PhotoAssessment } from '../../../functions/photos/photo-assessment.ts';
import { temporaryFolder, writeTinyModels } from '../condition/tiny-models.ts';
import { picture } from '../photos/files.ts';
import { assessPhoto } from './assess-by-default.ts';
import { chunksOf, pngOf } from './png-chunks.ts';

const FORMATS = ['jpeg', 'png', 'webp'] as const;
const MUTANTS_PER_FORMAT = 80;
const WHOLE_MUTANTS = 150;

/** PNGs of each kind that a decoder treats differently, with many chunks. */
const PNGS: Readonly<Record<string, () => Promise<Uint8Array>>> = {
  'of 8 bits': () => picture(200, 150).png().toBuffer(),
  interlaced: () => picture(200, 150).png({ progressive: true }).toBuffer(),
  'with a palette': () => picture(200, 150).png({ palette: true }).toBuffer(),
  'of 16 bits with alpha, profile and EXIF': () =>
    picture(200, 150)
      .ensureAlpha(0.5)
      .toColourspace('rgb16')
      .withIccProfile('p3')
      .withExifMerge({ IFD0: { Make: 'Maker', ImageDescription: 'a wall' } })
      .png()
      .toBuffer(),
};

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

const mutations = fc.array(mutation, { minLength: 1, maxLength: 4 });

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

type ChunkMutation = {
  readonly what: 'content' | 'repeat' | 'drop' | 'swap' | 'rename';
  readonly which: number;
  readonly mutation: Mutation;
};

const chunkMutation: fc.Arbitrary<ChunkMutation> = fc.record({
  what: fc.constantFrom('content', 'content', 'content', 'repeat', 'drop', 'swap', 'rename'),
  which: fc.nat(20),
  mutation,
});

/** Mutants whose chunks have the right lengths and checksums, and whose pixels are compressed rightly, as a decoder requires. */
const chunkMutants = (png: Uint8Array): fc.Arbitrary<Uint8Array> =>
  fc.array(chunkMutation, { minLength: 1, maxLength: 3 }).map((each) => {
    const chunks = [...chunksOf(png)];
    for (const { what, which, mutation: within } of each) {
      const at = which % chunks.length;
      const chunk = chunks[at];
      if (!chunk) continue;
      if (what === 'repeat') chunks.splice(at, 0, chunk);
      else if (what === 'drop') chunks.splice(at, 1);
      else if (what === 'swap') chunks.splice(at, 1, ...chunks.splice((at + 1) % chunks.length, 1, chunk));
      else if (what === 'rename') chunks[at] = { ...chunk, type: TYPES[within.at % TYPES.length] ?? chunk.type };
      else if (chunk.content.length > 0) chunks[at] = { ...chunk, content: mutated(chunk.content, within) };
    }
    return pngOf(chunks);
  });

/** Chunks that decoders know, and two that they do not. */
const TYPES = ['PLTE', 'tRNS', 'iCCP', 'gAMA', 'cHRM', 'sRGB', 'sBIT', 'acTL', 'fcTL', 'IEND', 'eXIf', 'abCD', 'ABCD'];

/** What a decoder says of a damaged file. */
const WORDS_OF_DECODERS = /vips|libspng|pngload|jpegload|webpload|heif|sharp|input (buffer|file)|\/|Error/;

/** How many mutants were assessed, and rejected for which reason, each in own words. */
async function outcomesOf(mutants: fc.Arbitrary<Uint8Array>, numRuns: number): Promise<ReadonlyMap<string, number>> {
  const outcomes = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(mutants, async (mutant) => {
      const { assessment } = await assessPhoto({ photoId: 'p001', file: mutant, assetKind: 'property' }, models);
      const answer = PhotoAssessment.parse(assessment);
      const outcome = answer.status === 'rejected' ? answer.code : answer.status;
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      expect(answer.status).not.toBe('failed');
      if (answer.status === 'rejected') expect(answer.detail).not.toMatch(WORDS_OF_DECODERS);
    }),
    { seed: 20261129, numRuns },
  );
  return outcomes;
}

describe('assessPhoto of mutated photos', () => {
  it.each(FORMATS)('assesses each mutant of a %s, or refuses it with a reason in own words', async (format) => {
    const file = await picture(200, 150).toFormat(format).toBuffer();
    const mutants = mutations.map((each) => each.reduce(mutated, file as Uint8Array));
    const outcomes = await outcomesOf(mutants, MUTANTS_PER_FORMAT);
    // A PNG has a checksum in each chunk, which no mutant survives.
    expect(outcomes.has('assessed')).toBe(format !== 'png');
  });

  it.each(Object.keys(PNGS))('assesses or refuses so each mutant with whole chunks of a PNG %s', async (kind) => {
    const file = (await PNGS[kind]?.()) ?? Buffer.alloc(0);
    const outcomes = await outcomesOf(chunkMutants(file), WHOLE_MUTANTS);
    // The decoder is reached, and what it refuses, too.
    expect(outcomes.get('assessed')).toBeGreaterThan(WHOLE_MUTANTS / 10);
    expect(outcomes.get('corrupt')).toBeGreaterThan(WHOLE_MUTANTS / 10);
  });
});
