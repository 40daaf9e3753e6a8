import type { Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { greyCopy, openPhoto } from '../../../functions/photos/photo-runtime.ts';
import { QUALITY_COPY_PX } from '../../../functions/photos/quality.ts';
import { measureQuality } from '../by-default.ts';
import { picture } from './files.ts';

async function qualityOf(photo: Sharp, jpegQuality = 90) {
  const opened = await openPhoto(await photo.jpeg({ quality: jpegQuality }).toBuffer());
  if (opened.status !== 'readable') throw new Error(opened.detail);
  return measureQuality(await greyCopy(opened.working, QUALITY_COPY_PX), opened);
}

describe('measureQuality', () => {
  it('finds a blurred photo less sharp, the more so the more it is blurred', async () => {
    const [crisp, soft, blurred] = await Promise.all(
      [0.3, 1.5, 6].map((sigma) => qualityOf(picture(720, 540).blur(sigma))),
    );

    expect(crisp?.sharpness.scoreRatio).toBeGreaterThan(0.5);
    expect(soft?.sharpness.scoreRatio).toBeLessThan(crisp?.sharpness.scoreRatio ?? 0);
    expect(blurred?.sharpness.scoreRatio).toBeLessThan(0.2);
  });

  it('finds a photo with one sharp part sharp', async () => {
    const sharpCorner = await picture(240, 180).png().toBuffer();
    const photo = picture(720, 540)
      .blur(9)
      .composite([{ input: sharpCorner, left: 0, top: 0 }]);

    expect((await qualityOf(photo)).sharpness.scoreRatio).toBeGreaterThan(0.5);
  });

  it.each([40, 60, 95])('hardly depends on the JPEG quality %i', async (jpegQuality) => {
    const [reference, other] = await Promise.all([
      qualityOf(picture(720, 540)),
      qualityOf(picture(720, 540), jpegQuality),
    ]);

    expect(Math.abs(reference.sharpness.scoreRatio - other.sharpness.scoreRatio)).toBeLessThan(0.1);
  });

  it('says how dark a photo is, and that too little light costs quality', async () => {
    const [usual, dark] = await Promise.all([qualityOf(picture()), qualityOf(picture().linear(0.1, 0))]);

    expect(usual.exposure.scoreRatio).toBe(1);
    expect(dark.exposure.meanLuma).toBeLessThan(0.1);
    expect(dark.scoreRatio).toBeLessThan(usual.scoreRatio * 0.8);
  });

  it('counts clipped pixels', async () => {
    const burnt = await qualityOf(picture().linear(4, 0));

    expect(burnt.exposure.clippedBrightRatio).toBeGreaterThan(0.8);
    expect(burnt.exposure.scoreRatio).toBeLessThan(0.5);
  });

  it('rates the resolution of the original, not of the working copy', async () => {
    expect((await qualityOf(picture(200, 150))).resolution).toEqual({
      megapixels: 0.03,
      scoreRatio: expect.closeTo(0.24, 2),
    });
    expect((await qualityOf(picture(1600, 1200))).resolution).toEqual({ megapixels: 1.92, scoreRatio: 1 });
  });

  it('stays within 0 and 1 for a photo of one colour', async () => {
    const flat = await qualityOf(picture().linear(0, 255));

    expect(flat).toMatchObject({ scoreRatio: 0, sharpness: { scoreRatio: 0, laplacianVariance: 0 } });
  });
});
