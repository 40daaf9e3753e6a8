import type { Readable } from 'node:stream';
import { BODY_LIMIT_BYTES, BODY_TOO_LARGE } from '../gate/gate-request.ts';
import { FORM_BYTES, FORM_TOO_LARGE, MALFORMED_FORM, RefusedFormError } from './form-refusals.ts';
import { type PartHead, readPartHead } from './part-head.ts';

/**
 * Reads the parts of a multipart body on demand. Each method throws a RefusedFormError when the body ends early, is
 * malformed or too large; a client that disconnects makes it throw the stream's error.
 */
export type MultipartReader = {
  /** Reads up to the next part's content; undefined after the closing delimiter, with the body read to its end. */
  readonly nextPart: () => Promise<PartHead | undefined>;
  /** The content of the part, within S3's limit on a form without its file. */
  readonly value: () => Promise<Buffer>;
  /** The content of the part, as it arrives. */
  readonly content: () => AsyncGenerator<Buffer, void>;
  /** Detaches from the body, so that its rest can be discarded. */
  readonly release: () => Promise<void>;
};

const NOTHING = Buffer.alloc(0);
const LINE_BREAK = Buffer.from('\r\n');
const HEAD_END = Buffer.from('\r\n\r\n');
const CLOSING = '--';

/** Opens the body of a multipart request; `boundary` as in its content type. */
export function multipartReader(body: Readable, boundary: string): MultipartReader {
  const bytes = delimitedBytes(body);
  const delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1');
  let inPreamble = true;
  let roomBytes = FORM_BYTES;

  /** The bytes before `end`, counted against the form's limit. */
  async function take(end: Buffer): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for await (const piece of bytes.until(end)) {
      roomBytes -= piece.length;
      if (roomBytes < 0) throw new RefusedFormError(FORM_TOO_LARGE);
      pieces.push(piece);
    }
    roomBytes -= end.length;
    return Buffer.concat(pieces);
  }

  return {
    nextPart: async () => {
      if (inPreamble) await take(delimiter);
      inPreamble = false;
      if (await bytes.startWith(CLOSING)) return bytes.discard();
      const head = readPartHead(await take(HEAD_END));
      if (head === undefined) throw new RefusedFormError(MALFORMED_FORM);
      return head;
    },
    value: () => take(delimiter),
    content: () => bytes.until(delimiter),
    release: bytes.release,
  };
}

/** A body split at delimiters. A line break is put before it, for the delimiter at its very beginning has none. */
function delimitedBytes(body: Readable) {
  const chunks: AsyncIterator<Buffer> = body.iterator({ destroyOnReturn: false });
  let held: Buffer = LINE_BREAK;
  let readBytes = 0;

  /** Reads one chunk more; false at the end of the body. */
  async function fill(): Promise<boolean> {
    const { done, value } = await chunks.next();
    if (done) return false;
    readBytes += value.length;
    if (readBytes > BODY_LIMIT_BYTES) throw new RefusedFormError(BODY_TOO_LARGE);
    held = held.length === 0 ? value : Buffer.concat([held, value]);
    return true;
  }

  function cut(bytes: number): Buffer {
    const piece = held.subarray(0, bytes);
    held = held.subarray(bytes);
    return piece;
  }

  return {
    /** The bytes before a delimiter, which is dropped. */
    until: async function* (delimiter: Buffer): AsyncGenerator<Buffer, void> {
      for (let at = held.indexOf(delimiter); ; at = held.indexOf(delimiter)) {
        const ready = at >= 0 ? at : beforePartOf(delimiter, held);
        if (ready > 0) yield cut(ready);
        if (at >= 0) {
          cut(delimiter.length);
          return;
        }
        if (!(await fill())) throw new RefusedFormError(MALFORMED_FORM);
      }
    },
    /** Whether the next bytes are this text. */
    startWith: async (text: string): Promise<boolean> => {
      while (held.length < text.length && (await fill()));
      return held.toString('latin1', 0, text.length) === text;
    },
    /** Reads to the end of the body. */
    discard: async (): Promise<undefined> => {
      do held = NOTHING;
      while (await fill());
    },
    release: async (): Promise<void> => {
      await chunks.return?.();
    },
  };
}

/** Number of bytes before what may be the beginning of a delimiter, at the end of bytes that do not hold it whole. */
function beforePartOf(delimiter: Buffer, bytes: Buffer): number {
  const start = bytes.indexOf(delimiter.subarray(0, 1), Math.max(0, bytes.length - delimiter.length + 1));
  return start < 0 ? bytes.length : start;
}
