import { describe, expect, it } from 'vitest';
import { describeWithCases, readCase } from '../../shared-cases.ts';
import { jpeg, picture } from './files.ts';
import { opened, refused } from './opened.ts';

const EOI = Buffer.from([0xff, 0xd9]);
const DHT = Buffer.from([0xff, 0xc4]);
const SOS = Buffer.from([0xff, 0xda]);

/** The file with these bytes in place of as many at an offset. */
const patched = (file: Buffer, offset: number, ...bytes: number[]): Buffer => {
  const copy = Buffer.from(file);
  copy.set(bytes, offset);
  return copy;
};

const inserted = (file: Buffer, offset: number, bytes: Uint8Array): Buffer =>
  Buffer.concat([file.subarray(0, offset), bytes, file.subarray(offset)]);

/** Slips of makers of phones and of programs that cost no pixel. */
const SLIPS: readonly [string, (file: Buffer) => Buffer][] = [
  ['stray zeros before a segment', (file) => inserted(file, file.indexOf(DHT), Buffer.alloc(2))],
  [
    'stray bytes before two segments',
    (file) => inserted(inserted(file, file.indexOf(SOS), Buffer.from('xyz')), 2, Buffer.from('z')),
  ],
  // Ss, Se, and Ah with Al, stand behind the length, the count and two bytes for each of three components.
  ['a scan with the spectral range of a progressive one', (file) => patched(file, file.indexOf(SOS) + 11, 0, 0, 0)],
  ['zeros before the end-of-image marker', (file) => inserted(file, file.length - 2, Buffer.alloc(9))],
  ['bytes behind the end-of-image marker', (file) => Buffer.concat([file, Buffer.from('MotionPhoto')])],
  ['no end-of-image marker', (file) => file.subarray(0, -2)],
  ['half an end-of-image marker', (file) => file.subarray(0, -1)],
];

describe('openPhoto of a JPEG with slips', () => {
  it.each(SLIPS)('sees every pixel: %s', async (_, slip) => {
    const clean = await jpeg();

    expect((await opened(slip(clean))).working).toEqual((await opened(clean)).working);
  });

  it.each(SLIPS)('refuses a lost tail all the same: %s', async (_, slip) => {
    const cut = (await jpeg()).subarray(0, -40);

    expect(await refused(slip(Buffer.concat([cut, EOI])))).toMatchObject({ code: 'corrupt' });
  });
});

describe('openPhoto of a cut file', () => {
  const CUTS = [3, 4, 7, 20, 100, 1000];

  it.each([
    ['a JPEG', () => picture().jpeg().toBuffer()],
    ['a JPEG without subsampling', () => picture().jpeg({ chromaSubsampling: '4:4:4' }).toBuffer()],
    ['a grey JPEG', () => picture().greyscale().jpeg().toBuffer()],
    ['a progressive JPEG', () => picture().jpeg({ progressive: true }).toBuffer()],
    ['a WebP', () => picture().webp().toBuffer()],
    ['a lossless WebP', () => picture().webp({ lossless: true }).toBuffer()],
  ])('refuses %s that lost its last bytes, with and without an end put on', async (_, make) => {
    const file = await make();
    const cuts = CUTS.flatMap((bytes) => [file.subarray(0, -bytes), Buffer.concat([file.subarray(0, -bytes), EOI])]);

    for (const cut of cuts) expect(await refused(cut)).toMatchObject({ code: 'corrupt' });
  });

  it('refuses a PNG that lost pixels, and not one that lost the chunk behind them', async () => {
    const file = await picture().png().toBuffer();

    expect(await refused(file.subarray(0, -17))).toMatchObject({ code: 'corrupt' });
    expect((await opened(file.subarray(0, -12))).working).toEqual((await opened(file)).working);
  });

  it('refuses a progressive JPEG without its end, of which later scans may be lost', async () => {
    const file = await picture().jpeg({ progressive: true }).toBuffer();

    expect(await refused(file.subarray(0, -2))).toEqual({
      code: 'corrupt',
      detail: 'the jpeg is damaged (it ends before its picture does)',
    });
  });
});

describe('openPhoto at the limits', () => {
  it('takes a panorama 20 times as long as high, and none longer', async () => {
    expect((await opened(await jpeg(64 * 20, 64))).working.heightPx).toBe(64);
    expect(await refused(await jpeg(64 * 20 + 1, 64))).toEqual({
      code: 'bad_shape',
      detail: expect.stringMatching(
        /^expected a long side of at most 20 times the short one; this photo has 1281 x 64\./,
      ),
    });
  });

  it('refuses a JPEG with hundreds of scans before it decodes any', async () => {
    const file = await picture().jpeg({ progressive: true }).toBuffer();
    const lastScan = file.subarray(file.lastIndexOf(SOS), -2);
    const many = Buffer.concat([file.subarray(0, -2), ...Array.from({ length: 100 }, () => lastScan), EOI]);

    expect(await refused(many)).toMatchObject({
      code: 'too_complex',
      detail: expect.stringMatching(/at most 64 scans/),
    });
  });
});

describeWithCases('openPhoto of the shared cases', () => {
  it.each([
    ['01-samsung-invalid-sos.jpg', '640 x 480'],
    ['03-junk-2-bytes-before-dqt.jpg', '640 x 480'],
    ['04b-extraneous-9-before-rst.jpg', '640 x 480'],
    ['05-eoi-missing.jpg', '640 x 480'],
    ['p31-apng-1-frame.png', '640 x 480'],
    ['64-imx766-8192x6144.jpg', '8192 x 6144'],
  ])('reads %s', async (name, size) => {
    const { widthPx, heightPx } = await opened(await readCase(name));

    expect(`${widthPx} x ${heightPx}`).toBe(size);
  });

  it.each([
    ['07-truncated-95pct.jpg', 'corrupt', /^the jpeg is damaged/],
    ['s-64x54700.png', 'bad_shape', /this photo has 64 x 54700/],
    ['png_781250x64_rgba16.png', 'bad_shape', /this photo has 781250 x 64/],
    ['scan_g_7071_2646.jpg', 'too_complex', /at most 64 scans; this photo has 2649/],
    ['75-cr3.jpg', 'unsupported_type', /this is a Canon raw file \(CR3\)$/],
    ['79b-mif1-avif.jpg', 'unsupported_type', /this is an AVIF$/],
  ])('refuses %s', async (name, code, detail) => {
    expect(await refused(await readCase(name))).toEqual({ code, detail: expect.stringMatching(detail) });
  });
});

describe('openPhoto of an odd JPEG', () => {
  const FRAME = 0xc0;

  it.each([
    ['lossless', 0xc3, 8, 'a lossless JPEG'],
    ['hierarchical', 0xc5, 8, 'a hierarchical JPEG'],
    ['arithmetic', 0xc9, 8, 'a JPEG with arithmetic codes'],
    ['progressive arithmetic', 0xca, 8, 'a JPEG with arithmetic codes'],
    ['of 12 bits', 0xc1, 12, 'a JPEG of 12 bits'],
  ])('says what it is: %s', async (_, code, bits, kind) => {
    const file = await jpeg();
    const at = file.indexOf(Buffer.from([0xff, FRAME]));

    expect(await refused(patched(patched(file, at + 1, code), at + 4, bits))).toEqual({
      code: 'unsupported_type',
      detail: `expected a JPEG, PNG or WebP photo; this is ${kind}`,
    });
  });
});

describe('openPhoto of damaged files', () => {
  it.each(['jpeg', 'png', 'webp'] as const)(
    'says of a %s what is wrong with it, in words of its own',
    async (format) => {
      const file = await picture(200, 150).toFormat(format).toBuffer();
      const cut = await refused(file.subarray(0, -200));
      const hole = await refused(Buffer.concat([file.subarray(0, -900), Buffer.alloc(900, 0x55)]));

      for (const { code, detail } of [cut, hole].filter((each) => typeof each !== 'string')) {
        expect(code).toBe('corrupt');
        expect(detail).toMatch(
          /^the \w+ (header cannot be read|is damaged \((it ends before its picture does|its pixels cannot be read)\))$/,
        );
      }
    },
  );
});
