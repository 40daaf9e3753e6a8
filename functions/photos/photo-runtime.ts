import { setFlagsFromString } from 'node:v8';
import sharp, { type Metadata, type Sharp } from 'sharp';
import { LIMITS } from '../platform/names/limits.ts';
import { sha256 as hashOf } from '../platform/sha256.ts';
import type { RejectionCode } from './photo-assessment.ts';
import { recogniseFile } from './photo-format.ts';
import { type GreyRaster, type Raster, toGrey } from './raster.ts';

// Photos come from strangers: no decoder but these three may ever run in this process.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp'] });
// One photo per process at a time: threads would only divide the core, and no picture is ever opened twice.
sharp.concurrency(1);
sharp.cache(false);
// V8 weighs the pixels, which lie outside its heap, against a heap of 11 MB, and so collects all of it for every third
// photo. It may wait until there is five times what a photo needs: measured, 1.29 instead of 1.48 of the pipeline's floor.
setFlagsFromString('--external-memory-accounted-in-global-limit');
setFlagsFromString('--heap-growing-percent=400');

/** The most pixels of a photo, checked before decoding. */
const PHOTO_PIXELS = 50_000_000;

/** Short side below which nothing can be said of a photo. */
const SMALLEST_SIDE_PX = 64;

/** Quality of the copies that people look at. */
const PICTURE_JPEG_QUALITY = 82;

/** What the file says of itself besides its pixels. Never copied into a derived picture. */
export type FileTraces = {
  readonly exif?: Uint8Array;
  readonly xmp?: string;
  /** texts of PNG chunks */
  readonly texts: readonly string[];
};

export type ReadablePhoto = {
  readonly status: 'readable';
  /** of the original, upright */
  readonly widthPx: number;
  readonly heightPx: number;
  readonly bytes: number;
  readonly sha256: string;
  /** RGB, upright, sRGB, on white, longest side <= LIMITS.workingPx: the only decode, which everything works on */
  readonly working: Raster;
  readonly traces: FileTraces;
};

export type UnreadablePhoto = {
  readonly status: 'unreadable';
  readonly code: RejectionCode;
  readonly detail: string;
  readonly bytes: number;
  readonly sha256: string;
};

/** The decoded photo, or why it cannot be read. Type and size are settled from the first bytes, before any pixel is decoded. */
export async function openPhoto(file: Uint8Array): Promise<ReadablePhoto | UnreadablePhoto> {
  const bytes = file.byteLength;
  const sha256 = hashOf(file);
  const unreadable = (code: RejectionCode, detail: string): UnreadablePhoto => ({
    status: 'unreadable',
    code,
    detail,
    bytes,
    sha256,
  });

  const recognised = recogniseFile(file);
  if (recognised.format === 'unsupported') {
    return unreadable('unsupported_type', `expected a JPEG, PNG or WebP photo; this is ${recognised.came}`);
  }
  if (recognised.animated)
    return unreadable('animated', `expected a still photo; this ${recognised.format} is animated`);

  // The header is read without sharp's own pixel limit, so that the answer can say how large the photo is.
  const header = await sharp(file, { limitInputPixels: false }).metadata().catch(asError);
  if (header instanceof Error)
    return unreadable('corrupt', `the ${recognised.format} header cannot be read (${firstLine(header)})`);
  const { width: widthPx, height: heightPx } = header.autoOrient;
  if (widthPx * heightPx > PHOTO_PIXELS) {
    return unreadable('too_large', `expected at most ${PHOTO_PIXELS} pixels; this photo has ${widthPx} x ${heightPx}`);
  }
  if (Math.min(widthPx, heightPx) < SMALLEST_SIDE_PX) {
    return unreadable(
      'too_small',
      `expected at least ${SMALLEST_SIDE_PX} px on the short side; this photo has ${widthPx} x ${heightPx}`,
    );
  }
  const working = await decode(file).catch(asError);
  if (working instanceof Error)
    return unreadable('corrupt', `the ${recognised.format} is damaged (${firstLine(working)})`);
  return { status: 'readable', widthPx, heightPx, bytes, sha256, working, traces: tracesOf(header) };
}

/** The picture at exactly this size, or scaled to cover it and cropped around the centre. */
export async function resizeRaster(
  raster: Raster,
  widthPx: number,
  heightPx: number,
  fit: 'fill' | 'cover',
): Promise<Raster> {
  const resized = fromRaster(raster).resize({ width: widthPx, height: heightPx, fit, kernel: 'lanczos3' });
  return rasterOf(resized);
}

/** A grey copy with no side longer than `longestPx`; never enlarged. Scaled first: greying the large picture costs four times as much. */
export async function greyCopy(raster: Raster, longestPx: number): Promise<GreyRaster> {
  const resized = fromRaster(raster).resize({
    width: longestPx,
    height: longestPx,
    fit: 'inside',
    withoutEnlargement: true,
    kernel: 'linear',
  });
  return toGrey(await rasterOf(resized));
}

/** A JPEG for people: sRGB pixels and nothing else, no EXIF, no location, no profile. */
export async function encodeJpeg(raster: Raster): Promise<Uint8Array> {
  return fromRaster(raster).jpeg({ quality: PICTURE_JPEG_QUALITY }).toBuffer();
}

/** JPEG shrinks while it decodes, and the profile is applied on the shrunk picture: a 50 MP photo is never whole in memory. */
async function decode(file: Uint8Array): Promise<Raster> {
  const upright = sharp(file, { limitInputPixels: PHOTO_PIXELS, failOn: 'warning' })
    .autoOrient()
    .resize({ width: LIMITS.workingPx, height: LIMITS.workingPx, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb');
  return rasterOf(upright);
}

const fromRaster = ({ data, widthPx, heightPx, channels }: Raster): Sharp =>
  sharp(data, { raw: { width: widthPx, height: heightPx, channels } });

async function rasterOf(picture: Sharp): Promise<Raster> {
  const { data, info } = await picture.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  if (info.channels !== 1 && info.channels !== 3)
    throw new Error(`expected 1 or 3 channels, sharp gave ${info.channels}`);
  return { data, widthPx: info.width, heightPx: info.height, channels: info.channels };
}

const tracesOf = ({ exif, xmpAsString, comments }: Metadata): FileTraces => ({
  ...(exif && { exif }),
  ...(xmpAsString && { xmp: xmpAsString }),
  texts: (comments ?? []).map(({ keyword, text }) => `${keyword}: ${text}`),
});

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

const firstLine = (error: Error): string => error.message.split('\n', 1)[0]?.trim() ?? '';
