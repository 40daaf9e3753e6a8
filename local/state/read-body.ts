import type { Readable } from 'node:stream';

/**
 * The whole body; undefined, with the rest unread, when it is larger than `limitBytes`. Rejects when the client closes the
 * connection before its end.
 */
export async function readBody(message: Readable, limitBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of message.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length;
    if (bytes > limitBytes) return undefined;
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
}
