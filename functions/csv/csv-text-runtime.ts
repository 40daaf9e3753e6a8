import { TableError } from './table-error.ts';

/** First bytes of each encoding; without one of these marks, a text is UTF-8. */
const MARKS = [
  { encoding: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
] as const;

/** More than the longest mark. */
const HEAD_BYTES = 4;

/**
 * The text of a CSV file in UTF-8 or UTF-16, piece by piece, without a byte order mark. UTF-16 without a mark is known by the zero
 * bytes of its first character, which is one of ASCII: a header's.
 *
 * @throws TableError for other encodings, such as Latin-1
 */
export async function* csvText(source: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let head = Buffer.alloc(0);
  let doneBytes = 0;
  const decode = (bytes: Uint8Array, isLast: boolean): string => {
    decoder ??= new TextDecoder(encodingOf(head), { fatal: true });
    try {
      return decoder.decode(bytes, { stream: !isLast });
    } catch {
      throw new TableError(
        `expected a CSV file in UTF-8 or UTF-16, received other bytes between byte ${doneBytes + 1} and ` +
          `${doneBytes + bytes.length}; save it as "CSV UTF-8"`,
      );
    }
  };
  for await (const bytes of source) {
    if (!decoder) head = Buffer.concat([head, bytes]);
    if (!decoder && head.length < HEAD_BYTES) continue;
    const now = decoder ? bytes : head;
    yield decode(now, false);
    doneBytes += now.length;
  }
  yield decode(decoder ? new Uint8Array() : head, true);
}

function encodingOf(head: Uint8Array): string {
  const marked = MARKS.find(({ bytes }) => bytes.every((byte, at) => head[at] === byte));
  if (marked) return marked.encoding;
  if (head[0] === 0 && head[1]) return 'utf-16be';
  return head[0] && head[1] === 0 ? 'utf-16le' : 'utf-8';
}
