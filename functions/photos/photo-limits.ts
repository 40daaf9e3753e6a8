import { LIMITS } from '../platform/names/limits.ts';
import type { RejectionCode } from './photo-assessment.ts';
import type { PhotoFormat } from './photo-format.ts';

/** What every photo has to keep to; all of it is checked before any pixel is decoded. */
export const PHOTO_LIMITS = {
  /** above the 64 MP sensors of phones (9,248 x 6,936); their "50 MP" is 8,192 x 6,144 */
  pixels: 65_000_000,
  /** short side below which nothing can be said of a photo */
  shortestSidePx: 64,
  /** about twice what the widest panoramas of phones have */
  longestSidePx: 32_768,
  /** So that the short side of the copy that everything works on keeps `shortestSidePx`. Panoramas of phones are about 4.5:1. */
  sideRatio: LIMITS.workingPx / 64,
  /**
   * libjpeg's own progression has 10. A decoder passes over the whole picture once per scan, however little a scan holds:
   * measured, 25 ms of CPU for one at 50 MP.
   */
  jpegScans: 64,
  /**
   * What file and decoder hold at once of a picture that is not read row by row. Measured beside the models, whose process has
   * 210 MB: 584 MB for a progressive JPEG, 653 MB for an interlaced PNG of 16 bits; 700 is the most.
   */
  decoderBytes: 410_000_000,
  /** Of rows that are scaled together, per pixel of the long side; measured, 50 MB more for 30,000 px. */
  decoderBytesPerColumn: 1_600,
} as const;

const count = (value: number): string => value.toLocaleString('en-US');

/** The limits in words, for whoever met one and for the API document. */
export const PHOTO_LIMITS_TEXT =
  `A photo has at most ${count(LIMITS.photoBytes)} bytes when it is uploaded, at most ${count(PHOTO_LIMITS.pixels)} pixels, ` +
  `a short side of at least ${PHOTO_LIMITS.shortestSidePx} px, a long side of at most ${count(PHOTO_LIMITS.longestSidePx)} px ` +
  `and ${PHOTO_LIMITS.sideRatio} times the short one, and, as a JPEG, at most ${PHOTO_LIMITS.jpegScans} scans`;

type Decoder = {
  readonly format: PhotoFormat;
  readonly framed?: boolean | undefined;
  readonly scans: number;
  readonly isProgressive: boolean;
  readonly channels: number;
  readonly depth: string;
};

/**
 * What a decoder holds per pixel of a picture that it cannot read row by row; 0 when it can.
 *
 * A JPEG in several scans is kept as coefficients of 16 bits, an interlaced PNG as its pixels, a lossless WebP as RGBA; one that
 * is a frame on a canvas twice.
 */
export function decoderBytesPerPixel({ format, framed, scans, isProgressive, channels, depth }: Decoder): number {
  if (format === 'jpeg') return isProgressive || scans > 1 ? 2 * channels : 0;
  if (format === 'png') return isProgressive ? channels * (depth === 'ushort' ? 2 : 1) : 0;
  return framed ? 2 * 4 : 4;
}

/** What a file's header says of its picture. */
export type PictureHeader = {
  /** of the file, and of what a decoder is given of it */
  readonly bytes: number;
  readonly widthPx: number;
  readonly heightPx: number;
  /** passes over the picture, of a JPEG */
  readonly scans: number;
  /** held per pixel while it is decoded; 0 when it is decoded row by row */
  readonly decoderBytesPerPixel: number;
};

export type LimitExceeded = { readonly code: RejectionCode; readonly detail: string };

/** The first limit that a picture breaks, or undefined. */
export function exceededLimit(header: PictureHeader): LimitExceeded | undefined {
  const { widthPx, heightPx, scans } = header;
  const [shortPx, longPx] = [Math.min(widthPx, heightPx), Math.max(widthPx, heightPx)];
  const { pixels, shortestSidePx, longestSidePx, sideRatio, jpegScans } = PHOTO_LIMITS;
  const size = `${widthPx} x ${heightPx}`;
  if (widthPx * heightPx > pixels) return exceeded('too_large', `at most ${pixels} pixels`, size);
  if (shortPx < shortestSidePx) return exceeded('too_small', `at least ${shortestSidePx} px on the short side`, size);
  if (longPx > sideRatio * shortPx)
    return exceeded('bad_shape', `a long side of at most ${sideRatio} times the short one`, size);
  if (longPx > longestSidePx) return exceeded('too_large', `at most ${longestSidePx} px on the long side`, size);
  if (scans > jpegScans) return exceeded('too_complex', `a JPEG of at most ${jpegScans} scans`, `${scans}`);
  return exceededMemory(header);
}

function exceededMemory({ bytes, widthPx, heightPx, decoderBytesPerPixel }: PictureHeader): LimitExceeded | undefined {
  if (decoderBytesPerPixel === 0) return undefined;
  const rows = PHOTO_LIMITS.decoderBytesPerColumn * Math.max(widthPx, heightPx);
  const most = Math.floor((PHOTO_LIMITS.decoderBytes - bytes - rows) / decoderBytesPerPixel);
  if (widthPx * heightPx <= most) return undefined;
  const expected = `at most ${most} pixels, for it decodes only as a whole, at ${decoderBytesPerPixel} bytes a pixel`;
  return exceeded('too_large', expected, `${widthPx} x ${heightPx}`);
}

const exceeded = (code: RejectionCode, expected: string, came: string): LimitExceeded => ({
  code,
  detail: `expected ${expected}; this photo has ${came}. ${PHOTO_LIMITS_TEXT}.`,
});
