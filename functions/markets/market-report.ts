import { z } from 'zod';
import { PricePrediction } from '../price-models/price-prediction.ts';

const Cents = z.int().nonnegative();

/** Prices of a group. */
const Spread = {
  rows: z.int().positive().describe('Number of listings.'),
  p25Cents: Cents.describe('A quarter of the prices is lower.'),
  medianCents: Cents.describe('Half of the prices are lower.'),
  p75Cents: Cents.describe('Three quarters of the prices are lower.'),
};

const Bin = z.strictObject({
  fromCents: Cents.describe('Included.'),
  toCents: Cents.describe('Excluded; of the last bin included.'),
  rows: z.int().nonnegative().describe('Number of listings.'),
});

const { valueCents, p10Cents, p50Cents, p90Cents, flags } = PricePrediction.shape;

/** A listing whose price lies below the interval that the model has for it. */
export const Opportunity = z.strictObject({
  line: z.int().positive().describe('Line of the file, where the row ends.'),
  what: z.string().describe('Year, make and model.'),
  priceCents: Cents.describe('Its price.'),
  valueCents,
  p10Cents,
  p50Cents,
  p90Cents,
  belowRatio: z.number().describe('How far the price lies below P10, as a share of P10.'),
  potentialCents: Cents.describe('P50 less the price.'),
  flags,
});
export type Opportunity = z.infer<typeof Opportunity>;

/** What a table of vehicles says of its market. */
export const MarketReport = z.strictObject({
  kind: z.literal('vehicle'),
  currency: PricePrediction.shape.currency,
  kindOfPrice: PricePrediction.shape.kindOfPrice,
  model: PricePrediction.shape.model,
  rows: z.int().positive().describe('Listings with a price that could be valued.'),
  prices: z
    .strictObject({
      meanCents: Cents,
      standardDeviationCents: Cents,
      ...Spread,
    })
    .describe('All prices.'),
  histogram: z
    .array(Bin)
    .describe('Prices in bins of equal width, from the lowest to the 99 % quantile, and one above.'),
  makes: z
    .array(
      z.strictObject({
        make: z.string(),
        ...Spread,
        toModelRatio: z
          .number()
          .describe('Median of price over P50: above 1 where more is asked than the model expects.'),
      }),
    )
    .describe('The makes with most listings, most first.'),
  ages: z.array(z.strictObject({ years: z.int(), ...Spread })).describe('Prices by age, in whole model years.'),
  mileages: z
    .array(z.strictObject({ fromMiles: z.int(), toMiles: z.int(), ...Spread }))
    .describe('Prices by odometer reading; `toMiles` is excluded.'),
  depreciation: z
    .array(
      z.strictObject({
        years: z.int(),
        keptRatio: z
          .number()
          .describe('Price at this age over that of the same vehicles at age 0, with the same miles.'),
        lostRatio: z.number().describe('Share of the price of the year before that is lost.'),
      }),
    )
    .describe('The effect of age alone, by the model: means of ages compare other vehicles.'),
  belowInterval: z.strictObject({
    rows: z.int().nonnegative().describe('Listings below their interval, implausible ones left out.'),
    shareRatio: z.number().describe('Of all listings; about a tenth is to be expected.'),
  }),
  implausible: z.strictObject({
    rows: z.int().nonnegative().describe('Listings whose price is so far below P10 that it is hardly their price.'),
    lines: z.array(z.int().positive()).describe('Lines of the first of them.'),
  }),
  opportunities: z
    .array(Opportunity)
    .describe(
      'Listings priced furthest below their interval, first the furthest; without those outside of what the model has learnt.',
    ),
});
export type MarketReport = z.infer<typeof MarketReport>;
