import { describe, expect, it } from 'vitest';
import { assessmentBars } from '../../bin/assessment-bars.ts';
import type { Rating } from '../../functions/assessments/rating.ts';
import type { AssetValue } from '../../functions/asset-value/asset-value.ts';
import { FUSED_VALUE_RULES } from '../../functions/asset-value/fused-value-rules.ts';
import { valueAsset } from '../../functions/asset-value/value-asset.ts';
import type { ValueEvidence } from '../../functions/asset-value/value-evidence.ts';
import { photo, vehicleOf } from '../functions/assessments/photos.ts';
import { compsOf, NO_COMPS, NO_MODEL, predicted } from '../functions/asset-value/evidence.ts';
import { rateVehicle } from '../functions/by-default.ts';

const NOW = new Date('2026-11-29T12:00:00Z');
const NOT_RATED: Rating = { scale: 'none', status: 'not_rated', reasons: [] };

const worthOf = (evidence: Partial<ValueEvidence>, stated?: number): AssetValue =>
  valueAsset(
    {
      asset: { kind: 'product', ...(stated !== undefined && { valueCents: stated, currency: 'USD' }) },
      evidence: { model: NO_MODEL, comps: NO_COMPS, ...evidence },
      condition: undefined,
    },
    FUSED_VALUE_RULES,
    NOW,
  );

const barsOf = (value: AssetValue) => assessmentBars({ rating: NOT_RATED, value });
const comps = compsOf([8000, 10_000, 13_000]);

describe('assessmentBars', () => {
  it('has the value with its interval and year', () => {
    const [value, ...others] = barsOf(worthOf({ comps }));
    expect(value).toMatchObject({ name: 'value', text: '$100, $80 to $130 (80 %, of 2026)' });
    const [from, to] = value?.range ?? [];
    expect([from, value?.point, to].every((at) => at !== undefined && at > 0 && at < 1)).toBe(true);
    expect(others).toEqual([]);
  });

  it('has each source with its share, on one scale', () => {
    const bars = barsOf(worthOf({ comps, model: predicted([7000, 9000, 12_000]) }, 9500));
    expect(bars.map(({ name }) => name)).toEqual(['value', ' comps', ' model', ' stated']);
    expect(new Set(bars.map(({ ends }) => ends.join())).size).toBe(1);
    expect(bars[1]?.text).toMatch(/^\$100, share \d+ %$/);
    expect(bars[3]).not.toHaveProperty('range');
  });

  it('leaves a source out whose amounts are on another scale', () => {
    const bars = barsOf(worthOf({ comps, model: predicted([7000, 9000, 12_000], { currency: 'GBP' }) }));
    expect(bars.map(({ name }) => name)).toEqual(['value']);
  });

  it('has contradictory sources, and no value between them', () => {
    const bars = barsOf(worthOf({ comps, model: predicted([70_000, 90_000, 120_000]) }));
    expect(bars.map(({ name }) => name)).toEqual([' comps', ' model']);
  });

  it('has a statement alone as a point in the middle', () => {
    expect(barsOf(worthOf({}, 5000))).toEqual([
      { name: ' stated', ends: ['$25', '$75'], point: 0.5, text: '$50, share 100 %' },
    ]);
    expect(barsOf(worthOf({}, 0))).toEqual([expect.objectContaining({ point: 0 })]);
  });

  it('has nothing where nothing is known', () => {
    expect(barsOf(worthOf({}))).toEqual([]);
  });

  it('has the grade of a vehicle, the best on the left', () => {
    const views = ['p001', 'p002', 'p003', 'p004'].map((id) => photo(id, 'vehicle', vehicleOf('undamaged')));
    const [good, bad] = [{}, { frameDamage: true }].map((facts) => {
      const rating = rateVehicle({ kind: 'vehicle', ...facts }, views);
      return assessmentBars({ rating, value: worthOf({}) })[0];
    });
    expect(good).toMatchObject({ name: 'condition', ends: ['5', '0'] });
    expect(good?.point).toBeLessThan(bad?.point ?? 0);
  });
});
