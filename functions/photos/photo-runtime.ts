import { setFlagsFromString } from 'node:v8';
import sharp, { type Sharp } from 'sharp';
import { LIMITS } from '../platform/names/limits.ts';
import { sha256 as hashOf } from '../platform/sha256.ts';
import { CUT, damageIn } from './damage-words.ts';
import { type JpegStructure, lossIn, readStructure } from './jpeg-structure.ts';
import { isOnItsSide, type Orientation, orientationOf } from './orientation.ts';
import type { RejectionCode } from './photo-assessment.ts';
import { type PhotoFormat, recogniseFile } from './photo-format.ts';
import { decoderBytesPerPixel, exceededLimit, PHOTO_LIMITS } from './photo-limits.ts';
import { type PhotoParts, partsOf } from './photo-parts.ts';
import { PNG_XMP_KEYWORD, readPngTexts } from './png-texts-runtime.ts';
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

/** Far above what any accepted picture takes (measured, 4.2 s of CPU; 6 s on a busy machine), for what no header gives away; below Lambda's timeout. */
const DECODE_SECONDS = 20;

const EOI = Uint8Array.of(0xff, 0xd9);

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

/** The decoded photo, or why it cannot be read. Type and limits are settled from header and markers, before any pixel is decoded. */
export async function openPhoto(file: Uint8Array): Promise<ReadablePhoto | UnreadablePhoto> {
  const source = { bytes: file.byteLength, sha256: hashOf(file) };
  const header = await readHeader(file);
  if ('code' in header) return { status: 'unreadable', ...header, ...source };
  const working = await decodeWhole(header);
  if ('code' in working) return { status: 'unreadable', ...working, ...source };
  const { widthPx, heightPx, traces } = header;
  return { status: 'readable', widthPx, heightPx, ...source, working, traces };
}

type Refusal = { readonly code: RejectionCode; readonly detail: string };

type Header = {
  readonly format: PhotoFormat;
  /** what a decoder is given of the file */
  readonly picture: Uint8Array;
  readonly orientation: Orientation;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly traces: FileTraces;
  /** of a JPEG */
  readonly structure?: JpegStructure;
};

async function readHeader(file: Uint8Array): Promise<Header | Refusal> {
  const recognised = recogniseFile(file);
  if (recognised.format === 'unsupported') return unsupported(recognised.came);
  const { format, animated, framed } = recognised;
  if (animated) return { code: 'animated', detail: `expected a still photo; this ${format} is animated` };

  const { picture, ...stated } = partsOf(file, format);
  const structure = format === 'jpeg' ? readStructure(picture) : undefined;
  if (structure?.oddKind) return unsupported(structure.oddKind);
  // Without sharp's own pixel limit, so that the answer can say how large the photo is.
  const header = await sharp(picture, { limitInputPixels: false }).metadata().catch(asError);
  if (header instanceof Error) return { code: 'corrupt', detail: `the ${format} header cannot be read` };
  const orientation = orientationOf(stated.exif);
  const { width, height } = header;
  const [widthPx, heightPx] = isOnItsSide(orientation) ? [height, width] : [width, height];
  const scans = structure?.scans ?? 1;
  const held = decoderBytesPerPixel({ ...header, format, framed, scans });
  const bytes = file === picture ? file.byteLength : file.byteLength + picture.byteLength;
  const exceeded = exceededLimit({ bytes, widthPx, heightPx, scans, decoderBytesPerPixel: held });
  const traces = tracesOf(stated);
  return exceeded ?? { format, picture, orientation, widthPx, heightPx, traces, ...(structure && { structure }) };
}

const unsupported = (came: string): Refusal => ({
  code: 'unsupported_type',
  detail: `expected a JPEG, PNG or WebP photo; this is ${came}`,
});

async function decodeWhole({ format, picture, structure, orientation }: Header): Promise<Raster | Refusal> {
  const stored = await (structure ? decodeJpeg(picture, structure) : decode(picture)).catch(asError);
  if (!(stored instanceof Error)) return upright(stored, orientation);
  // "timeout: 42% complete"
  if (stored.message.startsWith('timeout')) {
    return { code: 'too_complex', detail: `expected a ${format} that is decoded within ${DECODE_SECONDS} s` };
  }
  return { code: 'corrupt', detail: `the ${format} is damaged (${damageIn(stored.message)})` };
}

/** Turned after it was scaled: most photos are upright, and a decoder that turns needs all pixels at once. */
async function upright(raster: Raster, { mirrored, degrees }: Orientation): Promise<Raster> {
  if (!mirrored && degrees === 0) return raster;
  // sharp mirrors before it turns.
  return rasterOf(fromRaster(raster).flop(mirrored).rotate(degrees));
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

/**
 * The picture of a JPEG, when no pixel of it is lost. What makers of phones get wrong in headers costs none, nor does a
 * missing end-of-image marker (EOI) where the last scan is known to be the only one.
 */
async function decodeJpeg(file: Uint8Array, structure: JpegStructure): Promise<Raster> {
  const { ended, progressive, scans } = structure;
  if (!ended && (progressive || scans > 1)) throw new Error(CUT);
  const warnings: string[] = [];
  const raster = await decode(ended ? file : Buffer.concat([file, EOI]), (warning) => warnings.push(warning));
  const loss = lossIn(warnings, structure);
  if (loss) throw new Error(loss);
  return raster;
}

/**
 * JPEG shrinks while it decodes, and the profile is applied on the shrunk picture: a 50 MP photo is never whole in memory.
 *
 * `error` refuses lost pixels of a PNG or WebP, and a JPEG without its end; other losses of a JPEG are warnings, and so is
 * what costs none.
 */
async function decode(file: Uint8Array, onWarning: (warning: string) => void = () => undefined): Promise<Raster> {
  const scaled = sharp(file, { limitInputPixels: PHOTO_LIMITS.pixels, failOn: 'error' })
    .on('warning', onWarning)
    .timeout({ seconds: DECODE_SECONDS })
    .resize({ width: LIMITS.workingPx, height: LIMITS.workingPx, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb');
  return rasterOf(scaled);
}

const fromRaster = ({ data, widthPx, heightPx, channels }: Raster): Sharp =>
  sharp(data, { raw: { width: widthPx, height: heightPx, channels } });

async function rasterOf(picture: Sharp): Promise<Raster> {
  const { data, info } = await picture.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  if (info.channels !== 1 && info.channels !== 3)
    throw new Error(`expected 1 or 3 channels, sharp gave ${info.channels}`);
  return { data, widthPx: info.width, heightPx: info.height, channels: info.channels };
}

function tracesOf({ exif, xmp, texts: chunks }: Omit<PhotoParts, 'picture'>): FileTraces {
  const texts = readPngTexts(chunks);
  const inPng = texts.find((text) => text.startsWith(PNG_XMP_KEYWORD));
  const packet = xmp ? Buffer.from(xmp).toString() : inPng?.slice(PNG_XMP_KEYWORD.length);
  return { ...(exif && { exif }), ...(packet && { xmp: packet }), texts };
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
