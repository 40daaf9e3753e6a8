const PNG_SIGNATURE = '\x89PNG\r\n\x1a\n';
/** Marker of the segments in which JPEG keeps JUMBF boxes (JPEG XT, ISO/IEC 19566-5), and those that end the search: start of scan, end of image. */
const MARKER = { app11: 0xeb, startOfScan: 0xda, endOfImage: 0xd9 } as const;
/** Before the box in an APP11 segment: marker and length, `JP`, the number of the box (2 bytes), that of the segment (4 bytes). */
const APP11_HEADER = 12;
/** Length and type of a box, repeated in each further segment of the same box. */
const BOX_HEADER = 8;
/** Segments or chunks looked at in a file; more are nonsense or an attack. Chosen by eye. */
const MOST_PARTS = 10_000;

/** The JUMBF blocks of a JPEG (APP11), PNG (`caBX`) or WebP (`C2PA`), in which C2PA keeps its manifests (C2PA specification 2, appendix A). */
export function c2paBlocks(file: Uint8Array): readonly Uint8Array[] {
  if (textAt(file, 0, 3) === '\xff\xd8\xff') return app11Boxes(file);
  if (textAt(file, 0, 8) === PNG_SIGNATURE) return chunks(file, { type: 'caBX', first: 8, pngOrder: true });
  if (textAt(file, 8, 4) === 'WEBP') return chunks(file, { type: 'C2PA', first: 12, pngOrder: false });
  return [];
}

/** Latin-1. */
export const textAt = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + length));

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function app11Boxes(file: Uint8Array): Uint8Array[] {
  const view = viewOf(file);
  const boxes = new Map<number, Uint8Array[]>();
  for (let at = 2, part = 0; at + 4 <= file.length && part < MOST_PARTS; part += 1) {
    // Any number of bytes FF may fill the space before a marker (ITU-T T.81, B.1.1.2).
    while (file[at + 1] === 0xff) at += 1;
    const marker = file[at + 1] ?? 0;
    if (file[at] !== 0xff || marker === MARKER.startOfScan || marker === MARKER.endOfImage) break;
    const end = at + 2 + view.getUint16(at + 2);
    if (marker === MARKER.app11 && textAt(file, at + 4, 2) === 'JP' && at + APP11_HEADER <= file.length) {
      const own = boxes.get(view.getUint16(at + 6)) ?? [];
      own.push(file.subarray(at + APP11_HEADER + (own.length > 0 ? BOX_HEADER : 0), end));
      boxes.set(view.getUint16(at + 6), own);
    }
    at = end;
  }
  return [...boxes.values()].map(joined);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

type Chunks = { readonly type: string; readonly first: number; readonly pngOrder: boolean };

/** PNG: length, type, content, checksum. RIFF: type, length (little-endian), content, padded to an even length. */
function chunks(file: Uint8Array, { type, first, pngOrder }: Chunks): Uint8Array[] {
  const view = viewOf(file);
  const found: Uint8Array[] = [];
  for (let at = first, part = 0; at + 8 <= file.length && part < MOST_PARTS; part += 1) {
    const length = pngOrder ? view.getUint32(at) : view.getUint32(at + 4, true);
    if (textAt(file, pngOrder ? at + 4 : at, 4) === type) found.push(file.subarray(at + 8, at + 8 + length));
    at += 8 + length + (pngOrder ? 4 : length % 2);
  }
  return found;
}
