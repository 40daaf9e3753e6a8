import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { progressiveJpeg } from './made-jpeg.ts';
import { largePng, type PngSize, pngChunk } from './made-png.ts';

/** Photos at the limits, each the most work or memory of its kind. */
export type LargestPhoto = readonly [what: string, file: () => Buffer | Promise<Buffer>];

const DEEP = { bitDepth: 16, colorType: 6, filter: 4 } as const;

const png = async (size: Omit<PngSize, 'filter'>): Promise<Buffer> =>
  largePng({ ...size, filter: 4, chunks: [pngChunk('iCCP', await profile())] });

/** A wide gamut, to be brought to sRGB. */
async function profile(): Promise<Buffer> {
  const grey = sharp({ create: { width: 8, height: 8, channels: 3, background: '#808080' } });
  const { icc } = await sharp(await grey.withIccProfile('p3').png().toBuffer()).metadata();
  if (!icc) throw new Error('expected a profile');
  return Buffer.concat([Buffer.from('p3\0\0'), deflateSync(icc)]);
}

/** Eight rows of noise, over and over. */
function noisyRows(widthPx: number, heightPx: number): Buffer {
  const rows = Buffer.alloc(widthPx * 4 * 8);
  for (let at = 0, state = 1; at < rows.length; at += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    rows[at] = state >>> 16;
  }
  return Buffer.alloc(widthPx * 4 * heightPx, rows);
}

const losslessWebp = (width: number, height: number): Promise<Buffer> =>
  sharp(noisyRows(width, height), { raw: { width, height, channels: 4 }, limitInputPixels: false })
    .webp({ lossless: true, effort: 0 })
    .toBuffer();

const uint24 = (value: number): Buffer => Buffer.from([value & 0xff, (value >> 8) & 0xff, value >> 16]);

function riffChunk(type: string, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  const header = Buffer.from(`${type}\0\0\0\0`, 'latin1');
  header.writeUInt32LE(body.length, 4);
  return Buffer.concat([header, body, Buffer.alloc(body.length % 2)]);
}

/** An animation of one frame, which leaves a margin of its canvas free. */
async function framedWebp(widthPx: number, heightPx: number): Promise<Buffer> {
  const [width, height] = [widthPx - 4, heightPx - 4];
  const still = await losslessWebp(width, height);
  const frame = [uint24(1), uint24(1), uint24(width - 1), uint24(height - 1), uint24(100), Buffer.from([0])];
  return riffChunk(
    'RIFF',
    Buffer.from('WEBP'),
    riffChunk('VP8X', Buffer.from([0x12, 0, 0, 0]), uint24(widthPx - 1), uint24(heightPx - 1)),
    riffChunk('ANIM', Buffer.alloc(6)),
    riffChunk('ANMF', ...frame, still.subarray(12)),
  );
}

/** Grain all over, in tiles. */
async function grainyJpeg(progressive: boolean): Promise<Buffer> {
  const [width, height] = [9_248, 6_936];
  const noise = { type: 'gaussian', mean: 128, sigma: 20 } as const;
  const tile = { create: { width: width / 8, height: height / 8, channels: 3, background: '#808080', noise } } as const;
  return sharp({ create: { width, height, channels: 3, background: '#808080' }, limitInputPixels: false })
    .composite([{ input: await sharp(tile).png().toBuffer(), tile: true }])
    .jpeg({ quality: 20, progressive, chromaSubsampling: '4:4:4' })
    .toBuffer();
}

export const LARGEST_PHOTOS: readonly LargestPhoto[] = [
  ['JPEG of a 64 MP phone', () => grainyJpeg(false)],
  ['the same, progressive', () => grainyJpeg(true)],
  [
    'JPEG of 63 scans, 64.5 MP',
    () => progressiveJpeg({ widthPx: 8_030, heightPx: 8_030, components: 3, dcScans: 7, acScans: 14 }),
  ],
  [
    'CMYK JPEG of 64 scans, 49 MP',
    () => progressiveJpeg({ widthPx: 7_000, heightPx: 7_000, components: 4, dcScans: 4, acScans: 12 }),
  ],
  ['PNG of 16 bits with alpha, 65 MP', () => png({ ...DEEP, widthPx: 8_062, heightPx: 8_062 })],
  ['the same, 32,768 px wide', () => png({ ...DEEP, widthPx: 32_768, heightPx: 1_983 })],
  ['the same, interlaced, 49.5 MP', () => png({ ...DEEP, widthPx: 7_040, heightPx: 7_040, interlaced: true })],
  ['the same, 30,000 px wide', () => png({ ...DEEP, widthPx: 30_000, heightPx: 1_500, interlaced: true })],
  ['the same, 30,000 px high', () => png({ ...DEEP, widthPx: 1_500, heightPx: 30_000, interlaced: true })],
  ['lossless WebP with alpha, 65 MP', () => losslessWebp(16_000, 4_060)],
  ['the same as a frame on a canvas, 49.2 MP', () => framedWebp(8_000, 6_150)],
];
