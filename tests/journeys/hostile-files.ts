import { largePng } from '../functions/photos/made-png.ts';
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
  const size = { widthPx: 6000, heightPx: 6000, bitDepth: 16, colorType: 2, interlaced: true } as const;
  return asPhoto('many-pixels.png', 'image/png', largePng(size));
}

/** 30,000 x 30,000 px of black in 24 bits: 2.6 MB that become 2.7 GB. */
export const pngBomb = (): Photo =>
  asPhoto('bomb.png', 'image/png', largePng({ widthPx: 30_000, heightPx: 30_000, bitDepth: 8, colorType: 2 }));

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
