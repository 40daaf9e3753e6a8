import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { NEAR_DUPLICATE_BITS } from '../../../functions/photos/near-duplicates.ts';
import { bitsOf, hammingDistance, orientationsOf, perceptualHash } from '../../../functions/photos/perceptual-hash.ts';
import { greyCopy, openPhoto } from '../../../functions/photos/photo-runtime.ts';
import { QUALITY_COPY_PX } from '../../../functions/photos/quality.ts';
import { picture } from './files.ts';

/** Noise of 3 grey levels. */
const NOISE = await sharp({
  create: { width: 640, height: 480, channels: 3, noise: { type: 'gaussian', mean: 6, sigma: 3 }, background: '#000' },
})
  .png()
  .toBuffer();

async function hashOf(photo: Sharp, jpegQuality = 90): Promise<string> {
  const hash = await hashOrNull(photo, jpegQuality);
  if (hash === null) throw new Error('a picture without structure');
  return hash;
}

async function hashOrNull(photo: Sharp, jpegQuality = 90): Promise<string | null> {
  const opened = await openPhoto(await photo.jpeg({ quality: jpegQuality }).toBuffer());
  if (opened.status !== 'readable') throw new Error(opened.detail);
  return perceptualHash(await greyCopy(opened.working, QUALITY_COPY_PX));
}

const distance = (one: string, other: string): number => hammingDistance(bitsOf(one), bitsOf(other));

describe('perceptualHash', () => {
  it.each([
    ['half the size', () => hashOf(picture(640, 480).resize(320))],
    ['a quarter of the size', () => hashOf(picture(640, 480).resize(160))],
    ['JPEG quality 40', () => hashOf(picture(640, 480), 40)],
    ['a little brighter', () => hashOf(picture(640, 480).linear(1.1, 5))],
    ['in grey', () => hashOf(picture(640, 480).greyscale())],
    ['slightly sharpened', () => hashOf(picture(640, 480).sharpen())],
  ])('is nearly the same for a copy: %s', async (_, copy) => {
    expect(distance(await hashOf(picture(640, 480)), await copy())).toBeLessThanOrEqual(NEAR_DUPLICATE_BITS);
  });

  it.each([
    ['mirrored', () => hashOf(picture(640, 480).flop())],
    ['upside down', () => hashOf(picture(640, 480).flip())],
    ['turned by 90 degrees', () => hashOf(picture(640, 480).rotate(90))],
    ['turned by 180 degrees', () => hashOf(picture(640, 480).rotate(180))],
    ['turned by 270 degrees, at half the size', () => hashOf(picture(640, 480).rotate(270).resize(240), 60)],
  ])('follows from that of the original for a copy that is %s, and differs from it', async (_, copy) => {
    const [original, turned] = [await hashOf(picture(640, 480)), await copy()];

    expect(
      Math.min(...orientationsOf(original).map((each) => hammingDistance(each, bitsOf(turned)))),
    ).toBeLessThanOrEqual(NEAR_DUPLICATE_BITS);
    expect(distance(original, turned)).toBeGreaterThan(NEAR_DUPLICATE_BITS);
  });

  it('is far apart for different pictures, in any orientation', async () => {
    const hashes = await Promise.all([1, 2, 3, 4, 5, 6].map((seed) => hashOf(picture(640, 480, seed))));

    const distances = hashes.flatMap((one, index) =>
      hashes
        .slice(index + 1)
        .flatMap((other) => orientationsOf(one).map((turned) => hammingDistance(turned, bitsOf(other)))),
    );
    expect(Math.min(...distances)).toBeGreaterThan(NEAR_DUPLICATE_BITS);
  });

  it.each([
    ['black', () => picture().linear(0, 0)],
    ['white', () => picture().linear(0, 255)],
    ['grey', () => picture().linear(0, 128)],
    [
      'dark but for sensor noise',
      () =>
        picture()
          .linear(0, 4)
          .composite([{ input: NOISE, blend: 'add' }]),
    ],
  ])('is null for a picture without structure: %s', async (_, make) => {
    expect(await hashOrNull(make())).toBeNull();
  });

  it('is not null for a bare wall', async () => {
    expect(await hashOrNull(picture().linear(0.05, 180))).toMatch(/^[0-9a-f]{16}$/);
  });
});
