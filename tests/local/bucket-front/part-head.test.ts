import { describe, expect, it } from 'vitest';
import { parseParameters, readPartHead } from '../../../local/bucket-front/part-head.ts';

const headOf = (disposition: string) => readPartHead(Buffer.from(`\r\nContent-Disposition:${disposition}`));

describe('readPartHead', () => {
  it.each([
    ['form-data; name="a"', { name: 'a' }],
    [' Form-Data;Name=a ; FILENAME="b"', { name: 'a', filename: 'b' }],
    ['form-data; name="a;b=\\"c\\""', { name: 'a;b="c"' }],
    ['form-data; name="é"; filename*=UTF-8\'\'x; filename=""', { name: 'é', filename: '' }],
    ['form-data; name="file"; filename="C:\\photos\\one.jpg"', { name: 'file', filename: 'C:\\photos\\one.jpg' }],
    ['form-data; name="a";', { name: 'a' }],
  ])('reads %s', (disposition, head) => {
    expect(headOf(disposition)).toEqual(head);
  });

  it.each(['', 'form-data', 'form-data; name', 'form-data; name=', 'form-data; name="a" b', 'name="a"; form-data'])(
    'finds no field in %j',
    (disposition) => {
      expect(headOf(disposition)).toBeUndefined();
    },
  );

  it('permits blanks, and nothing else, after the delimiter', () => {
    const head = '\r\nContent-Disposition: form-data; name="a"';
    expect(readPartHead(Buffer.from(` \t${head}`))).toEqual({ name: 'a' });
    expect(readPartHead(Buffer.from(`x${head}`))).toBeUndefined();
    expect(readPartHead(Buffer.alloc(0))).toBeUndefined();
  });
});

describe('parseParameters', () => {
  it('takes time in proportion to the header', () => {
    const hostile = [`a; ${'b'.repeat(20_000)}`, `a; b="${'\\"'.repeat(10_000)}`, `a${'; '.repeat(10_000)}x`];
    const started = process.cpuUsage();
    expect(hostile.map(parseParameters)).toEqual([undefined, undefined, undefined]);
    const { user } = process.cpuUsage(started);
    expect(user / 1000).toBeLessThan(500);
  });
});
