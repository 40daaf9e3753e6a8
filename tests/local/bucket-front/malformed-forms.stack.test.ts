import type { PresignedPostOptions } from '@aws-sdk/s3-presigned-post';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeWithCases, readCase } from '../../shared-cases.ts';
import { BOUNDARY, field, fieldsOf, file, formBody, type Part, postRaw } from './raw-form.ts';
import { startUploadBucket, type UploadBucket } from './upload-bucket.ts';

let bucket: UploadBucket;
let url: string;
beforeAll(async () => {
  bucket = await startUploadBucket();
  url = `${bucket.url}/photos`;
});
afterAll(() => bucket.stop());

const MALFORMED = { status: 400, code: 'MalformedPOSTRequest' };
const TOO_LARGE = { status: 400, code: 'MaxPostPreDataLengthExceeded' };
const STORED = { status: 204, code: undefined };

const signedFields = async (options: Partial<PresignedPostOptions> = {}): Promise<Part[]> =>
  fieldsOf((await bucket.presign(options)).fields);

/** A form that would be stored but for the parts before its file. */
const withParts = async (...parts: Part[]) => formBody([...(await signedFields()), ...parts, file('photo')]);

const headed = (head: string): Part => ({ head, content: 'v' });

const AT_ONCE = 50;

describe('postObject', () => {
  describe('refuses a form as malformed whose part', () => {
    it.each([
      ['has no name', headed('Content-Disposition: form-data')],
      ['has an empty name', headed('Content-Disposition: form-data; name=""')],
      ['has two names', headed('Content-Disposition: form-data; name="x-ignore-a"; name="key"')],
      ['has an open quote', headed('Content-Disposition: form-data; name="x-ignore-a')],
      ['is no form data', headed('Content-Disposition: attachment; name="x-ignore-a"')],
      ['has no disposition', headed('Content-Type: text/plain')],
      ['has no headers', headed('')],
      ['has two dispositions', headed(`${field('x-ignore-a', '').head}\r\n${field('key', '').head}`)],
      ['has a header without a colon', headed(`${field('x-ignore-a', '').head}\r\nrest`)],
      ['has a bare line break in a header', headed(`${field('x-ignore-a', '').head}\nX-Evil: 1`)],
      ['has no value', { head: `${field('x-ignore-a', '').head}\r\n--${BOUNDARY}`, content: '' }],
      ['is not UTF-8', { ...field('x-ignore-a', ''), content: new Uint8Array([0x63, 0xe9]) }],
      ['has a longer boundary', { ...field('x-ignore-a', ''), content: `v\r\n--${BOUNDARY}2\r\n\r\nw` }],
    ])('%s', async (_what, part) => {
      const before = bucket.created.length;
      expect(await postRaw(url, await withParts(part))).toEqual(MALFORMED);
      expect(bucket.created.length).toBe(before);
    });
  });

  it('accepts a part with a charset and a transfer encoding, which S3 ignores', async () => {
    const head = `${field('x-ignore-a', '').head}\r\nContent-Type: text/plain; charset=utf-7\r\nContent-Transfer-Encoding: base64`;
    expect(await postRaw(url, await withParts(headed(head)))).toEqual(STORED);
  });

  it('stores a file that is itself a multipart body', async () => {
    const inner = formBody([field('key', 'uploads/inner'), file('inner')], 'C').toString();
    const form = formBody([...(await signedFields({ Key: 'uploads/nested' })), file(inner)]);
    expect(await postRaw(url, form)).toEqual(STORED);
    expect((await bucket.stored('uploads/nested')).body).toBe(inner);
  });

  it('refuses a form of one part without a name and nothing else', async () => {
    const form = formBody([headed('Content-Disposition: form-data')]);
    expect(await postRaw(url, form)).toEqual(MALFORMED);
  });

  it('refuses a form that is cut off at any byte before the end of its last boundary', async () => {
    const form = formBody([...(await signedFields({ Key: 'uploads/cut' })), file('photo'), field('submit', 'Upload')]);
    const lengths = Array.from({ length: form.length - '\r\n'.length }, (_, length) => length);
    const answers: Awaited<ReturnType<typeof postRaw>>[] = [];
    // Fewer at once than a listening socket keeps waiting on a busy machine.
    for (let from = 0; from < lengths.length; from += AT_ONCE) {
      const some = lengths.slice(from, from + AT_ONCE);
      answers.push(...(await Promise.all(some.map((length) => postRaw(url, form.subarray(0, length))))));
    }
    expect(answers).toEqual(lengths.map(() => MALFORMED));
    expect(await bucket.keysIn('uploads/cut')).toEqual([]);
    expect(await postRaw(url, form.subarray(0, -'\r\n'.length))).toEqual(STORED);
  });

  it.each<[string, string]>([
    ['none', 'multipart/form-data'],
    ['an empty one', 'multipart/form-data; boundary='],
    ['one of 300 characters', `multipart/form-data; boundary=${'b'.repeat(300)}`],
    ['two', `multipart/form-data; boundary=${BOUNDARY}; boundary=C`],
    ['another than its body', 'multipart/form-data; boundary=C'],
    ['one of another type', `multipart/form-data-x; boundary=${BOUNDARY}`],
  ])('refuses a content type with a boundary such as %s', async (_what, contentType) => {
    expect(await postRaw(url, await withParts(), { contentType })).toEqual(MALFORMED);
  });

  it('reads a quoted boundary', async () => {
    const contentType = `Multipart/Form-Data; charset=utf-8; Boundary="${BOUNDARY}"`;
    expect(await postRaw(url, await withParts(), { contentType })).toEqual(STORED);
  });

  it('refuses an empty body', async () => {
    expect(await postRaw(url, Buffer.alloc(0))).toEqual(MALFORMED);
  });

  it('refuses a form without the length of its body, as S3 does', async () => {
    const before = bucket.created.length;
    const answer = await postRaw(url, await withParts(), { framing: 'chunked' });
    expect(answer).toEqual({ status: 411, code: 'MissingContentLength' });
    expect(bucket.created.length).toBe(before);
  });

  it('stores a form that arrives in pieces of a few bytes', async () => {
    expect(await postRaw(url, await withParts(), { framing: 'pieces' })).toEqual(STORED);
  });

  it.each([
    ['a name of 21 KB', [field('x-ignore-'.padEnd(21 * 1024, 'a'), 'v')]],
    ['a value of 21 KB', [field('x-ignore-a', 'v'.repeat(21 * 1024))]],
    ['1000 fields', Array.from({ length: 1000 }, (_, index) => field(`x-ignore-${index}`, ''))],
    ['a header of 21 KB', [headed(`X-Long: ${'a'.repeat(21 * 1024)}`)]],
  ])('refuses %s as larger than S3 permits', async (_what, parts) => {
    expect(await postRaw(url, await withParts(...parts))).toEqual(TOO_LARGE);
  });

  it('stores nothing when the connection ends early', async () => {
    const form = formBody([...(await signedFields({ Key: 'uploads/ended' })), file('photo')]);
    const { status } = await postRaw(url, form, { framing: 'broken' });
    expect([400, undefined]).toContain(status);
    expect(await bucket.keysIn('uploads/ended')).toEqual([]);
  });

  it.each([
    ['a line break in the content type', field('Content-Type', 'image/jpeg\r\nX-Evil: 1')],
    ['a content type of another alphabet', field('Content-Type', 'image/фото')],
    ['a metadata name with a space', field('x-amz-meta-a b', '1')],
  ])('refuses %s, which no response could send back', async (_what, part) => {
    const fields = { key: 'uploads/header' };
    const conditions = [
      { bucket: 'photos' },
      ['starts-with', '$key', 'uploads/'],
      ...['content-type', 'x-amz-meta-a b', 'x-amz-algorithm', 'x-amz-credential', 'x-amz-date'].map((name) => [
        'starts-with',
        `$${name}`,
        '',
      ]),
    ];
    const form = bucket.signed({ expiration: bucket.inAnHour(), conditions }, fields);
    const answer = await postRaw(url, formBody([...fieldsOf(form.fields), part, file('photo')]));
    expect(answer).toEqual({ status: 400, code: 'InvalidArgument' });
  });
});

describe('the fields of a form', () => {
  it.each([1, 100_000, 1_000_000])('are ignored after a file of %i bytes', async (bytes) => {
    const Conditions: PresignedPostOptions['Conditions'] = [['content-length-range', 1, 2_000_000]];
    const fields = await signedFields({ Conditions, Key: 'uploads/sample' });
    const form = formBody([
      ...fields,
      file('x'.repeat(bytes)),
      field('submit', 'Upload'),
      field('key', 'uploads/other'),
    ]);
    expect(await postRaw(url, form)).toEqual(STORED);
    expect((await bucket.stored('uploads/sample')).body?.length).toBe(bytes);
    expect(await bucket.keysIn('uploads/other')).toEqual([]);
  });

  it('are refused, signed or not, beside an Authorization header', async () => {
    for (const value of ['Bearer token', 'AWS4-HMAC-SHA256 Credential=x', '']) {
      const answer = await postRaw(url, await withParts(), { headers: [`Authorization: ${value}`] });
      expect(answer).toEqual({ status: 400, code: 'InvalidArgument' });
    }
  });

  it.each(['X-Amz-Signature=0', 'X-Amz-Algorithm=AWS4-HMAC-SHA256', 'Signature=x&AWSAccessKeyId=y'])(
    'are refused beside a signature in the query: %s',
    async (query) => {
      expect(await postRaw(`${url}?${query}`, await withParts())).toEqual({ status: 400, code: 'InvalidArgument' });
      expect(await postRaw(`${url}?${query}`, formBody([]))).toEqual({ status: 400, code: 'InvalidArgument' });
    },
  );

  it('are known in any case', async () => {
    const { fields } = await bucket.presign({ Key: 'uploads/upper' });
    const upper = Object.entries(fields).map(([name, value]) => field(name.toUpperCase(), value));
    const form = formBody([...upper, { ...file('photo'), head: 'content-disposition:FORM-DATA;NAME=FILE' }]);
    expect(await postRaw(url, form)).toEqual(STORED);
    expect((await bucket.stored('uploads/upper')).body).toBe('photo');
  });

  it('are refused when one is given twice, even with the same value', async () => {
    const twice = await withParts(field('key', 'uploads/one.jpg'));
    expect(await postRaw(url, twice)).toEqual({ status: 400, code: 'InvalidArgument' });
  });

  it('have the name of the file where they say so, without quotes’ escapes', async () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: S3's own notation
    const fields = await signedFields({ Key: 'uploads/named/${filename}' });
    expect(await postRaw(url, formBody([...fields, file('photo', 'C:\\pictures\\a \\"b\\".jpg')]))).toEqual(STORED);
    expect(await bucket.keysIn('uploads/named/')).toEqual(['uploads/named/a "b".jpg']);
  });
});

describeWithCases('postObject, with the shared cases', () => {
  it('refuses the part without a name', async () => {
    expect(await postRaw(url, await readCase('form-part-without-name.bin'))).toEqual(MALFORMED);
  });
});
