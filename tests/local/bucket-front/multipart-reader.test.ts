import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RefusedFormError } from '../../../local/bucket-front/form-refusals.ts';
import { type MultipartReader, multipartReader } from '../../../local/bucket-front/multipart-reader.ts';
import { readPostForm } from '../../../local/bucket-front/post-form.ts';
import { BOUNDARY, field, file, formBody } from './raw-form.ts';

/** Cuts of a body, as fractions of its length. */
/** Parts of a form. Not `fc.double`, half of whose values are smaller than 1e-150. */
const Cuts = fc.array(
  fc.nat(1000).map((permille) => permille / 1000),
  { maxLength: 20 },
);
/** Bytes that often begin like a delimiter. */
const Content = fc
  .array(fc.constantFrom('\r', '\n', '\r\n', '-', '--', '\r\n-', '\r\n--', 'x', 'é'), { maxLength: 40 })
  .map((pieces) => pieces.join(''));

function arriving(body: Buffer, cuts: readonly number[]): Readable {
  const ends = [...cuts.map((cut) => Math.floor(cut * body.length)), body.length].sort((a, b) => a - b);
  const chunks = ends.map((end, index) => body.subarray(ends[index - 1] ?? 0, end));
  return Readable.from(chunks.filter((chunk) => chunk.length > 0));
}

async function readAll(reader: MultipartReader) {
  const { fields, file: posted } = await readPostForm(reader);
  return { fields, filename: posted?.filename, content: posted && (await buffer(posted.content)).toString() };
}

describe('multipartReader', () => {
  it('reads the same form however it is split into chunks', async () => {
    await fc.assert(
      fc.asyncProperty(Content, Content, Cuts, async (value, content, cuts) => {
        const body = formBody([field('a', value), file(content, 'f'), field('submit', value)]);
        const read = await readAll(multipartReader(arriving(body, cuts), BOUNDARY));
        expect(read).toEqual({ fields: [{ name: 'a', value }], filename: 'f', content });
      }),
      { numRuns: 300 },
    );
  });

  it('reads a form with text before and after it', async () => {
    const body = Buffer.concat([Buffer.from('hello\r\n'), formBody([field('a', '1')]), Buffer.from('goodbye')]);
    expect((await readAll(multipartReader(arriving(body, []), BOUNDARY))).fields).toEqual([{ name: 'a', value: '1' }]);
  });

  it('refuses more than a request’s largest body, whatever it holds', async () => {
    const endless = Readable.from(endlessBody());
    await expect(readAll(multipartReader(endless, BOUNDARY))).rejects.toMatchObject({
      refusal: { code: 'EntityTooLarge' },
    });
  });

  it('leaves the rest of a refused body to be discarded', async () => {
    const body = Readable.from([
      Buffer.from(`--${BOUNDARY}\r\nmalformed\r\n\r\n`),
      Buffer.from('rest'),
      Buffer.from('x'),
    ]);
    const reader = multipartReader(body, BOUNDARY);
    await expect(reader.nextPart()).rejects.toThrow(RefusedFormError);
    await reader.release();
    expect((await buffer(body)).toString()).toBe('restx');
  });
});

function* endlessBody() {
  yield formBody([file('photo')]);
  for (;;) yield Buffer.alloc(100_000);
}
