import { type GreyRaster, reduceGrey } from './raster.ts';

/** Side of the reduced picture that is transformed: 32, as in pHash (phash.org). */
const SIDE_PX = 32;
/** Length of the hash, as in pHash, in bits. */
const BITS = 64;
/** A coefficient (of the unnormalised DCT / SIDE_PX) below this counts as 0: noise of the compression. Chosen by eye. */
const NOISE = 2;

/**
 * Standard deviation of the reduced picture, in grey levels, below which there is no structure to hash: compression and
 * sensor noise average out to less. Measured on 10,600 photos: a crop of plain sky has 0.71, a bare wall 1.68; one colour has 0.
 */
const LEAST_STRUCTURE = 0.5;

/** Frequencies from low to high along the zigzag of JPEG, without the mean brightness. */
const FREQUENCIES = zigzag(BITS + 1).slice(1);
/** The DCT-II: cos((2 x + 1) f pi / (2 SIDE_PX)) by frequency f and pixel x. */
const COSINES = Array.from({ length: SIDE_PX }, (_, frequency) =>
  Float64Array.from({ length: SIDE_PX }, (_, at) => Math.cos(((2 * at + 1) * frequency * Math.PI) / (2 * SIDE_PX))),
);

/**
 * The 64-bit perceptual hash of a picture as 16 hex digits: equal or nearly so for scaled, recompressed and slightly
 * retouched copies, far apart for other pictures.
 *
 * One bit per low frequency of the discrete cosine transform: is it positive? Mirroring a picture negates the odd frequencies
 * across it, and turning it by 90 degrees swaps both axes, so that the hashes of turned and mirrored copies follow from it
 * (`orientationsOf`). Null for a picture without structure (black, white, of one colour), which shows the same as no other.
 */
export function perceptualHash(grey: GreyRaster): string | null {
  const pixels = reduceGrey(grey, SIDE_PX, SIDE_PX);
  if (standardDeviation(pixels) < LEAST_STRUCTURE) return null;
  const bits = lowFrequencies(pixels).map((strength) => (strength > 0 ? '1' : '0'));
  return BigInt(`0b${bits.join('')}`)
    .toString(16)
    .padStart(BITS / 4, '0');
}

function standardDeviation(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

/** A hash as two halves of 32 bits. */
export type HashBits = readonly [number, number];

/** Bits of half a hash: as many as JavaScript's bitwise operators take. */
const HALF_BITS = BITS / 2;
/** Hex digits, of 4 bits each, of half a hash. */
const HALF_DIGITS = HALF_BITS / 4;

export const bitsOf = (hash: string): HashBits => [
  Number.parseInt(hash.slice(0, HALF_DIGITS), 16),
  Number.parseInt(hash.slice(HALF_DIGITS), 16),
];

/** In how many of the 64 bits two hashes differ. */
export const hammingDistance = (one: HashBits, other: HashBits): number =>
  ones(one[0] ^ other[0]) + ones(one[1] ^ other[1]);

/** The number of ones of 32 bits: sums of 2, 4 and 8 bits side by side (Hacker's Delight, 5-1). */
function ones(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/**
 * The hashes of the picture in its eight orientations, the first as it is: mirrored or not, turned by 0, 90, 180 and 270 degrees.
 *
 * Exact but for frequencies that are weaker than noise, and for the one of the 64 whose partner across the diagonal has no bit.
 */
export function orientationsOf(hash: string): HashBits[] {
  const bits = bitsOf(hash);
  return ORIENTATIONS.map((sources) => [halfOf(bits, sources, 0), halfOf(bits, sources, HALF_BITS)]);
}

/** The bit that a bit of another orientation is taken from, and whether it is negated. */
type Source = { readonly from: number; readonly negated: 0 | 1 };

const ORIENTATIONS: readonly (readonly Source[])[] = [false, true].flatMap((swapped) =>
  [false, true].flatMap((across) =>
    [false, true].map((down) =>
      FREQUENCIES.map(([u, v], index): Source => {
        const partner = swapped ? FREQUENCIES.findIndex(([x, y]) => x === v && y === u) : index;
        const isNegated = (across && u % 2 === 1) !== (down && v % 2 === 1);
        return { from: partner === -1 ? index : partner, negated: isNegated ? 1 : 0 };
      }),
    ),
  ),
);

function halfOf([upper, lower]: HashBits, sources: readonly Source[], start: number): number {
  let half = 0;
  for (let index = start; index < start + HALF_BITS; index += 1) {
    const { from, negated } = sources[index] ?? { from: index, negated: 0 };
    const bit = ((from < HALF_BITS ? upper : lower) >>> (HALF_BITS - 1 - (from % HALF_BITS))) & 1;
    half = (half << 1) | (bit ^ negated);
  }
  return half >>> 0;
}

function lowFrequencies(pixels: Float64Array): number[] {
  const highest = Math.max(...FREQUENCIES.map(([u, v]) => Math.max(u, v)));
  const byRow = Array.from({ length: highest + 1 }, (_, u) =>
    Float64Array.from({ length: SIDE_PX }, (_, y) => dot(pixels, y * SIDE_PX, 1, u)),
  );
  return FREQUENCIES.map(([u, v]) => {
    const strength = dot(byRow[u] ?? new Float64Array(SIDE_PX), 0, 1, v) / SIDE_PX;
    return Math.abs(strength) < NOISE ? 0 : strength;
  });
}

function dot(values: Float64Array, start: number, step: number, frequency: number): number {
  const cosines = COSINES[frequency];
  let sum = 0;
  for (let at = 0; at < SIDE_PX; at += 1) sum += (values[start + at * step] ?? 0) * (cosines?.[at] ?? 0);
  return sum;
}

function zigzag(count: number): [number, number][] {
  const order: [number, number][] = [];
  for (let diagonal = 0; order.length < count; diagonal += 1) {
    for (let step = 0; step <= diagonal && order.length < count; step += 1) {
      order.push(diagonal % 2 === 0 ? [step, diagonal - step] : [diagonal - step, step]);
    }
  }
  return order;
}
