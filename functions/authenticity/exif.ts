import { openTiff, readFolder, type Tiff, type TiffEntry, uint32 } from '../photos/tiff.ts';

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
/** Characters read of a text: make, model and program are far shorter. Chosen by eye. */
const LONGEST_TEXT = 200;
/** Bytes read of a comment: an EXIF block of JPEG has no more. */
const LONGEST_COMMENT = 65_535;

/** Reads the tags of an EXIF block; whatever is missing, cut off or malformed is left out. */
export function readExif(block: Uint8Array): ExifTags {
  const tiff = openTiff(block);
  if (!tiff) return { hasExposure: false };
  const main = readFolder(tiff);
  const pointer = main.get(TAG.exifFolder);
  const details = pointer ? readFolder(tiff, uint32(tiff, pointer.valueOffset)) : new Map<number, TiffEntry>();
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

/** Printable ASCII only: it is shown to people. */
function text(
  tiff: Tiff,
  entry: TiffEntry | undefined,
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
