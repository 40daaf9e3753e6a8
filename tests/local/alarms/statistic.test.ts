import { describe, expect, it } from 'vitest';
import { statisticOf } from '../../../local/alarms/statistic.ts';

describe('statisticOf', () => {
  it.each([
    ['p0', 1],
    ['p50', 2.5],
    ['p90', 3.7],
    ['p100', 4],
  ])('interpolates %s between samples in any order', (name, expected) => {
    expect(statisticOf(name)?.([3, 1, 4, 2])).toBeCloseTo(expected);
  });

  it('has no value without samples', () => {
    expect(statisticOf('Sum')?.([])).toBeUndefined();
  });

  it('does not know trimmed means', () => {
    expect(statisticOf('tm99')).toBeUndefined();
  });
});
