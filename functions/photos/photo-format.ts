/** The formats that are decoded. */
export type PhotoFormat = 'jpeg' | 'png' | 'webp';

export type RecognisedFile =
  | { readonly format: PhotoFormat; readonly animated: boolean }
  /** `came` says in words what the file is instead */
  | { readonly format: 'unsupported'; readonly came: string };

/** Magic bytes, at which offset, of files that people send instead of a photo. */
const OTHER_FILES: readonly (readonly [offset: number, bytes: string, name: string])[] = [
  [0, '%PDF', 'a PDF document'],
  [0, 'GIF8', 'a GIF'],
  [0, 'BM', 'a BMP'],
  [0, 'II*\0', 'a TIFF or camera raw file'],
  [0, 'MM\0*', 'a TIFF or camera raw file'],
  [0, 'PK', 'a ZIP archive or office document'],
  [0, 'RIFF', 'a RIFF file (sound or video)'],
  [4, 'ftyphei', 'an HEIC photo'],
  [4, 'ftypmif1', 'an HEIC photo'],
  [4, 'ftypavif', 'an AVIF'],
  [4, 'ftyp', 'a video'],
  [0, '\x00\x00\x00\x0cJXL', 'a JPEG XL'],
  [0, '\xff\x0a', 'a JPEG XL'],
  [0, '<', 'text (SVG, HTML or XML)'],
  [0, '{', 'text (JSON)'],
];

/** The first 8 bytes of every PNG (PNG specification, 5.2). */
const PNG_SIGNATURE = '\x89PNG\r\n\x1a\n';
/** The animation bit in the flags byte of a WebP's VP8X chunk (WebP container specification). */
const WEBP_ANIMATION_FLAG = 0x02;

/**
 * What a file is by its first bytes, whatever its name or declared type says.
 *
 * A file that starts as a photo is one, even when another file is glued to its end: only its pixels are ever used.
 */
export function recogniseFile(file: Uint8Array): RecognisedFile {
  if (holds(file, 0, '\xff\xd8\xff')) return { format: 'jpeg', animated: false };
  if (holds(file, 0, PNG_SIGNATURE)) return { format: 'png', animated: isAnimatedPng(file) };
  if (holds(file, 0, 'RIFF') && holds(file, 8, 'WEBP')) return { format: 'webp', animated: isAnimatedWebp(file) };
  if (file.length === 0) return { format: 'unsupported', came: 'an empty file' };
  const other = OTHER_FILES.find(([offset, bytes]) => holds(file, offset, bytes));
  return { format: 'unsupported', came: other ? other[2] : `a file that starts with ${firstBytes(file)}` };
}

const holds = (file: Uint8Array, offset: number, text: string): boolean =>
  file.length >= offset + text.length &&
  [...text].every((letter, index) => file[offset + index] === letter.charCodeAt(0));

const firstBytes = (file: Uint8Array): string =>
  Array.from(file.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join(' ');

const isAnimatedWebp = (file: Uint8Array): boolean =>
  holds(file, 12, 'VP8X') && ((file[20] ?? 0) & WEBP_ANIMATION_FLAG) !== 0;

/** An animated PNG announces itself with an `acTL` chunk before the pixels (`IDAT`). */
function isAnimatedPng(file: Uint8Array): boolean {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  let offset = PNG_SIGNATURE.length;
  while (offset + 8 <= file.length && !holds(file, offset + 4, 'IDAT')) {
    if (holds(file, offset + 4, 'acTL')) return true;
    // length of the content, then 4 bytes of type, 4 of length, 4 of checksum
    offset += view.getUint32(offset) + 12;
  }
  return false;
}
