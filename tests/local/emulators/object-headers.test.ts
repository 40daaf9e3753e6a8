import { describe, expect, it } from 'vitest';
import { headersOf, objectOf } from '../../../local/emulators/object-headers.ts';

const CONTENT = { bytes: 5, md5: 'abc', lastModified: new Date('2026-11-22T10:15:00Z') };
const stored = (headers: { readonly [name: string]: string }) =>
  headersOf(objectOf('key', headers, CONTENT), { checksum: true });

describe('headersOf', () => {
  it('answers type, size, ETag and time', () => {
    expect(stored({ 'content-type': 'image/jpeg' })).toEqual({
      'content-type': 'image/jpeg',
      'content-length': '5',
      etag: '"abc"',
      'last-modified': 'Sun, 22 Nov 2026 10:15:00 GMT',
    });
  });

  it('answers the metadata and the headers that the object was stored with', () => {
    const headers = {
      'x-amz-meta-from': 'phone',
      'content-language': 'de',
      'content-disposition': 'attachment',
      'cache-control': 'no-store',
      'content-encoding': 'gzip',
    };
    expect(stored(headers)).toMatchObject(headers);
  });

  it('answers a checksum to those who ask for it', () => {
    const object = objectOf('key', { 'x-amz-checksum-sha256': 'c3Vt' }, CONTENT);
    const checksum = { 'x-amz-checksum-sha256': 'c3Vt', 'x-amz-checksum-type': 'FULL_OBJECT' };
    expect(headersOf(object, { checksum: true })).toMatchObject(checksum);
    expect(headersOf(object, { checksum: false })).not.toHaveProperty('x-amz-checksum-sha256');
  });

  it.each(['Küche', 'a\r\nset-cookie: b'])('encodes metadata that no header can hold: %j', (text) => {
    const { 'x-amz-meta-room': value = '' } = stored({ 'x-amz-meta-room': text });
    const [, encoded = ''] = /^=\?UTF-8\?B\?(.*)\?=$/.exec(value) ?? [];
    expect(Buffer.from(encoded, 'base64').toString()).toBe(text);
  });
});
