import { crc32, deflateRawSync, constants as zlib } from 'node:zlib';

export type PngSize = {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly bitDepth: 1 | 8 | 16;
  /** 0 grey, 2 RGB, 3 palette, 6 RGB with alpha */
  readonly colorType: 0 | 2 | 3 | 6;
  readonly interlaced?: boolean;
  /** of every row: 0 none, 4 Paeth, the most work for a decoder */
  readonly filter?: 0 | 4;
  /** between header and pixels */
  readonly chunks?: readonly Buffer[];
};

const CHANNELS = { 0: 1, 2: 3, 3: 1, 6: 4 } as const;

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

/** A PNG of one colour, of any size, written without ever holding its pixels. */
export function largePng({ interlaced = false, filter = 0, chunks = [], ...size }: PngSize): Buffer {
  const { widthPx, heightPx, bitDepth, colorType } = size;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(widthPx, 0);
  header.writeUInt32BE(heightPx, 4);
  header.set([bitDepth, colorType, 0, 0, interlaced ? 1 : 0], 8);
  const rowBytes = (px: number): number => Math.ceil((px * bitDepth * CHANNELS[colorType]) / 8);
  const passes = interlaced ? adam7(size) : [size];
  const rows = passes
    .filter((pass) => pass.widthPx > 0)
    .map((pass) => ({ row: rowOf(filter, rowBytes(pass.widthPx)), times: pass.heightPx }));
  const palette = colorType === 3 ? [pngChunk('PLTE', Buffer.from([128, 128, 128]))] : [];
  return Buffer.concat([
    SIGNATURE,
    pngChunk('IHDR', header),
    ...chunks,
    ...palette,
    pngChunk('IDAT', zlibOfRows(rows)),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A PNG chunk: length, type, content, checksum. */
export function pngChunk(type: string, content: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(content.length, 0);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}

/** One byte names the row's filter. */
const rowOf = (filter: number, bytes: number): Buffer => Buffer.concat([Buffer.from([filter]), Buffer.alloc(bytes)]);

/** The seven passes of an interlaced PNG: first column, first row, and the steps (PNG specification, 8.2). */
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

const adam7 = ({ widthPx, heightPx }: Pick<PngSize, 'widthPx' | 'heightPx'>) =>
  ADAM7.map(([x, y, stepX, stepY]) => ({
    widthPx: Math.ceil((widthPx - x) / stepX),
    heightPx: Math.ceil((heightPx - y) / stepY),
  }));

type Rows = { readonly row: Buffer; readonly times: number };

/** About as many bytes are compressed once, and their compressed form is repeated. */
const PIECE_BYTES = 1 << 20;

function zlibOfRows(all: readonly Rows[]): Buffer {
  const pieces: Buffer[] = [Buffer.from([0x78, 0xda])];
  const sum = adler();
  for (const { row, times } of all) {
    const inPiece = Math.max(1, Math.floor(PIECE_BYTES / row.length));
    const piece = deflated(repeated(row, inPiece));
    for (let done = 0; done + inPiece <= times; done += inPiece) pieces.push(piece);
    pieces.push(deflated(repeated(row, times % inPiece)));
    sum.add(row, times);
  }
  pieces.push(deflateRawSync(Buffer.alloc(0)), sum.bytes());
  return Buffer.concat(pieces);
}

const repeated = (row: Buffer, times: number): Buffer => Buffer.alloc(row.length * times, row);
const deflated = (bytes: Buffer): Buffer => deflateRawSync(bytes, { level: 9, finishFlush: zlib.Z_FULL_FLUSH });

/** Adler-32 (RFC 1950) of rows that are zeros but for their first byte. */
function adler() {
  const modulus = 65_521n;
  let [low, high] = [1n, 0n];
  return {
    add: ({ 0: first = 0, length }: Buffer, times: number): void => {
      const [value, bytes, rows] = [BigInt(first), BigInt(length), BigInt(times)];
      // Each row adds its first byte to the low sum, before any of its bytes adds the low sum to the high one.
      high = (high + rows * bytes * low + (bytes * value * rows * (rows + 1n)) / 2n) % modulus;
      low = (low + rows * value) % modulus;
    },
    bytes: (): Buffer => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(Number((high << 16n) | low));
      return bytes;
    },
  };
}
