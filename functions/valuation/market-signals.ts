import type { Comp } from './comp.ts';
import { ageDaysOf } from './comp-weight.ts';
import type { MarketRules } from './market-policy.ts';
import { quantileOf } from './weighted.ts';

export const PRICE_TIERS = ['low', 'medium', 'high', 'very_high', 'top'] as const;
export type PriceTier = (typeof PRICE_TIERS)[number];

export function priceTierOf(valueCents: number, { tiersFromCents }: MarketRules): PriceTier {
  return PRICE_TIERS.findLast((tier) => valueCents >= tiersFromCents[tier]) ?? 'low';
}

export const PRESSURE_BANDS = ['below_value', 'healthy', 'optimistic', 'resistance', 'unrealistic'] as const;
export type PressureBand = (typeof PRESSURE_BANDS)[number];

/** How far asking prices are above the value. */
export type Pressure = { readonly ratio: number; readonly band: PressureBand; readonly medianAsk: number };

/** By the median asking price, of which each seller has one: who lists twenty is one seller. Undefined without asking prices. */
export function pressureOf(asks: readonly Comp[], value: number, rules: MarketRules): Pressure | undefined {
  if (asks.length === 0) return undefined;
  const anonymous = asks.filter(({ seller }) => seller === undefined).map((ask) => [ask]);
  const named = Map.groupBy(
    asks.filter(({ seller }) => seller !== undefined),
    ({ source, seller }) => `${source} ${seller}`,
  );
  const medianAsk = medianOf(
    [...anonymous, ...named.values()].map((own) => medianOf(own.map((ask) => ask.priceCents))),
  );
  const ratio = (medianAsk - value) / value;
  return { ratio, band: pressureBandOf(ratio, rules), medianAsk };
}

const medianOf = (prices: readonly number[]): number =>
  quantileOf(
    prices.map((price) => ({ price, weight: 1 })),
    0.5,
  );

function pressureBandOf(ratio: number, { pressureUpToRatio }: MarketRules): PressureBand {
  if (ratio < 0) return 'below_value';
  if (ratio <= pressureUpToRatio.healthy) return 'healthy';
  if (ratio <= pressureUpToRatio.optimistic) return 'optimistic';
  return ratio <= pressureUpToRatio.resistance ? 'resistance' : 'unrealistic';
}

/** How fast it sells. */
export type Liquidity = {
  /** 0 … 100 */
  readonly score: number;
  /** sales, each half after the half-life, for each fixed-price ask */
  readonly salesPerAsk: number;
  /** sales without a date, which say nothing of how fast it sells */
  readonly undatedSales: number;
};

/** Undefined when no sale has a date, or when nobody is known to ask: then the pace, or the supply, is unknown. */
export function liquidityOf(
  sales: readonly Comp[],
  asks: readonly Comp[],
  rules: MarketRules,
  now: Date,
): Liquidity | undefined {
  const ages = sales.map((sale) => ageDaysOf(sale, now)).filter((age) => age !== undefined);
  const fixedPriceAsks = asks.filter(({ format }) => format !== 'auction').length;
  if (ages.length === 0 || fixedPriceAsks === 0) return undefined;
  const fresh = ages.reduce((sum, age) => sum + 2 ** (-age / rules.liquidityHalfLifeDays), 0);
  const salesPerAsk = fresh / fixedPriceAsks;
  return { score: scoreAt(salesPerAsk, rules), salesPerAsk, undatedSales: sales.length - ages.length };
}

function scoreAt(salesPerAsk: number, { liquidityPoints }: MarketRules): number {
  const above = liquidityPoints.findIndex((point) => point.salesPerAsk >= salesPerAsk);
  const [lower, upper] = [liquidityPoints[above - 1], liquidityPoints[above]];
  if (!upper) return liquidityPoints.at(-1)?.score ?? 0;
  if (!lower) return upper.score;
  const share = (salesPerAsk - lower.salesPerAsk) / (upper.salesPerAsk - lower.salesPerAsk);
  return lower.score + share * (upper.score - lower.score);
}

/** Sales and asking prices in a band of prices, and sales for each ask; without a ratio where nobody asks. */
export type Absorption = { readonly sales: number; readonly asks: number; readonly salesPerAsk?: number };

export const ABSORPTION_BANDS = ['below', 'around', 'above'] as const;

export function absorptionOf(sales: readonly Comp[], asks: readonly Comp[], value: number, rules: MarketRules) {
  const reach = rules.absorptionBandRatio * value;
  const bandOf = ({ priceCents }: Comp): (typeof ABSORPTION_BANDS)[number] => {
    if (priceCents < value - reach) return 'below';
    return priceCents > value + reach ? 'above' : 'around';
  };
  const inBand = (band: (typeof ABSORPTION_BANDS)[number]): Absorption => {
    const sold = sales.filter((sale) => bandOf(sale) === band).length;
    const asked = asks.filter((ask) => bandOf(ask) === band).length;
    return { sales: sold, asks: asked, ...(asked > 0 && { salesPerAsk: sold / asked }) };
  };
  return { below: inBand('below'), around: inBand('around'), above: inBand('above') };
}
