import type { MarketRules } from './market-policy.ts';
import type { Absorption, Liquidity, Pressure } from './market-signals.ts';

export const MARKET_STATES = [
  'unclear_evidence',
  'two_markets',
  'high_risk',
  'overpriced_but_active',
  'fair_but_slow',
  'strong_buy',
  'healthy',
  'balanced',
  'unknown',
] as const;
export type MarketState = (typeof MARKET_STATES)[number];

/** What is known of a market; pressure and liquidity may be unknown. */
export type Market = {
  readonly confidenceRatio: number;
  readonly pressure?: Pressure | undefined;
  readonly liquidity?: Liquidity | undefined;
  readonly absorption: { readonly below: Absorption; readonly above: Absorption };
};

/** The first state whose condition holds. Without asking prices or dates of sales most conditions are unknown, and so is the state. */
export function marketStateOf(
  { confidenceRatio, pressure, liquidity, absorption }: Market,
  { states }: MarketRules,
): MarketState {
  const ratio = pressure?.ratio;
  if (ratio === undefined) return 'unknown';
  if (confidenceRatio < states.unclearConfidenceRatio && Math.abs(ratio) > states.unclearPressureRatio) {
    return 'unclear_evidence';
  }
  const { below, above } = absorption;
  const isHotBelow = (below.salesPerAsk ?? 0) >= states.hotAbsorption;
  const isColdAbove = above.salesPerAsk !== undefined && above.salesPerAsk < states.coldAbsorption;
  if (isHotBelow && isColdAbove) return 'two_markets';
  if (liquidity === undefined) return 'unknown';
  const isSlow = liquidity.score < states.slowBelow;
  if (ratio > states.overpricedRatio) return isSlow ? 'high_risk' : 'overpriced_but_active';
  if (ratio <= states.fairRatio && isSlow) return 'fair_but_slow';
  if (liquidity.score < states.fastFrom || ratio > states.fairRatio) return 'balanced';
  return ratio < 0 ? 'strong_buy' : 'healthy';
}

export const PERSONAS = ['seller', 'buyer', 'collector'] as const;
export type Persona = (typeof PERSONAS)[number];

/** What a state means for who sells, who buys to sell again, and who keeps it. */
export const MARKET_ADVICE: Readonly<Record<MarketState, Readonly<Record<Persona, string>>>> = {
  unclear_evidence: {
    seller: 'Do not price by this value alone: sales disagree with each other, and with what is asked.',
    buyer: 'Wait for more sales, or buy only far below the quick value.',
    collector: 'Compare photos of the sales first: they may be of different variants.',
  },
  two_markets: {
    seller: 'Ask a little below the value: there it sells, above it hardly anything does.',
    buyer: 'Offers below the value go fast; those above it can be negotiated.',
    collector: 'Be quick with a fair offer below the value, and ignore those above it.',
  },
  high_risk: {
    seller: 'Ask close to the market value; at what others ask, little sells.',
    buyer: 'Stay away, or offer no more than the quick value: it may take long to sell again.',
    collector: 'Make a low offer, and wait: sellers ask more than buyers pay.',
  },
  overpriced_but_active: {
    seller: 'It sells, though not at what most ask: price near the market value.',
    buyer: 'Buy at the quick value or below; there are buyers, but not at the asking prices.',
    collector: 'Offer the market value: recent buyers paid that, and no more.',
  },
  fair_but_slow: {
    seller: 'Prices are fair and buyers few: take the quick value, or be patient.',
    buyer: 'Count on a long time to sell; buy only below the quick value.',
    collector: 'A good time to look around: nobody is in a hurry.',
  },
  strong_buy: {
    seller: 'Ask more than the others do: they ask less than buyers pay.',
    buyer: 'Offers are below the value and it sells fast: check the condition, and buy.',
    collector: 'A good time to buy: offers are below what others paid.',
  },
  healthy: {
    seller: 'Ask the market value or a little more: it sells.',
    buyer: 'Little to earn between purchase and sale; look for single offers below the quick value.',
    collector: 'Prices are fair: buy the example that you like.',
  },
  balanced: {
    seller: 'Ask the market value, and expect to wait for the patient one.',
    buyer: 'Buy at the quick value or below.',
    collector: 'Offer the market value; there is no hurry.',
  },
  unknown: {
    seller: 'What others ask, or how fast it sells, is not known: add asking prices and dates of sales.',
    buyer: 'Without asking prices and dates of sales nobody can tell how fast it sells again.',
    collector: 'Rely on the sales alone: what is asked, or how fast it sells, is not known.',
  },
};
