/** A TIFF structure (TIFF 6.0), in which EXIF keeps its tags. */
export type Tiff = { readonly view: DataView; readonly littleEndian: boolean };

/** An entry of a folder (IFD). Its value lies at `valueOffset` when it has at most four bytes, otherwise where that points. */
export type TiffEntry = { readonly type: number; readonly count: number; readonly valueOffset: number };

/** Of one entry of a folder: tag, type, count and value. */
const ENTRY_BYTES = 12;
/** Entries read of a folder; more are nonsense or an attack. Chosen by eye. */
const MAX_ENTRIES = 512;
/** Where the offset of the first folder stands. */
const FIRST_FOLDER = 4;
/** Stands before the structure in JPEG, and in the EXIF of some PNG and WebP files. */
const PREFIX = 'Exif\0\0';

/** The structure of an EXIF block, with or without its prefix; undefined when it is none. */
export function openTiff(block: Uint8Array): Tiff | undefined {
  const prefixed = PREFIX.split('').every((letter, index) => block[index] === letter.charCodeAt(0));
  const start = prefixed ? PREFIX.length : 0;
  if (block.length < start + 8) return undefined;
  const view = new DataView(block.buffer, block.byteOffset + start, block.length - start);
  const order = view.getUint16(0);
  return order === 0x4949 || order === 0x4d4d ? { view, littleEndian: order === 0x4949 } : undefined;
}

/** 0 beyond the end. */
export const uint16 = ({ view, littleEndian }: Tiff, offset: number): number =>
  offset + 2 <= view.byteLength ? view.getUint16(offset, littleEndian) : 0;
export const uint32 = ({ view, littleEndian }: Tiff, offset: number): number =>
  offset + 4 <= view.byteLength ? view.getUint32(offset, littleEndian) : 0;

/** The entries of a folder by their tags; of the first one without an offset. */
export function readFolder(tiff: Tiff, offset = uint32(tiff, FIRST_FOLDER)): ReadonlyMap<number, TiffEntry> {
  const entries = new Map<number, TiffEntry>();
  const count = Math.min(MAX_ENTRIES, uint16(tiff, offset));
  for (let index = 0; index < count; index += 1) {
    const at = offset + 2 + index * ENTRY_BYTES;
    entries.set(uint16(tiff, at), { type: uint16(tiff, at + 2), count: uint32(tiff, at + 4), valueOffset: at + 8 });
  }
  return entries;
}
