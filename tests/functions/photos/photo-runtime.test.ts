import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { encodeJpeg, greyCopy, openPhoto, resizeRaster } from '../../../functions/photos/photo-runtime.ts';
import type { Raster } from '../../../functions/photos/raster.ts';
import { animatedPng, animatedWebp, bombPng, jpeg, picture } from './files.ts';
import { opened, refused } from './opened.ts';

/** Mean colour of a quarter of the picture. */
function meanOf({ data, widthPx, heightPx }: Raster, column: 0 | 1, row: 0 | 1): number[] {
  const sums = [0, 0, 0];
  const [halfWidth, halfHeight] = [Math.floor(widthPx / 2), Math.floor(heightPx / 2)];
  for (let y = row * halfHeight; y < (row + 1) * halfHeight; y += 1) {
    for (let x = column * halfWidth; x < (column + 1) * halfWidth; x += 1) {
      for (const channel of [0, 1, 2])
        sums[channel] = (sums[channel] ?? 0) + (data[(y * widthPx + x) * 3 + channel] ?? 0);
    }
  }
  return sums.map((sum) => sum / (halfWidth * halfHeight));
}

const RED = { r: 220, g: 20, b: 20 };
const halfRed = (): Sharp =>
  sharp({ create: { width: 200, height: 100, channels: 3, background: '#ffffff' } }).composite([
    {
      input: Buffer.alloc(100 * 100 * 3, Buffer.from([RED.r, RED.g, RED.b])),
      raw: { width: 100, height: 100, channels: 3 },
      left: 0,
      top: 0,
    },
  ]);

describe('openPhoto', () => {
  it('decodes to at most 1,280 px and keeps the size of the original', async () => {
    const photo = await opened(await jpeg(1800, 900));

    expect({ ...photo.working, data: photo.working.data.length }).toEqual({
      widthPx: 1280,
      heightPx: 640,
      channels: 3,
      data: 1280 * 640 * 3,
    });
    expect([photo.widthPx, photo.heightPx]).toEqual([1800, 900]);
  });

  it('never enlarges', async () => {
    expect((await opened(await jpeg(300, 200))).working.widthPx).toBe(300);
  });

  it('turns a photo upright by its EXIF orientation', async () => {
    // 6: the camera was held upright; the left half of the file is the top of the photo
    const photo = await opened(await halfRed().jpeg().withMetadata({ orientation: 6 }).toBuffer());

    expect([photo.widthPx, photo.heightPx]).toEqual([100, 200]);
    expect(meanOf(photo.working, 0, 0)[1]).toBeLessThan(60);
    expect(meanOf(photo.working, 0, 1)[1]).toBeGreaterThan(200);
  });

  it.each([
    ['a CMYK JPEG', () => halfRed().toColourspace('cmyk').jpeg().toBuffer()],
    ['a 16-bit PNG', () => halfRed().toColourspace('rgb16').png().toBuffer()],
    ['a PNG with a palette', () => halfRed().png({ palette: true }).toBuffer()],
    ['an interlaced PNG', () => halfRed().png({ progressive: true }).toBuffer()],
    ['a WebP', () => halfRed().webp({ quality: 95 }).toBuffer()],
    ['a progressive JPEG', () => halfRed().jpeg({ progressive: true }).toBuffer()],
  ])('sees the right colours in %s', async (_, make) => {
    const { working } = await opened(await make());

    const [red = 0, green = 0, blue = 0] = meanOf(working, 0, 0);
    expect([working.channels, working.data.length]).toEqual([3, 200 * 100 * 3]);
    expect(Math.abs(red - RED.r) + Math.abs(green - RED.g) + Math.abs(blue - RED.b)).toBeLessThan(60);
    expect(Math.min(...meanOf(working, 1, 0))).toBeGreaterThan(240);
  });

  it('makes three channels of grey', async () => {
    const { working } = await opened(await picture(100, 100).greyscale().jpeg().toBuffer());

    expect([working.channels, working.data.length]).toEqual([3, 100 * 100 * 3]);
  });

  it('puts transparent pictures on white', async () => {
    const clear = sharp({
      create: { width: 100, height: 100, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    });

    expect(meanOf((await opened(await clear.png().toBuffer())).working, 0, 0)).toEqual([255, 255, 255]);
  });

  it('brings a wide-gamut photo to sRGB', async () => {
    const wide = await halfRed().withIccProfile('p3').jpeg({ quality: 100 }).toBuffer();

    expect(meanOf((await opened(wide)).working, 0, 0).map(Math.round)).toEqual(
      [RED.r, RED.g, RED.b].map((value) => expect.closeTo(value, -1)),
    );
  });

  it('reads a photo with a ZIP archive at its end as the photo', async () => {
    const glued = Buffer.concat([await jpeg(100, 100), Buffer.from('PK\x03\x04<script>alert(1)</script>', 'latin1')]);

    expect((await opened(glued)).working.widthPx).toBe(100);
  });

  it('gives the SHA-256 of the file', async () => {
    expect((await openPhoto(Buffer.from('abc'))).sha256).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });

  it.each([
    ['zero bytes', () => Buffer.alloc(0), 'unsupported_type', /this is an empty file$/],
    ['a renamed PDF', () => Buffer.from('%PDF-1.7 …'), 'unsupported_type', /this is a PDF document$/],
    ['a GIF', () => Buffer.from('GIF89a…'), 'unsupported_type', /this is a GIF$/],
    [
      'an SVG',
      () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      'unsupported_type',
      /this is an SVG drawing$/,
    ],
    ['an HEIC photo', () => Buffer.from('\0\0\0\x18ftypheic'), 'unsupported_type', /this is an HEIC photo$/],
    ['something unknown', () => Buffer.from([1, 2, 3, 4]), 'unsupported_type', /a file that starts with 01 02 03 04$/],
    [
      'an HTML page that starts like a JPEG',
      () => Buffer.from('\xff\xd8\xff<html>', 'latin1'),
      'corrupt',
      /^the jpeg header cannot be read/,
    ],
    ['a truncated JPEG', async () => (await jpeg()).subarray(0, 9000), 'corrupt', /^the jpeg is damaged/],
    [
      'a truncated PNG',
      async () => (await picture().png().toBuffer()).subarray(0, 9000),
      'corrupt',
      /^the png is damaged/,
    ],
    ['a truncated WebP', async () => (await picture().webp().toBuffer()).subarray(0, 9000), 'corrupt', /^the webp/],
    [
      'a header without a picture',
      async () => (await jpeg()).subarray(0, 20),
      'corrupt',
      /^the jpeg header cannot be read/,
    ],
    [
      'a 30,000 x 30,000 PNG bomb',
      () => bombPng(30_000),
      'too_large',
      /at most 65000000 pixels; this photo has 30000 x 30000\. A photo has at most 8,388,608 bytes when it is uploaded, at most 65,000,000 pixels, /,
    ],
    ['an animated WebP', () => animatedWebp(), 'animated', /this webp is animated$/],
    ['an animated PNG', () => animatedPng(), 'animated', /this png is animated$/],
    ['a thumbnail', () => jpeg(200, 63), 'too_small', /at least 64 px on the short side; this photo has 200 x 63\./],
  ])('refuses %s', async (_, make, code, detail) => {
    expect(await refused(await make())).toEqual({ code, detail: expect.stringMatching(detail) });
  });
});

describe('encodeJpeg', () => {
  it('makes a picture without EXIF, location or profile', async () => {
    const tagged = await picture(300, 200)
      .withIccProfile('p3')
      .withExif({ IFD0: { Make: 'Secret Camera' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' } })
      .jpeg()
      .toBuffer();
    expect(tagged.includes('Secret Camera')).toBe(true);

    const display = Buffer.from(await encodeJpeg((await opened(tagged)).working));

    const { exif, icc, xmp, iptc, width, format } = await sharp(display).metadata();
    expect({ exif, icc, xmp, iptc, width, format }).toEqual({ width: 300, format: 'jpeg' });
    expect(display.includes('Secret Camera')).toBe(false);
  });
});

describe('resizeRaster', () => {
  it('gives exactly the size asked for', async () => {
    const { working } = await opened(await jpeg(300, 200));

    const { widthPx, heightPx, data } = await resizeRaster(working, 64, 128, 'cover');

    expect([widthPx, heightPx, data.length]).toEqual([64, 128, 64 * 128 * 3]);
  });
});

describe('greyCopy', () => {
  it('has one channel and no side longer than asked for', async () => {
    const { working } = await opened(await jpeg(300, 200));

    expect({ ...(await greyCopy(working, 150)), data: [] }).toEqual({
      widthPx: 150,
      heightPx: 100,
      channels: 1,
      data: [],
    });
  });
});
