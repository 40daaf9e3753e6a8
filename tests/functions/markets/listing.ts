import type { Listing } from '../../../functions/markets/listings.ts';
import type { PriceFacts } from '../../../functions/price-models/price-facts.ts';
import type { PricePrediction } from '../../../functions/price-models/price-prediction.ts';

/** An estimate with this median, and an interval of 20 % on either side. */
export const estimateOf = (p50Cents: number, flags: PricePrediction['flags'] = []): PricePrediction => ({
  valueCents: p50Cents,
  p10Cents: Math.round(0.8 * p50Cents),
  p50Cents,
  p90Cents: Math.round(1.2 * p50Cents),
  currency: 'USD',
  kindOfPrice: 'asking',
  vintage: { from: '2018-05-01', to: '2019-04-19' },
  interval: {
    levelRatio: 0.8,
    coverageRatio: 0.8,
    band: { fromCents: 0, toCents: 1, coverageRatio: 0.8 },
    heldOutRows: 1,
  },
  flags,
  contributions: [],
  baseCents: 0,
  model: { name: 'vehicle-us', version: '1.0.0' },
  inputsHash: '',
});

/** A listing of a Ford, which the model values at 10,000 dollars. */
export const listing = (line: number, priceCents: number, facts: PriceFacts = {}, p50Cents = 1_000_000): Listing => ({
  line,
  facts: { model: 'ford f-150', modelYear: 2015, odometerMiles: 50_000, ...facts },
  priceCents,
  estimate: estimateOf(p50Cents),
});
