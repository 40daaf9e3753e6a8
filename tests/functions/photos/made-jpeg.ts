/** Size of a picture. */
type Size = { readonly widthPx: number; readonly heightPx: number };

type Progression = Size & {
  readonly components: 1 | 3 | 4;
  /** in how many scans each component's DC coefficients come, bit by bit, at most 14; the others likewise */
  readonly dcScans: number;
  readonly acScans: number;
};

/**
 * A progressive JPEG of one grey, of any size, whose scans say next to nothing: each costs a decoder a pass over all coefficients
 * of a component. Written without ever holding its pixels.
 */
export function progressiveJpeg({ widthPx, heightPx, components, dcScans, acScans }: Progression): Buffer {
  const ids = Array.from({ length: components }, (_, index) => index + 1);
  const blocks = Math.ceil(widthPx / 8) * Math.ceil(heightPx / 8);
  const [dc, ac] = [bytesOf('0'.repeat(blocks)), bytesOf(endOfBandRuns(blocks))];
  // Of a successive approximation: the bits that came before, and the last of those that come now.
  const approximations = (scans: number): number[] =>
    Array.from({ length: scans }, (_, index) => ((index === 0 ? 0 : scans - index) << 4) | (scans - 1 - index));
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xdb, [0, ...Array<number>(64).fill(1)]),
    segment(0xc2, [8, ...uint16(heightPx), ...uint16(widthPx), components, ...ids.flatMap((id) => [id, 0x11, 0])]),
    huffmanTable(0x00, 0x00),
    huffmanTable(0x10, 0xe0),
    ...approximations(dcScans).flatMap((bits) => ids.map((id) => scan(id, [0, 0, bits], dc))),
    ...approximations(acScans).flatMap((bits) => ids.map((id) => scan(id, [1, 63, bits], ac))),
    Buffer.from([0xff, 0xd9]),
  ]);
}

const uint16 = (value: number): number[] => [value >> 8, value & 0xff];

const segment = (code: number, content: readonly number[]): Buffer =>
  Buffer.from([0xff, code, ...uint16(content.length + 2), ...content]);

/** One code, of one bit: for DC a difference of no bits, for AC the end of the band in this and at least 2^14 - 1 more blocks. */
const huffmanTable = (table: number, symbol: number): Buffer =>
  segment(0xc4, [table, 1, ...Array<number>(15).fill(0), symbol]);

const scan = (id: number, range: readonly number[], data: Buffer): Buffer =>
  Buffer.concat([segment(0xda, [1, id, 0x00, ...range]), data]);

const SHORTEST_RUN = 1 << 14;
const LONGEST_RUN = 2 * SHORTEST_RUN - 1;

/** Runs over all blocks: a code of one bit, and the length beyond the shortest in 14 bits. */
function endOfBandRuns(blocks: number): string {
  let bits = '';
  for (let left = blocks; left > 0; ) {
    const isNextToLast = left > LONGEST_RUN && left < LONGEST_RUN + SHORTEST_RUN;
    const run = isNextToLast ? left - SHORTEST_RUN : Math.min(LONGEST_RUN, left);
    bits += `0${(run - SHORTEST_RUN).toString(2).padStart(14, '0')}`;
    left -= run;
  }
  return bits;
}

/** Filled up with ones; a byte of ones alone is followed by a zero (ITU-T T.81, F.1.2.3). */
function bytesOf(bits: string): Buffer {
  const bytes = bits.match(/.{1,8}/g) ?? [];
  return Buffer.from(
    bytes.flatMap((byte) => (byte === '11111111' ? [0xff, 0] : [Number.parseInt(byte.padEnd(8, '1'), 2)])),
  );
}
