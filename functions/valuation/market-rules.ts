/** The bands in which the market of a thing is described. The bands are those of dealers of collectibles, chosen by eye. */
export const MARKET_RULES = {
  /** value from which a tier begins, in cents of the comps' currency */
  tiersFromCents: { low: 0, medium: 10_000, high: 50_000, very_high: 200_000, top: 1_000_000 },
  /** (median asking price - value) / value up to which a band reaches; above the last it is unrealistic */
  pressureUpToRatio: { healthy: 0.15, optimistic: 0.3, resistance: 0.5 },
  /** days after which a sale counts half for liquidity: a fortnight */
  liquidityHalfLifeDays: 14,
  /** liquidity 0 … 100 by fresh sales for each fixed-price ask, linear between the points; beyond the last it stays */
  liquidityPoints: [
    { salesPerAsk: 0.08, score: 10 },
    { salesPerAsk: 0.2, score: 25 },
    { salesPerAsk: 0.5, score: 50 },
    { salesPerAsk: 1, score: 80 },
    { salesPerAsk: 2, score: 100 },
  ],
  /** absorption is measured below, around and above the value: around is within this of it */
  absorptionBandRatio: 0.1,
  /** bounds of the states of a market */
  states: {
    /** confidence below which, with a pressure beyond `unclearPressureRatio`, the evidence is not clear */
    unclearConfidenceRatio: 0.3,
    unclearPressureRatio: 0.2,
    /** absorption below the value from which, with one above it under `coldAbsorption`, there are two markets */
    hotAbsorption: 1.5,
    coldAbsorption: 0.3,
    /** pressure above which sellers ask too much */
    overpricedRatio: 0.3,
    /** pressure up to which prices are fair */
    fairRatio: 0.15,
    /** liquidity below which buyers are rare, and from which they are many */
    slowBelow: 50,
    fastFrom: 70,
  },
} as const;
