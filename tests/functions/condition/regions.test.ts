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

  it('tells regions apart that lie further away', () => {
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
});
