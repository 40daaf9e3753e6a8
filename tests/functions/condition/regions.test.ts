import { describe, expect, it } from 'vitest';
import type { WordMap } from '../../../functions/condition/model-answer.ts';
import { findRegions } from '../../../functions/condition/regions.ts';

const WHOLE = { x: 0, y: 0, width: 1, height: 1 };

/** A map drawn with digits: 9 is .9. */
const mapOf = (drawing: readonly string[], rest: Partial<WordMap> = {}): WordMap => ({
  word: 'crack',
  confidenceRatio: 0.9,
  thresholdRatio: 0.6,
  reachesThreshold: true,
  experimental: false,
  cells: Float32Array.from(drawing.flatMap((row) => [...row].map((digit) => Number(digit) / 10))),
  columns: drawing[0]?.length ?? 0,
  rows: drawing.length,
  pooledCells: 1,
  ...rest,
});

describe('findRegions', () => {
  it('boxes cells that touch, corners included', () => {
    const [region, ...others] = findRegions(mapOf(['0000', '0900', '0080', '0000']), WHOLE);

    expect(others).toEqual([]);
    expect(region).toMatchObject({ areaRatio: 2 / 16, box: { x: 0.25, y: 0.25, width: 0.5, height: 0.5 } });
    expect(region?.confidenceRatio).toBeCloseTo(0.9);
  });

  it('joins a line that is interrupted by one cell', () => {
    expect(findRegions(mapOf(['99099000']), WHOLE)).toHaveLength(1);
  });

  it('separates regions that are further apart', () => {
    expect(findRegions(mapOf(['90009000']), WHOLE)).toHaveLength(2);
  });

  it('grows a region by cells a little below the threshold, and makes none of them alone', () => {
    expect(findRegions(mapOf(['95000000']), WHOLE)[0]?.areaRatio).toBe(2 / 8);
    expect(findRegions(mapOf(['55000000']), WHOLE)).toEqual([]);
  });

  it('finds nothing when the photo as a whole does not reach the threshold', () => {
    expect(findRegions(mapOf(['9000'], { reachesThreshold: false }), WHOLE)).toEqual([]);
  });

  it('reads the confidence from as many cells as the photo', () => {
    expect(findRegions(mapOf(['97600000'], { pooledCells: 2 }), WHOLE)[0]?.confidenceRatio).toBeCloseTo(0.8);
  });

  it('places regions in the part of the photo that the map covers', () => {
    const right = { x: 0.5, y: 0, width: 0.5, height: 1 };

    expect(findRegions(mapOf(['90', '00']), right)[0]).toMatchObject({
      areaRatio: 1 / 8,
      box: { x: 0.5, y: 0, width: 0.25, height: 0.5 },
    });
  });

  it('draws closed lines within the photo', () => {
    const [region] = findRegions(mapOf(['99000', '99000', '00000']), WHOLE);

    expect(region?.outline).toHaveLength(1);
    const points = region?.outline.flat() ?? [];
    expect(points.length).toBeGreaterThan(8);
    expect(points.every(([x, y]) => x >= 0 && x <= 0.6 && y >= 0 && y <= 0.9)).toBe(true);
  });

  it('joins cells two apart in each direction, and none three apart', () => {
    const diagonal = ['9000', '0000', '0090', '0000'];
    const further = ['9000', '0000', '0000', '0009'];

    expect([findRegions(mapOf(diagonal), WHOLE).length, findRegions(mapOf(further), WHOLE).length]).toEqual([1, 2]);
    expect(findRegions(mapOf(['0090', '0000', '9000']), WHOLE)).toHaveLength(1);
    expect(findRegions(mapOf(['900', '009']), WHOLE)).toHaveLength(1);
  });

  it('does not join the end of a row with the beginning of the next', () => {
    expect(findRegions(mapOf(['000009', '900000']), WHOLE)).toHaveLength(2);
  });

  it('grows at seven tenths of the threshold: to 0.42 at one of 0.6', () => {
    const beside = (value: number) => {
      const cells = Float32Array.of(0.9, value, 0, 0);
      return findRegions({ ...mapOf(['0000']), cells }, WHOLE)[0]?.areaRatio;
    };

    expect([beside(0.41), beside(0.43)]).toEqual([1 / 4, 2 / 4]);
  });

  it('keeps the four regions that weigh most, by confidence and area', () => {
    const regions = findRegions(mapOf(['6000600060006000600099'], { thresholdRatio: 0.5 }), WHOLE);

    expect(regions.map(({ areaRatio }) => Math.round(areaRatio * 22))).toEqual([2, 1, 1, 1]);
  });

  it('puts a small certain region behind a larger one that is nearly as certain', () => {
    const regions = findRegions(mapOf(['9000777']), WHOLE);

    expect(regions.map(({ confidenceRatio }) => Math.round(confidenceRatio * 10))).toEqual([7, 9]);
  });

  it('takes a cell at the threshold for certain, and reads the confidence from certain cells only', () => {
    const at = (value: number) => ({
      ...mapOf(['0000'], { thresholdRatio: 0.5, pooledCells: 4 }),
      cells: Float32Array.of(value, 0.4, 0, 0),
    });

    expect(findRegions(at(0.5), WHOLE)).toMatchObject([{ confidenceRatio: 0.5, areaRatio: 0.5 }]);
    expect(findRegions(at(0.49), WHOLE)).toEqual([]);
  });

  it('places boxes and lines in the part that was shown, across and down', () => {
    const shown = { x: 0.2, y: 0.4, width: 0.5, height: 0.4 };
    const [region] = findRegions(mapOf(['0000', '0090', '0000', '0000']), shown);
    const points = region?.outline.flat() ?? [];
    const middle = [0, 1].map((axis) => points.reduce((sum, point) => sum + (point[axis] ?? 0), 0) / points.length);

    expect(region).toMatchObject({
      areaRatio: expect.closeTo(0.0125, 10),
      box: {
        x: expect.closeTo(0.45, 10),
        y: expect.closeTo(0.5, 10),
        width: expect.closeTo(0.125, 10),
        height: expect.closeTo(0.1, 10),
      },
    });
    expect(middle).toEqual([expect.closeTo(0.5125, 6), expect.closeTo(0.55, 6)]);
  });
});
