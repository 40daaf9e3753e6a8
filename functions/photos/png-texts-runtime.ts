import { inflateSync } from 'node:zlib';
import type { TextChunk } from './photo-parts.ts';

/** Bytes that a compressed text may have; a larger one is not read. Settings of generating programs take some kilobytes. */
const LONGEST_TEXT_BYTES = 1024 * 1024;
/** What is read of a text: as much as of the longest XMP packet that a JPEG can hold. */
const READ_BYTES = 65_502;

/** Before the text that is the XMP packet. */
export const PNG_XMP_KEYWORD = 'XML:com.adobe.xmp: ';

/** The texts of a PNG as `keyword: text`; those that cannot be read are left out. */
export const readPngTexts = (chunks: readonly TextChunk[]): string[] => chunks.flatMap(readPngText);

/** Keyword, 0, and the text; of `zTXt` behind a byte of method, of `iTXt` behind two of compression and two more texts (PNG specification, 11.3.3). */
function readPngText({ type, content }: TextChunk): string[] {
  const keywordEnd = content.indexOf(0);
  if (keywordEnd < 0) return [];
  const keyword = textOf(content.subarray(0, keywordEnd), 'latin1');
  const after = content.subarray(keywordEnd + 1);
  if (type === 'tEXt') return [`${keyword}: ${textOf(after, 'latin1')}`];
  if (type === 'zTXt') return inflated(after.subarray(1)).map((text) => `${keyword}: ${textOf(text, 'latin1')}`);
  const translationAt = after.indexOf(0, 2) + 1;
  const textAt = after.indexOf(0, translationAt) + 1;
  if (translationAt === 0 || textAt === 0) return [];
  const bytes = after.subarray(textAt);
  const texts = after[0] === 1 ? inflated(bytes) : [bytes];
  return texts.map((text) => `${keyword}: ${textOf(text, 'utf8')}`);
}

const textOf = (bytes: Uint8Array, encoding: 'latin1' | 'utf8'): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, READ_BYTES)).toString(encoding);

function inflated(bytes: Uint8Array): Uint8Array[] {
  try {
    return [inflateSync(bytes, { maxOutputLength: LONGEST_TEXT_BYTES })];
  } catch {
    return [];
  }
}
