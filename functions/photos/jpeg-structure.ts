/** What the markers of a JPEG say, without its pixels being decoded. */
export type JpegStructure = {
  /** passes over the picture: 1 for most photos, about 10 for a progressive one */
  readonly scans: number;
  readonly progressive: boolean;
  /**
   * Departures from the standard that no pixel depends on: stray bytes between segments, zeros after the last pixel before a
   * restart or at a scan's end, and sequential scans with the spectral range of progressive ones.
   */
  readonly slips: number;
  /** whether the end-of-image marker (EOI) is there */
  readonly ended: boolean;
  /** in words, what it is instead of a JPEG of 8 bits with Huffman codes, the kind that cameras write and browsers show */
  readonly oddKind?: string | undefined;
};

/** Start of frame of a progressive JPEG (SOF2 in ITU-T T.81, B.1). */
const SOF_PROGRESSIVE = 0xc2;
/** Kinds of frames beside baseline, extended and progressive ones with Huffman codes (SOF0 to SOF2), by their codes. */
const ODD_KINDS: readonly (readonly [codes: readonly number[], kind: string])[] = [
  [[0xc3], 'a lossless JPEG'],
  [[0xc5, 0xc6, 0xc7], 'a hierarchical JPEG'],
  // A scan of these can say of every pixel in next to no bytes that nothing changes, at the full price of decoding it.
  [[0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf], 'a JPEG with arithmetic codes'],
];
/** Start of scan. */
const SOS = 0xda;
/** End of image. */
const EOI = 0xd9;
/** Within entropy-coded data: 0xff itself. */
const STUFFED = 0x00;
/** TEM, RST0 to RST7 and SOI; every other marker but EOI begins a segment with a length. */
const standsAlone = (code: number): boolean => code === 0x01 || (code >= 0xd0 && code <= 0xd8);

/** Bits of a sample. */
const PRECISION = 8;

/** Ss, Se, and Ah with Al, of a sequential scan: all 64 coefficients, at once. */
const SEQUENTIAL_RANGE = [0, 63, 0] as const;

/**
 * Reads the markers of a JPEG from its start to its EOI; a thumbnail lies within a segment, whatever follows the EOI is not read.
 *
 * Takes milliseconds for a file of 8 MB, and skips what libjpeg skips.
 */
export function readStructure(file: Uint8Array): JpegStructure {
  const seen: Seen = { scans: 0, progressive: false, slips: 0 };
  let inScan = false;
  for (let marker = nextMarker(file, 2); marker; marker = nextMarker(file, marker.end)) {
    const { code, start, end, strayBytes } = marker;
    if (code === STUFFED) continue;
    if (inScan ? endsInZeros(file, start) : strayBytes > 0) seen.slips += 1;
    if (code === EOI) return { ...seen, ended: true };
    // Entropy-coded data goes on after a restart, and ends at any other marker.
    if (standsAlone(code)) continue;
    inScan = code === SOS;
    if (code === SOF_PROGRESSIVE) seen.progressive = true;
    seen.oddKind ??= oddKindOf(code, file[end + 2]);
    if (inScan) seen.scans += 1;
    if (inScan && !seen.progressive && !hasSequentialRange(file, end)) seen.slips += 1;
    marker.end += lengthAt(file, end);
  }
  return { ...seen, ended: false };
}

type Seen = { scans: number; progressive: boolean; slips: number; oddKind?: string | undefined };

function oddKindOf(code: number, precision = PRECISION): string | undefined {
  const isFrame = code >= 0xc0 && code <= SOF_PROGRESSIVE;
  if (isFrame && precision !== PRECISION) return `a JPEG of ${precision} bits`;
  return ODD_KINDS.find(([codes]) => codes.includes(code))?.[1];
}

/** A segment, from its marker to behind its content. */
export type JpegSegment = { readonly code: number; readonly start: number; readonly end: number };

/** The segments before the first scan. */
export function* segmentsBeforeScan(file: Uint8Array): Generator<JpegSegment> {
  for (let marker = nextMarker(file, 2); marker; marker = nextMarker(file, marker.end)) {
    const { code, start, end } = marker;
    if (code === SOS || code === EOI) return;
    if (code === STUFFED || standsAlone(code)) continue;
    marker.end = Math.min(file.length, end + lengthAt(file, end));
    yield { code, start, end: marker.end };
  }
}

type Marker = { readonly code: number; readonly start: number; readonly strayBytes: number; end: number };

/** The next marker from here, which is 0xff once or more, then its code. Undefined at the end of the file. */
function nextMarker(file: Uint8Array, from: number): Marker | undefined {
  const start = file.indexOf(0xff, from);
  if (start < 0) return undefined;
  let at = start;
  while (file[at] === 0xff) at += 1;
  const code = file[at];
  return code === undefined ? undefined : { code, start, strayBytes: start - from, end: at + 1 };
}

/** Pixels end in ones. A single zero can be data, two have one chance in 65,536. */
const endsInZeros = (file: Uint8Array, end: number): boolean => file[end - 1] === 0 && file[end - 2] === 0;

/** The length of a segment, which counts its own two bytes. */
const lengthAt = (file: Uint8Array, at: number): number => ((file[at] ?? 0) << 8) | (file[at + 1] ?? 0);

function hasSequentialRange(file: Uint8Array, at: number): boolean {
  const range = at + 3 + 2 * (file[at + 2] ?? 0);
  return SEQUENTIAL_RANGE.every((value, index) => file[range + index] === value);
}

/** Warnings of libjpeg that cost no pixel. */
const HARMLESS = [
  /Invalid SOS parameters for sequential JPEG/,
  /Unknown Adobe color transform code/,
  /unknown JFIF revision number/,
  /extraneous bytes before marker/,
];
/** Such a slip is none of the structure. */
const IN_SEGMENT = /color transform|JFIF/;

/**
 * Why pixels of a decoded JPEG are lost; undefined when they are all there.
 *
 * libjpeg names its first warning and only counts the others: more of them than there are slips are loss. Stray bytes that
 * are not zeros after the pixels of a scan are no slip either, for they may be pixels that were not recognised as such.
 *
 * @param warnings what libvips printed while it decoded: `read gave N warnings`, `VipsJpeg: <first warning>`
 */
export function lossIn(warnings: readonly string[], { slips }: JpegStructure): string | undefined {
  const counts = warnings.map((line) => Number(/^read gave (\d+) warnings/.exec(line)?.[1] ?? 0));
  const count = Math.max(0, ...counts);
  if (count === 0) return undefined;
  const first = /VipsJpeg: (.*)/.exec(warnings.join('\n'))?.[1] ?? 'the decoder gives no reason';
  const explained = slips + (IN_SEGMENT.test(first) ? 1 : 0);
  return HARMLESS.some((slip) => slip.test(first)) && count <= explained ? undefined : first;
}
