import { nameOtherFile, startsWith } from './other-files.ts';

/** The formats that are decoded. */
export type PhotoFormat = 'jpeg' | 'png' | 'webp';

export type RecognisedFile =
  /** `framed`: the one picture is a frame of a WebP's animation, which may cover a part of its canvas */
  | { readonly format: PhotoFormat; readonly animated: boolean; readonly framed?: boolean }
  /** `came` says in words what the file is instead */
  | { readonly format: 'unsupported'; readonly came: string };

/** The first 8 bytes of every PNG (PNG specification, 5.2). */
export const PNG_SIGNATURE = '\x89PNG\r\n\x1a\n';
/** The animation bit in the flags byte of a WebP's VP8X chunk (WebP container specification). */
const WEBP_ANIMATION_FLAG = 0x02;

/**
 * What a file is by its first bytes, whatever its name or declared type says.
 *
 * A file that starts as a photo is one, even when another file is glued to its end: only its pixels are ever used.
 */
export function recogniseFile(file: Uint8Array): RecognisedFile {
  // Without the 0xff of the next marker: stray bytes may stand before it.
  if (startsWith(file, 0, '\xff\xd8')) return { format: 'jpeg', animated: false };
  if (startsWith(file, 0, PNG_SIGNATURE)) return { format: 'png', animated: isAnimatedPng(file) };
  if (startsWith(file, 0, 'RIFF') && startsWith(file, 8, 'WEBP')) return { format: 'webp', ...animationOf(file) };
  return { format: 'unsupported', came: nameOtherFile(file) };
}

const viewOf = (file: Uint8Array): DataView => new DataView(file.buffer, file.byteOffset, file.byteLength);

/** Whether a WebP is an animation, and whether that has more than one frame (`ANMF`). */
function animationOf(file: Uint8Array): { readonly animated: boolean; readonly framed?: true } {
  if (!startsWith(file, 12, 'VP8X') || ((file[20] ?? 0) & WEBP_ANIMATION_FLAG) === 0) {
    return { animated: false };
  }
  const view = viewOf(file);
  let frames = 0;
  // type and length of a chunk, then its content, of an even number of bytes
  for (
    let at = 12;
    at + 8 <= file.length;
    at += 8 + view.getUint32(at + 4, true) + (view.getUint32(at + 4, true) % 2)
  ) {
    if (startsWith(file, at, 'ANMF')) frames += 1;
  }
  return frames === 1 ? { animated: false, framed: true } : { animated: true };
}

/** An animated PNG announces itself, and the number of its frames, with an `acTL` chunk before the pixels (`IDAT`). */
function isAnimatedPng(file: Uint8Array): boolean {
  const view = viewOf(file);
  let offset = PNG_SIGNATURE.length;
  while (offset + 12 <= file.length && !startsWith(file, offset + 4, 'IDAT')) {
    if (startsWith(file, offset + 4, 'acTL')) return view.getUint32(offset + 8) !== 1;
    // length of the content, then 4 bytes of type, 4 of length, 4 of checksum
    offset += view.getUint32(offset) + 12;
  }
  return false;
}
