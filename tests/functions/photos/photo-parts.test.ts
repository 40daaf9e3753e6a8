import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { partsOf } from '../../../functions/photos/photo-parts.ts';
import { picture } from './files.ts';
import { HOSTILE_METADATA } from './hostile-metadata.ts';
import { opened } from './opened.ts';

const FORMATS = ['jpeg', 'png', 'webp'] as const;
const EXIF = { IFD0: { Make: 'Canon', Model: 'EOS' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' } };
const XMP = '<x:xmpmeta xmlns:x="adobe:ns:meta/">what the file says</x:xmpmeta>';

const told = (format: (typeof FORMATS)[number]): Promise<Buffer> =>
  picture(200, 150).withIccProfile('p3').withExif(EXIF).withXmp(XMP).toFormat(format).toBuffer();

const pixelsOf = (file: Uint8Array): Promise<Buffer> => sharp(file).raw().toBuffer();

describe('partsOf', () => {
  it.each(FORMATS)('leaves every pixel and the profile of a %s in its picture, and nothing else', async (format) => {
    const file = await told(format);
    const { picture: alone } = partsOf(file, format);

    expect((await pixelsOf(alone)).equals(await pixelsOf(file))).toBe(true);
    const { exif, xmp, icc } = await sharp(alone).metadata();
    expect({ exif, xmp, hasProfile: icc !== undefined }).toEqual({ hasProfile: true });
    expect(Buffer.from(alone).includes('Canon')).toBe(false);
  });

  it.each(FORMATS)('finds what a %s says of itself', async (format) => {
    const { traces } = await opened(await told(format));

    expect(Buffer.from(traces.exif ?? []).includes('Canon')).toBe(true);
    expect(traces.xmp).toContain('what the file says');
  });

  it.each(FORMATS)('gives a %s itself when there is nothing to leave out', async (format) => {
    const file = await picture(80, 80).toFormat(format).toBuffer();

    expect(partsOf(file, format).picture).toBe(file);
  });

  it('takes any bytes apart without failing, and never makes more of them', async () => {
    const files = await Promise.all(FORMATS.map(async (format) => ({ format, file: await told(format) })));
    const change = fc.record({ at: fc.nat(1000), byte: fc.nat(255) });
    fc.assert(
      fc.property(
        fc.constantFrom(...files),
        fc.array(change, { maxLength: 8 }),
        fc.nat(20_000),
        ({ format, file }, changes, length) => {
          const copy = Buffer.from(file.subarray(0, length));
          for (const { at, byte } of changes) if (at < copy.length) copy[at] = byte;
          expect(partsOf(copy, format).picture.length).toBeLessThanOrEqual(copy.length);
        },
      ),
    );
  });
});

describe('openPhoto', () => {
  it.each(HOSTILE_METADATA)('opens a photo with %s', async (_, make) => {
    const { widthPx, traces } = await opened(await make());

    expect(widthPx).toBe(640);
    expect(traces.texts.join('').length).toBeLessThan(50 * 65_600);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('turns a picture of orientation %i as every viewer does', async (orientation) => {
    const file = await picture(90, 70).withMetadata({ orientation }).png().toBuffer();
    const { working, widthPx, heightPx } = await opened(file);
    const upright = await sharp(file).autoOrient().raw().toBuffer({ resolveWithObject: true });

    expect([widthPx, heightPx]).toEqual([upright.info.width, upright.info.height]);
    expect(upright.data.equals(working.data)).toBe(true);
  });
});
