import { describe, expect, it } from 'vitest';
import { decoderBytesPerPixel, exceededLimit } from '../../../functions/photos/photo-limits.ts';

const header = (widthPx: number, heightPx: number, rest = {}) => ({
  bytes: 0,
  widthPx,
  heightPx,
  scans: 1,
  decoderBytesPerPixel: 0,
  ...rest,
});

describe('exceededLimit', () => {
  it.each([
    ['a phone of "50 MP"', 8192, 6144],
    ['a phone of 64 MP', 9248, 6936],
    ['a panorama', 16_382, 3_628],
    ['a 360° picture', 11_000, 5_500],
    ['a thumbnail', 64, 64],
    ['the longest strip', 32_768, 1_983],
  ])('takes %s', (_, widthPx, heightPx) => {
    expect(exceededLimit(header(widthPx, heightPx))).toBeUndefined();
    expect(exceededLimit(header(heightPx, widthPx))).toBeUndefined();
  });

  it.each([
    ['too_large', 12_000, 9_000],
    ['too_large', 32_769, 1_980],
    ['too_small', 63, 200],
    ['bad_shape', 1_000, 49_000],
    ['bad_shape', 64, 54_700],
  ])('refuses as %s', (code, widthPx, heightPx) => {
    const limit = exceededLimit(header(widthPx, heightPx));

    expect(limit).toMatchObject({ code, detail: expect.stringContaining(`this photo has ${widthPx} x ${heightPx}. `) });
  });

  it('says all limits, whichever is met', () => {
    const { detail = '' } = exceededLimit(header(100, 100, { scans: 65 })) ?? {};

    for (const limit of ['65,000,000 pixels', '64 px', '32,768 px', '20 times', '64 scans'])
      expect(detail).toContain(limit);
  });

  it('takes less of a picture that decodes only as a whole', () => {
    const deep = { decoderBytesPerPixel: 8 };

    expect(exceededLimit(header(8_000, 6_206, deep))).toBeUndefined();
    expect(exceededLimit(header(8_000, 6_206, { ...deep, bytes: 80_000 }))).toEqual({
      code: 'too_large',
      detail: expect.stringMatching(
        /^expected at most 49640000 pixels, .* at 8 bytes a pixel; this photo has 8000 x 6206/,
      ),
    });
  });

  it('takes less of a long one, of whose rows more are held', () => {
    const deep = { decoderBytesPerPixel: 8 };

    expect(exceededLimit(header(8_000, 5_700, deep))).toBeUndefined();
    expect(exceededLimit(header(30_000, 1_520, deep))).toMatchObject({ code: 'too_large' });
  });
});

describe('decoderBytesPerPixel', () => {
  const picture = { format: 'jpeg', scans: 1, isProgressive: false, channels: 3, depth: 'uchar' } as const;

  it.each([
    ['a JPEG of one scan', picture, 0],
    ['a progressive JPEG', { ...picture, isProgressive: true, scans: 10 }, 6],
    ['a sequential JPEG of three scans', { ...picture, scans: 3 }, 6],
    ['a progressive CMYK JPEG', { ...picture, isProgressive: true, channels: 4 }, 8],
    ['a PNG', { ...picture, format: 'png', depth: 'ushort' }, 0],
    ['an interlaced PNG', { ...picture, format: 'png', isProgressive: true }, 3],
    ['a WebP', { ...picture, format: 'webp' }, 4],
    ['a WebP that is a frame on a canvas', { ...picture, format: 'webp', framed: true }, 8],
    [
      'an interlaced PNG of 16 bits with alpha',
      { ...picture, format: 'png', isProgressive: true, channels: 4, depth: 'ushort' },
      8,
    ],
  ] as const)('of %s', (_, decoder, bytes) => {
    expect(decoderBytesPerPixel(decoder)).toBe(bytes);
  });
});
