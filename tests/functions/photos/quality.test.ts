import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GreyRaster } from '../../../functions/photos/raster.ts';
import { measureQuality } from '../by-default.ts';

const SIDE_PX = 64;
const AMPLE = { widthPx: 4000, heightPx: 3000 };

/** A grey picture of 64 x 64 px, by a formula. */
const grey = (luma: (x: number, y: number) => number): GreyRaster => ({
  data: Uint8Array.from({ length: SIDE_PX * SIDE_PX }, (_, at) => luma(at % SIDE_PX, Math.floor(at / SIDE_PX))),
  widthPx: SIDE_PX,
  heightPx: SIDE_PX,
  channels: 1,
});
const flat = (luma: number) => grey(() => luma);
/** Columns of one luma in this share of a picture of another. */
const partly = (luma: number, share: number, rest = 128) => grey((x) => (x < share * SIDE_PX ? luma : rest));
const exposureOf = (picture: GreyRaster) => measureQuality(picture, AMPLE).exposure;

describe('the resolution of measureQuality', () => {
  it.each([
    [100, 99, 0],
    [100, 100, 0],
    [1000, 100, 0.5],
    [1000, 1000, 1],
    [4000, 3000, 1],
  ])(
    'counts the resolution on a logarithmic scale from 0.01 to 1 megapixel: %d x %d px',
    (widthPx, heightPx, ratio) => {
      const { resolution } = measureQuality(flat(128), { widthPx, heightPx });

      expect(resolution).toEqual({ megapixels: (widthPx * heightPx) / 1e6, scoreRatio: expect.closeTo(ratio, 10) });
    },
  );
});

describe('the exposure of measureQuality', () => {
  // Full marks from a quarter to three quarters of the scale, and in proportion beyond.
  it.each([
    [32, 32 / 255 / 0.25],
    [63, 63 / 255 / 0.25],
    [64, 1],
    [128, 1],
    [191, 1],
    [192, (1 - 192 / 255) / 0.25],
    [230, (1 - 230 / 255) / 0.25],
  ])('depends on the mean brightness: luma %d', (luma, scoreRatio) => {
    expect(exposureOf(flat(luma))).toEqual({
      scoreRatio: expect.closeTo(scoreRatio, 10),
      meanLuma: expect.closeTo(luma / 255, 10),
      clippedDarkRatio: 0,
      clippedBrightRatio: 0,
    });
  });

  it.each([
    ['dark', 5, 1, 0],
    ['not quite dark', 6, 0, 0],
    ['bright', 250, 0, 1],
    ['not quite bright', 249, 0, 0],
  ])('counts clipped pixels: %s', (_, luma, dark, bright) => {
    expect(exposureOf(flat(luma))).toMatchObject({ clippedDarkRatio: dark, clippedBrightRatio: bright });
  });

  // Up to a tenth costs nothing, half of the picture costs half: 0.5 x (share - 0.1) / 0.4.
  it.each([
    [1 / 16, 1],
    [0.25, 1 - (0.5 * 0.15) / 0.4],
    [0.5, 0.5],
  ])('loses by a share of %d of dark pixels', (share, scoreRatio) => {
    expect(exposureOf(partly(5, share)).scoreRatio).toBeCloseTo(scoreRatio, 10);
  });

  // Up to three tenths cost nothing, eight tenths cost half: 0.5 x (share - 0.3) / 0.5.
  it.each([
    [0.25, 1],
    [0.5, 0.8],
    [0.75, 0.55],
  ])('loses by a share of %d of bright pixels', (share, scoreRatio) => {
    expect(exposureOf(partly(250, share, 10)).scoreRatio).toBeCloseTo(scoreRatio, 10);
  });
});

describe('the sharpness of measureQuality', () => {
  const sharpnessOf = (picture: GreyRaster) => measureQuality(picture, AMPLE).sharpness;
  /** A checkerboard: the Laplacian of each pixel is 4 x the contrast, up or down, and its variance the square of that. */
  const checkers = (contrast: number, within = (_x: number, _y: number) => true) =>
    grey((x, y) => 100 + (within(x, y) && (x + y) % 2 === 1 ? contrast : 0));

  it.each([
    [8, 32 ** 2],
    [2, 64],
  ])('is the variance of the Laplacian: a checkerboard of contrast %d', (contrast, variance) => {
    expect(sharpnessOf(checkers(contrast)).laplacianVariance).toBeCloseTo(variance, 0);
  });

  it('is on a logarithmic scale from a variance of 15 to one of 1,000', () => {
    const { laplacianVariance, scoreRatio } = sharpnessOf(checkers(4));

    expect(scoreRatio).toBeCloseTo(Math.log(laplacianVariance / 15) / Math.log(1000 / 15), 10);
    expect([sharpnessOf(checkers(0)).scoreRatio, sharpnessOf(checkers(30)).scoreRatio]).toEqual([0, 1]);
  });

  it('is that of the sharpest eighth of the tiles: 8 of 64', () => {
    const oneRow = checkers(8, (_, y) => y < 8);
    const twoRows = checkers(8, (_, y) => y < 16);

    expect(sharpnessOf(twoRows).laplacianVariance).toBeCloseTo(sharpnessOf(checkers(8)).laplacianVariance, 0);
    expect(sharpnessOf(oneRow).laplacianVariance).toBeGreaterThan(900);
    expect(sharpnessOf(checkers(8, (x, y) => x < 8 && y < 8)).laplacianVariance).toBeLessThan(300);
  });

  it('finds a slope, whose Laplacian is 0 everywhere, without any sharpness', () => {
    expect(sharpnessOf(grey((x, y) => 2 * x + y)).laplacianVariance).toBe(0);
  });

  it('agrees with the definition, tile by tile', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: SIDE_PX ** 2, maxLength: SIDE_PX ** 2 }), (data) => {
        const expected = definedSharpness(data);
        expect(sharpnessOf({ ...flat(0), data }).laplacianVariance).toBeCloseTo(expected, 4);
      }),
      { numRuns: 20 },
    );
  });

  it('is the cube root of the three parts multiplied, as the whole', () => {
    const { scoreRatio, sharpness, exposure, resolution } = measureQuality(checkers(4), {
      widthPx: 500,
      heightPx: 200,
    });

    expect(scoreRatio ** 3).toBeCloseTo(sharpness.scoreRatio * exposure.scoreRatio * resolution.scoreRatio, 10);
  });
});

/** Mean of the 8 highest of 64 variances of the Laplacian, without the border of the picture, computed as one would on paper. */
function definedSharpness(data: Uint8Array): number {
  const at = (x: number, y: number): number => data[y * SIDE_PX + x] ?? 0;
  const edge = (x: number, y: number): number =>
    at(x - 1, y) + at(x + 1, y) + at(x, y - 1) + at(x, y + 1) - 4 * at(x, y);
  const inner = Array.from({ length: SIDE_PX - 2 }, (_, index) => index + 1);
  const variances = Array.from({ length: 64 }, (_, tile) => {
    const [left, top] = [(tile % 8) * 8, Math.floor(tile / 8) * 8];
    const edges = inner
      .filter((y) => y >= top && y < top + 8)
      .flatMap((y) => inner.filter((x) => x >= left && x < left + 8).map((x) => edge(x, y)));
    const mean = edges.reduce((sum, each) => sum + each, 0) / edges.length;
    return edges.reduce((sum, each) => sum + (each - mean) ** 2, 0) / edges.length;
  });
  const sharpest = variances.toSorted((a, b) => b - a).slice(0, 8);
  return sharpest.reduce((sum, each) => sum + each, 0) / 8;
}
