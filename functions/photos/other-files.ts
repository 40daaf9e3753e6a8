const VIDEO = 'a video';

/** Brands of files in the ISO base media format (ISO/IEC 14496-12), as `ftyp` names them: the major one and those it is compatible with. */
const BRANDS: readonly (readonly [brands: RegExp, name: string])[] = [
  [/^crx /, 'a Canon raw file (CR3)'],
  [/^(avif|avis)$/, 'an AVIF'],
  [/^(heic|heix|heim|heis|hevc|hevx|hevm|hevs)$/, 'an HEIC photo'],
  [/^jpeg$/, 'an HEIF picture with a JPEG in it'],
  [/^(jp2 |jpx |jpm |jph )$/, 'a JPEG 2000'],
  [/^(mif1|mif2|msf1|miaf|MiHB|MiHA)$/, 'an HEIF picture'],
  [/^qt {2}$/, 'a QuickTime video'],
  [/^M4[AB] $/, 'a sound file'],
];
/** How far brands are read: real files name fewer than ten, of four bytes each. */
const MOST_BRAND_BYTES = 256;

/** The tag of a TIFF's first directory (IFD) that names the camera's maker (TIFF 6.0). */
const TIFF_MAKE = 0x010f;
/** As much of a maker's name as tells it. */
const MAKE_BYTES = 32;
/** The tag that every DNG has (DNG specification). */
const TIFF_DNG_VERSION = 0xc612;
/** Makers whose raw files are TIFFs, by the first letters of `Make`. */
const RAW_MAKERS: readonly (readonly [make: RegExp, name: string])[] = [
  [/^nikon/i, 'a Nikon raw file (NEF)'],
  [/^sony/i, 'a Sony raw file (ARW)'],
  [/^pentax|^ricoh/i, 'a Pentax raw file (PEF)'],
  [/^samsung/i, 'a Samsung raw file (SRW)'],
  [/^olympus|^om digital/i, 'an Olympus raw file (ORF)'],
  [/^panasonic|^leica/i, 'a Panasonic raw file (RW2)'],
];
const TIFF = 'a TIFF or camera raw file';

/** Magic bytes, at which offset, of files that people send instead of a photo. */
const SIGNATURES: readonly (readonly [offset: number, bytes: string, name: string])[] = [
  [0, '%PDF', 'a PDF document'],
  [0, '%!PS', 'a PostScript document'],
  [0, 'GIF8', 'a GIF'],
  [0, '8BPS', 'a Photoshop document (PSD)'],
  [8, 'CR\x02', 'a Canon raw file (CR2)'],
  [0, 'FUJIFILMCCD-RAW', 'a Fujifilm raw file (RAF)'],
  [0, 'FOVb', 'a Sigma raw file (X3F)'],
  [0, 'IIRO', 'an Olympus raw file (ORF)'],
  [0, 'IIRS', 'an Olympus raw file (ORF)'],
  [0, 'MMOR', 'an Olympus raw file (ORF)'],
  [0, 'IIU\0', 'a Panasonic raw file (RW2)'],
  [0, 'II\xbc', 'a JPEG XR'],
  [0, 'II+\0', 'a TIFF or camera raw file'],
  [0, 'MM\0+', 'a TIFF or camera raw file'],
  [0, '\0\0\0\x0cJXL ', 'a JPEG XL'],
  [0, '\xff\x0a', 'a JPEG XL'],
  [0, '\0\0\0\x0cjP', 'a JPEG 2000'],
  [0, '\xff\x4f\xff\x51', 'a JPEG 2000'],
  [0, '\0\0\x01\0', 'an icon (ICO)'],
  [0, 'BM', 'a BMP'],
  [0, 'PK', 'a ZIP archive or office document'],
  [0, 'Rar!', 'a RAR archive'],
  [0, '7z\xbc\xaf', 'a 7-Zip archive'],
  [0, '\x1f\x8b', 'a gzip archive'],
  [0, '\0\x05\x16\x07', 'the companion that macOS keeps beside a file (AppleDouble)'],
  [0, '\x1aE\xdf\xa3', VIDEO],
  [8, 'AVI ', VIDEO],
  [8, 'WAVE', 'a sound file'],
  [0, 'RIFF', 'a RIFF file (sound or video)'],
  [0, 'ID3', 'a sound file'],
  [0, '\xd0\xcf\x11\xe0', 'an office document'],
];

/** What a text is by its first words. */
const TEXTS: readonly (readonly [start: RegExp, name: string])[] = [
  [/^(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)?(<!DOCTYPE svg[^>]*>\s*)?<svg\b/i, 'an SVG drawing'],
  [/^(<!DOCTYPE html|<html|<head|<body)\b/i, 'an HTML page'],
  [/^</, 'text (SVG, HTML or XML)'],
  [/^[{[]/, 'text (JSON)'],
];
/** As much of a text as shows what it is, behind comments and a document type. */
const TEXT_BYTES = 512;

/** What a file is by its first bytes that is none of the formats which are decoded, in words. */
export function nameOtherFile(file: Uint8Array): string {
  if (file.length === 0) return 'an empty file';
  if (startsWith(file, 4, 'ftyp')) return nameByBrands(file);
  const signature = SIGNATURES.find(([offset, bytes]) => startsWith(file, offset, bytes));
  if (signature) return signature[2];
  if (startsWith(file, 0, 'II*\0') || startsWith(file, 0, 'MM\0*')) return nameTiff(file);
  if (startsWith(file, 4, 'moov') || startsWith(file, 4, 'mdat') || startsWith(file, 4, 'wide')) return VIDEO;
  const text = new TextDecoder().decode(file.subarray(0, TEXT_BYTES)).trimStart();
  return TEXTS.find(([start]) => start.test(text))?.[1] ?? `a file that starts with ${firstBytes(file)}`;
}

/** Whether these bytes, each a letter of Latin-1, are there. */
export const startsWith = (file: Uint8Array, offset: number, text: string): boolean =>
  file.length >= offset + text.length &&
  [...text].every((letter, index) => file[offset + index] === letter.charCodeAt(0));

const latin1 = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

const firstBytes = (file: Uint8Array): string =>
  Array.from(file.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join(' ');

/** The most specific of the brands: `mif1` says no more than that it is a picture, whatever its codec. */
function nameByBrands(file: Uint8Array): string {
  const view = viewOf(file);
  const end = Math.min(file.length, view.getUint32(0), MOST_BRAND_BYTES);
  const brands = [latin1(file.subarray(8, 12))];
  // Four bytes of version stand behind the major brand.
  for (let at = 16; at + 4 <= end; at += 4) brands.push(latin1(file.subarray(at, at + 4)));
  return BRANDS.find(([pattern]) => brands.some((brand) => pattern.test(brand)))?.[1] ?? VIDEO;
}

function nameTiff(file: Uint8Array): string {
  const tags = readTags(file);
  if (tags.isDng) return 'a DNG raw file';
  return RAW_MAKERS.find(([make]) => make.test(tags.make))?.[1] ?? TIFF;
}

/** Of the first directory, whose entries have 12 bytes: tag, type, count, and the value or where it is. */
function readTags(file: Uint8Array): { readonly isDng: boolean; readonly make: string } {
  const view = viewOf(file);
  const little = file[0] === 0x49;
  const seen = { isDng: false, make: '' };
  const start = file.length >= 8 ? view.getUint32(4, little) : file.length;
  const entries = start + 2 <= file.length ? view.getUint16(start, little) : 0;
  for (let at = start + 2; at < start + 2 + 12 * entries && at + 12 <= file.length; at += 12) {
    const tag = view.getUint16(at, little);
    if (tag === TIFF_DNG_VERSION) seen.isDng = true;
    if (tag !== TIFF_MAKE) continue;
    const place = view.getUint32(at + 8, little);
    seen.make = latin1(file.subarray(place, place + MAKE_BYTES));
  }
  return seen;
}

const viewOf = (file: Uint8Array): DataView => new DataView(file.buffer, file.byteOffset, file.byteLength);
