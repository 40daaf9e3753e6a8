/**
 * How comps become a value. The table of formats, the fences of outliers, the shares of volume and the bands are those that
 * dealers of collectibles use; half-life, blend with asking prices and confidence were chosen by eye; `separation` and the
 * interval were measured on generated sales (docs/valuation.md).
 */
export const VALUE_RULES = {
  /** weight of a sale by its format: an auction has found the market's price, a fixed price one buyer */
  formatWeights: { auction: 1.5, best_offer: 1.1, fixed_price: 0.8 },
  /** what an auction gains from its number of bids; the largest that it reaches counts */
  bidBonuses: [
    { fromBids: 3, bonus: 0.25 },
    { fromBids: 10, bonus: 0.5 },
    { fromBids: 20, bonus: 1 },
  ],
  /** the least weight by format and bids */
  leastFormatWeight: 0.5,
  /** and the largest: no single sale outweighs four at fixed prices */
  mostFormatWeight: 3,
  /** days after which a sale weighs half: a quarter of a year, in which prices of collectibles move by less than they scatter */
  halfLifeDays: 90,
  /** a sale of unknown date weighs as if it were so old: one half-life */
  unknownDateDays: 90,
  /** days after which an asking price is no longer one: nobody knows whether it still stands */
  askingDays: 45,
  /** sales that make a value */
  leastSales: 2,
  /** sales from which outliers and variants are looked for */
  leastSalesForGroups: 4,
  /** fences of outliers, in interquartile ranges beyond the quartiles: wider for fewer sales than `thinBelow` */
  fences: { thinBelow: 10, thin: 2, usual: 1.5 },
  /**
   * Two variants when the gap between two prices is at least max(least, scale / (n - 2)) standard deviations within the groups.
   * Measured: at most 1 % of samples of 4 to 60 sales of one thing are split, and two variants of which one costs twice the other
   * are found in 69 % of samples of 6 + 6 sales, and in 93 % of 20 + 20
   */
  separation: { least: 3, scale: 50 },
  /** of all sales, which a variant has at least; and two sales */
  leastVariantShare: 0.1,
  /** value = share x sales + (1 - share) x asking prices, by asking prices for each sale */
  blend: {
    /** asking prices for each sale, above which there is too much supply */
    oversuppliedAbove: 2,
    /** and below which there is too little */
    scarceBelow: 0.5,
    /** share of the sales in the value */
    shares: { oversupplied: 0.55, balanced: 0.75, scarce: 0.9 },
    /** more of the sales in the patient value: who asks much may wait for ever */
    patientBonus: 0.1,
    /** asking prices count within so many interquartile ranges of the sales' quartiles */
    reach: 1,
    /** so many of them at least */
    leastAsks: 3,
  },
  /** comps that wait for a person when they arrive: the same sale again within so many days, or so many times the median of so many sales of the same title; chosen by eye */
  intake: { relistingDays: 30, outlierSales: 5, outlierTimes: 4 },
  /** quick, market and patient value: quantiles of the sales */
  quantiles: { quick: 0.25, market: 0.5, patient: 0.75 },
  /** weight of the spread on both sides in the spread on one side, in sales */
  sideShrinkSales: 4,
  /** confidence = 1 / (1 + relative error of the next sale), starting from what so many sales of such a spread would say */
  confidence: { priorSpreadRatio: 0.3, priorSales: 0.25 },
  /** least confidence of each band */
  confidenceBands: { excellent: 0.85, good: 0.7, moderate: 0.55, high_variation: 0.4 },
  /** share of sales that weigh more than 1 by format and bids; sales that a level needs; spread beyond which it falls by one */
  volume: { highShare: 0.6, mediumShare: 0.3, highSales: 5, mediumSales: 3, wideSpreadRatio: 0.5 },
} as const;
