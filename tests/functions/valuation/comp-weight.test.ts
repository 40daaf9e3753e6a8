import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recencyOf } from '../../../functions/valuation/comp-weight.ts';
import { sortComps } from '../../../functions/valuation/value-comps.ts';
import { comp, NOW, QUERY, RULES } from './comps.ts';

const dayBefore = (days: number): string => new Date(NOW.getTime() - days * 86_400_000).toISOString().slice(0, 10);
const { date: _known, ...undated } = comp(6000);
const recency = (changes: object) => recencyOf({ ...undated, ...changes }, RULES.value, NOW);

describe('recencyOf', () => {
  it("takes a sale of unknown day for one of the policy's age on the day on which it was stored", () => {
    expect(recency({ storedOn: dayBefore(0) })).toBe(recency({ date: dayBefore(90) }));
    expect(recency({ storedOn: dayBefore(90) })).toBe(recency({ date: dayBefore(180) }));
    expect(recency({})).toBe(recency({ storedOn: dayBefore(0) }));
  });

  it('never lets a sale of unknown day weigh more as time goes by, nor storing it matter where the day is known', () => {
    const days = fc.integer({ min: 0, max: 1095 });
    fc.assert(
      fc.property(days, days, days, (one, other, sold) => {
        const [early, late] = [Math.max(one, other), Math.min(one, other)];
        expect(recency({ storedOn: dayBefore(early) })).toBeLessThanOrEqual(recency({ storedOn: dayBefore(late) }));
        expect(recency({ date: dayBefore(sold), storedOn: dayBefore(one) })).toBe(recency({ date: dayBefore(sold) }));
      }),
    );
  });
});

describe('sortComps', () => {
  it('drops an asking price of unknown day that was stored long ago', () => {
    const ask = (storedOn: string) => ({ ...undated, status: 'asking' as const, compId: storedOn, storedOn });
    const { asks, dropped } = sortComps(
      { query: QUERY, kind: 'collectible', currency: 'USD' },
      [ask(dayBefore(0)), ask(dayBefore(400))],
      RULES,
      NOW,
    );
    expect(asks.map(({ comp: { compId } }) => compId)).toEqual([dayBefore(0)]);
    expect(dropped).toMatchObject([{ reason: 'asking_too_old', comp: { compId: dayBefore(400) } }]);
  });
});
