import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Policy } from '../../../functions/platform/policy.ts';
import { MARKET } from '../../../functions/valuation/market-policy.ts';
import { liquidityOf, priceTierOf } from '../../../functions/valuation/market-signals.ts';
import { COMP_RELEVANCE } from '../../../functions/valuation/relevance-policy.ts';
import { FAIR_MARKET_VALUE } from '../../../functions/valuation/value-policy.ts';
import { asksAt, auction, comp, NOW, RULES, salesAt, valued } from './comps.ts';

/** Documents like the defaults with some of their numbers changed, of which many are accepted. */
const changedNumbers = (document: object): fc.Arbitrary<unknown> =>
  fc.infiniteStream(fc.double({ min: 0, max: 2, noNaN: true })).map((factors) => {
    const changed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(changed);
      if (typeof value === 'object' && value !== null) {
        return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, changed(each)]));
      }
      if (typeof value !== 'number') return value;
      const { value: factor = 1 } = factors.next();
      const times = factor < 1.5 ? 1 : factor * 1.2 - 1;
      return Number.isInteger(value) && value > 1 ? Math.round(value * times) : value * times;
    };
    return changed(document);
  });

const acceptedBy = <P extends Policy>(policy: P) =>
  changedNumbers(policy.defaults as object)
    .map((document) => policy.schema.safeParse(document))
    .filter(({ success }) => success)
    .map(({ data }) => data);

const messagesOf = (policy: Policy, document: unknown) =>
  (policy.schema.safeParse(document).error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);

describe.each([COMP_RELEVANCE, FAIR_MARKET_VALUE, MARKET])('the policy $name', (policy) => {
  it('accepts its defaults, and refuses fields that it does not know', () => {
    expect(policy.schema.safeParse(policy.defaults).data).toEqual(policy.defaults);
    expect(policy.schema.safeParse({ ...policy.defaults, other: 1 }).success).toBe(false);
  });
});

describe('FAIR_MARKET_VALUE', () => {
  it('keeps min sale <= quick <= market <= patient and market <= max sale, whatever document it accepts', () => {
    const comps = [
      ...salesAt(10, 12, 12.5, 13, 14, 15, 16, 40, 41),
      auction(13, 22),
      ...asksAt(13, 14, 15, 16, 17, 30),
    ];
    fc.assert(
      fc.property(acceptedBy(FAIR_MARKET_VALUE), (document) => {
        const value = FAIR_MARKET_VALUE.schema.parse(document);
        const { sorted, value: result } = valued(comps, { ...RULES, value });
        if (!result) return;
        const prices = sorted.sales.map(({ price }) => price);
        const { quick, market, patient } = result.values;
        const order = [Math.min(...prices), quick, market, patient];
        expect(order.every((each, at) => at === 0 || each >= (order[at - 1] ?? 0) - 1e-6)).toBe(true);
        expect(market).toBeLessThanOrEqual(Math.max(...prices) + 1e-6);
        expect(result.confidenceRatio > 0 && result.confidenceRatio < 1).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('gives numbers by old and undated sales alone, whatever half-life it accepts', () => {
    const ages = fc.array(fc.option(fc.integer({ min: 0, max: 1095 })), { minLength: 2, maxLength: 12 });
    const days = fc.integer({ min: 1, max: 3650 });
    fc.assert(
      fc.property(ages, days, days, (agesDays, halfLifeDays, unknownDateDays) => {
        const sales = agesDays.map((age, index) => {
          const { date: _today, ...undated } = comp(1000 + index);
          const date = new Date(NOW.getTime() - (age ?? 0) * 86_400_000).toISOString().slice(0, 10);
          return age === null ? undated : { ...undated, date };
        });
        const value = FAIR_MARKET_VALUE.schema.parse({ ...RULES.value, halfLifeDays, unknownDateDays });
        const { sorted, value: result } = valued(sales, { ...RULES, value });
        if (!result) throw new Error('Expected a value');
        const numbers = [...Object.values(result.values), ...Object.values(result.interval), result.confidenceRatio];
        expect(numbers.filter((each) => !Number.isFinite(each))).toEqual([]);
        expect(sorted.sales.every(({ weight }) => weight > 0)).toBe(true);
      }),
      {
        examples: [
          [[1000, 1090], 1, 1],
          [[null, null], 1, 3650],
        ],
      },
    );
  });

  it('refuses values that fall', () => {
    const { defaults } = FAIR_MARKET_VALUE;
    expect(
      messagesOf(FAIR_MARKET_VALUE, { ...defaults, quantiles: { quick: 0.6, market: 0.5, patient: 0.75 } }),
    ).toEqual(['quantiles.market: expected a quantile of at least 0.6, as quantiles.quick is']);
  });
});

describe('COMP_RELEVANCE', () => {
  it('reads titles with empty lists of words', () => {
    const empty = Object.fromEntries(Object.keys(RULES.relevance.lexicon).map((name) => [name, []]));
    const document = COMP_RELEVANCE.schema.parse({ ...COMP_RELEVANCE.defaults, lexicon: empty });
    expect(valued(salesAt(10, 11), { ...RULES, relevance: document }).sorted.sales).toHaveLength(2);
  });

  it('refuses words that are patterns', () => {
    const lexicon = { ...COMP_RELEVANCE.defaults.lexicon, lots: ['lot', '.*'] };
    expect(messagesOf(COMP_RELEVANCE, { ...COMP_RELEVANCE.defaults, lexicon })).toEqual([
      'lexicon.lots.1: expected lower-case words without punctuation',
    ]);
  });
});

describe('MARKET', () => {
  it('keeps liquidity within 0 and 100, whatever document it accepts', () => {
    fc.assert(
      fc.property(
        acceptedBy(MARKET),
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 30 }),
        (document, sales, asks) => {
          const rules = MARKET.schema.parse(document);
          const prices = (count: number) => Array(count).fill(10);
          const score = liquidityOf(salesAt(...prices(sales)), asksAt(...prices(asks)), rules, NOW)?.score ?? -1;
          expect(score >= 0 && score <= 100).toBe(true);
          expect(priceTierOf(0, rules)).toBe('low');
        },
      ),
    );
  });

  it('refuses tiers that do not rise', () => {
    const document = { ...MARKET.defaults, tiersFromCents: { ...MARKET.defaults.tiersFromCents, high: 10_000 } };
    expect(messagesOf(MARKET, document)).toEqual([
      'tiersFromCents.high: expected a tier of more than 10000, as tiersFromCents.medium is',
    ]);
  });
});
