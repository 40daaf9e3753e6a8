import { crc32, deflateRawSync, constants as zlib } from 'node:zlib';
import type { Photo } from './client.ts';
import { picture } from './photos.ts';

const asPhoto = (
  filename: string,
  contentType: Photo['contentType'],
  ...parts: readonly (Uint8Array | string)[]
): Photo => ({
  filename,
  contentType,
  content: new Uint8Array(Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)))),
});

/** 36 MP in 16 bits and interlaced, so that no decoder can do with less than all of it at once: 216 MB. */
export async function manyPixels(): Promise<Photo> {
  return asPhoto('many-pixels.png', 'image/png', png({ sidePx: 6000, bitDepth: 16, colorType: 2, interlaced: true }));
}

/** 30,000 x 30,000 px of black in 24 bits: 2.6 MB that become 2.7 GB. */
export const pngBomb = (): Photo =>
  asPhoto('bomb.png', 'image/png', png({ sidePx: 30_000, bitDepth: 8, colorType: 2, interlaced: false }));

/** A JPEG that breaks off after two thirds of its pixels. */
export async function truncated(): Promise<Photo> {
  const whole = await picture(11, { widthPx: 640, heightPx: 480 }).jpeg().toBuffer();
  return asPhoto('truncated.jpg', 'image/jpeg', whole.subarray(0, Math.floor((whole.length * 2) / 3)));
}

/** A photo that is a web page with a script, and a ZIP archive, as well. */
export async function polyglot(): Promise<Photo> {
  const photo = await picture(12).jpeg().toBuffer();
  const zipEnd = Buffer.from('504b0506000000000000000000000000000000000000', 'hex');
  return asPhoto('polyglot.jpg', 'image/jpeg', photo, '<script>alert(document.domain)</script>', zipEnd);
}

export const renamedPdf = (): Photo =>
  asPhoto('holiday.jpg', 'image/jpeg', '%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n');

export async function cmykJpeg(): Promise<Photo> {
  return asPhoto('print.jpg', 'image/jpeg', await picture(13).toColourspace('cmyk').jpeg().toBuffer());
}

export async function deepPng(): Promise<Photo> {
  return asPhoto('deep.png', 'image/png', await picture(14).toColourspace('rgb16').png().toBuffer());
}

export async function animatedWebp(): Promise<Photo> {
  const frames = await Promise.all([15, 16].map((seed) => picture(seed).raw().toBuffer()));
  const { default: sharp } = await import('sharp');
  const raw = { width: 200, height: 300, channels: 3, pageHeight: 150 } as const;
  return asPhoto('animated.webp', 'image/webp', await sharp(Buffer.concat(frames), { raw }).webp().toBuffer());
}

type Png = { readonly sidePx: number; readonly bitDepth: 8 | 16; readonly colorType: 2; readonly interlaced: boolean };

/** A black square PNG, written without ever holding its pixels. */
function png({ sidePx, bitDepth, colorType, interlaced }: Png): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(sidePx, 0);
  header.writeUInt32BE(sidePx, 4);
  header.set([bitDepth, colorType, 0, 0, interlaced ? 1 : 0], 8);
  const bytesPerPixel = (3 * bitDepth) / 8;
  const rows = interlaced ? adam7Rows(sidePx) : [{ rows: sidePx, widthPx: sidePx }];
  // One byte before each row names its filter: 0, none.
  const bytes = rows.reduce((sum, pass) => sum + pass.rows * (1 + pass.widthPx * bytesPerPixel), 0);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', zlibOfZeros(bytes)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The seven passes of an interlaced PNG. */
function adam7Rows(sidePx: number): { rows: number; widthPx: number }[] {
  const passes = [
    [0, 0, 8, 8],
    [4, 0, 8, 8],
    [0, 4, 4, 8],
    [2, 0, 4, 4],
    [0, 2, 2, 4],
    [1, 0, 2, 2],
    [0, 1, 1, 2],
  ] as const;
  return passes.map(([x, y, stepX, stepY]) => ({
    widthPx: Math.ceil((sidePx - x) / stepX),
    rows: Math.ceil((sidePx - y) / stepY),
  }));
}

const MEGABYTE = 1 << 20;

/** Zeros as a zlib stream: one compressed megabyte, over and over. */
function zlibOfZeros(bytes: number): Buffer {
  const piece = deflateRawSync(Buffer.alloc(MEGABYTE), { level: 9, finishFlush: zlib.Z_FULL_FLUSH });
  const rest = deflateRawSync(Buffer.alloc(bytes % MEGABYTE), { level: 9 });
  const adler = Buffer.alloc(4);
  // Adler-32 of n zeros: the first sum stays 1, the second one counts them.
  adler.writeUInt16BE(bytes % 65_521, 0);
  adler.writeUInt16BE(1, 2);
  const pieces = Array.from({ length: Math.floor(bytes / MEGABYTE) }, () => piece);
  return Buffer.concat([Buffer.from([0x78, 0xda]), ...pieces, rest, adler]);
}

function chunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(content.length, 0);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}
