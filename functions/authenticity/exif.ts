/** The tags that name the device or program that made a file. Place and owner are never read. */
export type ExifTags = {
  readonly make?: string;
  readonly model?: string;
  readonly software?: string;
  /** "2026:05:01 12:00:00", on the clock of the camera */
  readonly takenAt?: string;
  /** when the file was written last, on the clock of that device */
  readonly modifiedAt?: string;
  /** free text; some generating programs write their settings there */
  readonly userComment?: string;
  readonly hasExposure: boolean;
};

/** Numbers of the tags (Exif 2.32, 4.6; TIFF 6.0). */
const TAG = {
  make: 0x010f,
  model: 0x0110,
  software: 0x0131,
  modifiedAt: 0x0132,
  exifFolder: 0x8769,
  takenAt: 0x9003,
  exposureTime: 0x829a,
  userComment: 0x9286,
} as const;
/** The types of a text, and of a comment, which states its encoding itself (TIFF 6.0, Exif 2.32). */
const TYPE = { ascii: 2, undefined: 7 } as const;
/** Of one entry of a folder (IFD): tag, type, count and value (TIFF 6.0). */
const ENTRY_BYTES = 12;
/** Entries read of a folder; more are nonsense or an attack. Chosen by eye, as the next. */
const MAX_ENTRIES = 512;
/** Characters read of a text: make, model and program are far shorter. */
const LONGEST_TEXT = 200;
/** Bytes read of a comment: an EXIF block of JPEG has no more. */
const LONGEST_COMMENT = 65_535;
/** Stands before the TIFF structure in JPEG, and in the EXIF blocks that sharp returns for PNG and WebP. */
const PREFIX = 'Exif\0\0';

type Tiff = { readonly view: DataView; readonly littleEndian: boolean };
type Entry = { readonly type: number; readonly count: number; readonly valueOffset: number };

/** Reads the tags of an EXIF block; whatever is missing, cut off or malformed is left out. */
export function readExif(block: Uint8Array): ExifTags {
  const tiff = openTiff(block);
  if (!tiff) return { hasExposure: false };
  const main = readFolder(tiff, uint32(tiff, 4));
  const pointer = main.get(TAG.exifFolder);
  const details = pointer ? readFolder(tiff, uint32(tiff, pointer.valueOffset)) : new Map<number, Entry>();
  const texts = {
    make: text(tiff, main.get(TAG.make)),
    model: text(tiff, main.get(TAG.model)),
    software: text(tiff, main.get(TAG.software)),
    modifiedAt: text(tiff, main.get(TAG.modifiedAt)),
    takenAt: text(tiff, details.get(TAG.takenAt)),
    userComment: text(tiff, details.get(TAG.userComment), TYPE.undefined, LONGEST_COMMENT),
  };
  return {
    ...Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== undefined)),
    hasExposure: details.has(TAG.exposureTime),
  };
}

function openTiff(block: Uint8Array): Tiff | undefined {
  const prefixed = PREFIX.split('').every((letter, index) => block[index] === letter.charCodeAt(0));
  const start = prefixed ? PREFIX.length : 0;
  if (block.length < start + 8) return undefined;
  const view = new DataView(block.buffer, block.byteOffset + start, block.length - start);
  const order = view.getUint16(0);
  return order === 0x4949 || order === 0x4d4d ? { view, littleEndian: order === 0x4949 } : undefined;
}

const uint16 = ({ view, littleEndian }: Tiff, offset: number): number =>
  offset + 2 <= view.byteLength ? view.getUint16(offset, littleEndian) : 0;
const uint32 = ({ view, littleEndian }: Tiff, offset: number): number =>
  offset + 4 <= view.byteLength ? view.getUint32(offset, littleEndian) : 0;

function readFolder(tiff: Tiff, offset: number): Map<number, Entry> {
  const entries = new Map<number, Entry>();
  const count = Math.min(MAX_ENTRIES, uint16(tiff, offset));
  for (let index = 0; index < count; index += 1) {
    const at = offset + 2 + index * ENTRY_BYTES;
    entries.set(uint16(tiff, at), { type: uint16(tiff, at + 2), count: uint32(tiff, at + 4), valueOffset: at + 8 });
  }
  return entries;
}

/** Printable ASCII only: it is shown to people. */
function text(
  tiff: Tiff,
  entry: Entry | undefined,
  type: number = TYPE.ascii,
  longest = LONGEST_TEXT,
): string | undefined {
  if (entry?.type !== type) return undefined;
  const start = entry.count <= 4 ? entry.valueOffset : uint32(tiff, entry.valueOffset);
  const length = Math.min(entry.count, longest, Math.max(0, tiff.view.byteLength - start));
  const letters = Array.from({ length }, (_, index) => tiff.view.getUint8(start + index));
  const printable = letters.filter((letter) => letter >= 0x20 && letter < 0x7f);
  return Buffer.from(printable).toString('latin1').trim() || undefined;
}
