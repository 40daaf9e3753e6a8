import { crc32, deflateSync, inflateSync } from 'node:zlib';

/** A chunk of a PNG. The content of the one `IDAT` is all pixels with their filters, not compressed. */
export type Chunk = { readonly type: string; readonly content: Uint8Array };

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const PIXELS = 'IDAT';

/** The chunks of a valid PNG, its pixels in one. */
export function chunksOf(png: Uint8Array): readonly Chunk[] {
  const file = Buffer.from(png);
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE.length; at < file.length; ) {
    const end = at + 8 + file.readUInt32BE(at);
    chunks.push({ type: file.toString('latin1', at + 4, at + 8), content: file.subarray(at + 8, end) });
    at = end + 4;
  }
  const compressed = Buffer.concat(chunks.filter(({ type }) => type === PIXELS).map(({ content }) => content));
  const pixels = { type: PIXELS, content: inflateSync(compressed) };
  const first = chunks.findIndex(({ type }) => type === PIXELS);
  return chunks
    .filter(({ type }, index) => type !== PIXELS || index === first)
    .map((chunk) => (chunk.type === PIXELS ? pixels : chunk));
}

/** A PNG of these chunks, with their lengths and checksums. */
export const pngOf = (chunks: readonly Chunk[]): Uint8Array => Buffer.concat([SIGNATURE, ...chunks.map(bytesOf)]);

function bytesOf({ type, content }: Chunk): Buffer {
  const data = type === PIXELS ? deflateSync(content) : content;
  const checked = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(checked));
  return Buffer.concat([length, checked, checksum]);
}
