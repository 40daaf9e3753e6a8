import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitsOf, hammingDistance, orientationsOf, perceptualHash } from '../../../functions/photos/perceptual-hash.ts';
import type { GreyRaster } from '../../../functions/photos/raster.ts';

const SIDE_PX = 32;

/** A grey picture of 32 x 32 px, whose pixels the hash transforms as they are. */
const grey = (luma: (x: number, y: number) => number): GreyRaster => ({
  data: Uint8Array.from({ length: SIDE_PX * SIDE_PX }, (_, at) => luma(at % SIDE_PX, Math.floor(at / SIDE_PX))),
  widthPx: SIDE_PX,
  heightPx: SIDE_PX,
  channels: 1,
});

/** A wave that goes up and down `u` times across and `v` times down: what the discrete cosine transform is made of. */
const wave = (u: number, v: number, amplitude = 40): GreyRaster =>
  grey((x, y) => Math.round(128 + amplitude * cosine(u, x) * cosine(v, y)));
const cosine = (frequency: number, at: number): number =>
  Math.cos(((2 * at + 1) * frequency * Math.PI) / (2 * SIDE_PX));

/** The frequencies of the bits from the highest to the lowest, along the zigzag of JPEG: (0, 1), (1, 0), (2, 0), (1, 1), (0, 2), (0, 3) … */
const ZIGZAG = Array.from({ length: 11 }, (_, diagonal) =>
  Array.from({ length: diagonal + 1 }, (_, step) =>
    diagonal % 2 === 0 ? ([step, diagonal - step] as const) : ([diagonal - step, step] as const),
  ),
)
  .flat()
  .slice(1, 65);

/** Something of every frequency. */
const ROUGH = grey((x, y) => ((x * 2654435761 + y * 40503 * (x + 3)) >>> 7) % 256);

/** The hash of a picture with structure. */
const hashOf = (picture: GreyRaster): string => perceptualHash(picture) ?? 'without structure';

const distance = (one: string, other: string): number => hammingDistance(bitsOf(one), bitsOf(other));
const NOTHING = '0'.repeat(16);
/** The hashes of all orientations, in hex. */
const turnedHashes = (hash: string): string[] =>
  orientationsOf(hash).map((halves) => halves.map((half) => half.toString(16).padStart(8, '0')).join(''));

describe('perceptualHash', () => {
  it('always is 16 hex digits', () => {
    const greys = fc.uint8Array({ minLength: 64 * 64, maxLength: 64 * 64 });
    fc.assert(
      fc.property(greys, (data) => {
        expect(hashOf({ data, widthPx: 64, heightPx: 64, channels: 1 })).toMatch(/^[0-9a-f]{16}$/);
      }),
      { numRuns: 20 },
    );
  });

  it('sets the bit of the one frequency that a picture is made of, and hardly another, which rounding adds', () => {
    const others = ZIGZAG.map(([u, v], index) => {
      const [bits, own] = [BigInt(`0x${hashOf(wave(u, v))}`), 1n << BigInt(63 - index)];
      return (bits & own) === own ? distance((bits ^ own).toString(16).padStart(16, '0'), NOTHING) : 'not set';
    });

    expect(others.filter((count) => count !== 0 && count !== 1)).toEqual([]);
  });

  it('does not depend on the mean brightness', () => {
    expect(hashOf(grey((x) => 80 + 2 * x))).toBe(hashOf(grey((x) => 120 + 2 * x)));
  });

  it('is null for a picture of one colour, and for one with less structure than compression leaves', () => {
    const speck = grey((x, y) => (x === 0 && y === 0 ? 130 : 128));

    expect([perceptualHash(grey(() => 200)), perceptualHash(speck)]).toEqual([null, null]);
  });

  it('sets bits for a structure that is just strong enough', () => {
    expect(hashOf(grey((x, y) => (x < 2 && y < 8 ? 134 : 128)))).not.toBe('0'.repeat(16));
  });

  it('turns into its opposite, but for weak frequencies, with the negative of the picture', () => {
    const negative = { ...ROUGH, data: ROUGH.data.map((value) => 255 - value) };

    expect(distance(hashOf(ROUGH), hashOf(negative))).toBeGreaterThan(60);
  });
});

/** A picture turned and mirrored, pixel by pixel. */
const ORIENTED: readonly (readonly [string, (x: number, y: number) => readonly [number, number]])[] = [
  ['as it is', (x, y) => [x, y]],
  ['upside down', (x, y) => [x, SIDE_PX - 1 - y]],
  ['mirrored', (x, y) => [SIDE_PX - 1 - x, y]],
  ['turned by 180 degrees', (x, y) => [SIDE_PX - 1 - x, SIDE_PX - 1 - y]],
  ['mirrored along its diagonal', (x, y) => [y, x]],
  ['turned by 90 degrees', (x, y) => [SIDE_PX - 1 - y, x]],
  ['turned by 270 degrees', (x, y) => [y, SIDE_PX - 1 - x]],
  ['mirrored along its other diagonal', (x, y) => [SIDE_PX - 1 - y, SIDE_PX - 1 - x]],
];
const oriented = (picture: GreyRaster, from: (x: number, y: number) => readonly [number, number]): GreyRaster =>
  grey((x, y) => {
    const [column, row] = from(x, y);
    return picture.data[row * SIDE_PX + column] ?? 0;
  });
const anyHash = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }).map((bits) => bits.toString(16).padStart(16, '0'));

describe('orientationsOf', () => {
  it.each(ORIENTED)('has the hash of the picture %s, but for a few weak frequencies', (_, from) => {
    const hash = hashOf(oriented(ROUGH, from));
    const distances = turnedHashes(hashOf(ROUGH)).map((each) => distance(each, hash));

    expect(Math.min(...distances)).toBeLessThanOrEqual(4);
    expect(distances.filter((each) => each <= 4)).toHaveLength(1);
  });

  it('begins with the hash itself, and has eight', () => {
    fc.assert(
      fc.property(anyHash, (hash) => {
        expect(turnedHashes(hash)).toHaveLength(8);
        expect(turnedHashes(hash)[0]).toBe(hash);
      }),
    );
  });

  it('is the same set for each orientation of a picture, so that it does not matter which copy was first', () => {
    fc.assert(
      fc.property(anyHash, (hash) => {
        const all = turnedHashes(hash).toSorted();
        for (const each of all) expect(turnedHashes(each).toSorted()).toEqual(all);
      }),
    );
  });
});

describe('hammingDistance', () => {
  it('counts differing bits', () => {
    expect(distance(NOTHING, 'f'.repeat(16))).toBe(64);
    expect(distance('8000000000000001', '8000000000000003')).toBe(1);
  });

  it('agrees with counting one by one', () => {
    const counted = (one: string, other: string): number =>
      [...(BigInt(`0x${one}`) ^ BigInt(`0x${other}`)).toString(2)].filter((bit) => bit === '1').length;
    fc.assert(
      fc.property(anyHash, anyHash, (one, other) => {
        expect(distance(one, other)).toBe(counted(one, other));
      }),
    );
  });
});
