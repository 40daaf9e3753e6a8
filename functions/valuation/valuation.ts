import { z } from 'zod';
import { PolicyUses } from '../platform/policy-use.ts';
import { SUPPLIES } from './blend-asks.ts';
import { Comp } from './comp.ts';
import { CONFIDENCE_BANDS, VOLUME_LEVELS } from './confidence.ts';
import { PRESSURE_BANDS, PRICE_TIERS } from './market-signals.ts';
import { MARKET_STATES } from './market-state.ts';
import { DROP_REASONS } from './value-comps.ts';

const Cents = z.int().nonnegative();
const Ratio = z.number().min(0).max(1);

const Judged = z.strictObject({
  compId: z.string().describe('Id of the comp.'),
  comp: Comp.describe('The comp itself.'),
  relevanceRatio: Ratio.describe('How far it is the thing of the query: the product of the factors of `differences`.'),
  differences: z
    .array(
      z.strictObject({
        rule: z.string().describe('Name of the rule, as in the policy `comp-relevance`.'),
        factorRatio: Ratio.describe('What the difference leaves of the relevance.'),
        text: z.string().describe('The difference in words.'),
      }),
    )
    .describe('How its title differs from the query.'),
});

const KeptComp = Judged.extend({
  role: z
    .enum(['sale', 'ask', 'blended_ask', 'other_variant'])
    .describe(
      '`sale`: the value rests on it. `blended_ask`: an asking price that moved the value; `ask`: one that did not. `other_variant`: a sale of another variant, by its price.',
    ),
  weight: z.number().nonnegative().describe('formatWeight x recencyRatio x relevanceRatio.'),
  formatWeight: z.number().describe('Weight by way of sale and bids.'),
  recencyRatio: Ratio.describe('What its age leaves of the weight; a sale of unknown date counts as the policy says.'),
  isListPrice: z.boolean().describe('The price is the list price of an accepted offer: the sale was at or below it.'),
});

const DroppedComp = Judged.extend({
  reason: z.enum(DROP_REASONS).describe('Why it does not count.'),
  why: z.string().describe('The reason in words, with its numbers.'),
});

const Zone = z.strictObject({
  fromCents: Cents.describe('Lower end, a price of the evidence, in cents.'),
  toCents: Cents.describe('Upper end, a price of the evidence, in cents.'),
  centreCents: Cents.describe('Its densest place, in cents.'),
});

const Absorption = z.strictObject({
  sales: z.int().nonnegative().describe('Number of sales.'),
  asks: z.int().nonnegative().describe('Number of asking prices.'),
  salesPerAsk: z.number().optional().describe('Sales for each ask; absent where nobody asks.'),
});

const Value = z
  .strictObject({
    quickCents: Cents.describe('What a quick sale brings: about a quarter of sales are at or below it.'),
    marketCents: Cents.describe('The market value: about half of the sales are at or below it.'),
    patientCents: Cents.describe('What patience brings: about a quarter of sales are above it.'),
    interval: z
      .strictObject({
        fromCents: Cents.describe('Lower end, in cents.'),
        toCents: Cents.describe('Upper end, in cents.'),
        levelRatio: Ratio.describe('Share of next sales that should be within.'),
      })
      .describe('Where the next sale should be. Few, old or doubtful sales widen it.'),
    confidenceRatio: Ratio.describe('1 / (1 + relative error to expect of the next sale).'),
    confidenceBand: z.enum(CONFIDENCE_BANDS).describe('The band of the confidence.'),
    volume: z.enum(VOLUME_LEVELS).describe('How much of the evidence was sold in competition.'),
    evidence: z.number().describe('Sales by relevance and recency: an old or doubtful one counts less than one.'),
    salesShareRatio: Ratio.describe('Share of the sales in quick and market value; the rest are asking prices.'),
    priceTier: z.enum(PRICE_TIERS).describe('Tier of the market value.'),
  })
  .describe('The value; an estimate, not a promise.');

const Market = z
  .strictObject({
    state: z.enum(MARKET_STATES).describe('State of the market; `unknown` without asking prices or dates of sales.'),
    advice: z
      .strictObject({
        seller: z.string().describe('For who sells.'),
        buyer: z.string().describe('For who buys to sell again.'),
        collector: z.string().describe('For who buys to keep.'),
      })
      .describe('What it means.'),
    supply: z.enum(SUPPLIES).describe('By asking prices for each sale.'),
    pressure: z
      .strictObject({
        ratio: z.number().describe('(median ask - market value) / market value.'),
        band: z.enum(PRESSURE_BANDS).describe('The band of the pressure.'),
        medianAskCents: Cents.describe('Median asking price, one for each seller, in cents.'),
      })
      .optional()
      .describe('How far asking prices are above the value; absent when nobody is known to ask.'),
    liquidity: z
      .strictObject({
        score: z.number().min(0).max(100).describe('0 … 100.'),
        salesPerAsk: z.number().describe('Fresh sales for each fixed-price ask.'),
        undatedSales: z.int().nonnegative().describe('Sales without a date, which say nothing of it.'),
      })
      .optional()
      .describe('How fast it sells; absent when no sale has a date or nobody is known to ask.'),
    absorption: z
      .strictObject({
        below: Absorption.describe('Below the value.'),
        around: Absorption.describe('Around the value.'),
        above: Absorption.describe('Above the value.'),
      })
      .describe('Sales and asking prices by their distance to the value.'),
    buyerZone: Zone.optional().describe('The shortest range with 60 % of the weight of the sales; absent below three.'),
    sellerZone: Zone.optional().describe('The same of the asking prices.'),
  })
  .describe('The market around the value.');

const Variant = z.strictObject({
  fromCents: Cents.describe('Its lowest price, in cents.'),
  toCents: Cents.describe('Its highest price, in cents.'),
  medianCents: Cents.describe('Its median price, in cents.'),
  sales: z.int().positive().describe('Number of its sales.'),
  compIds: z.array(z.string()).describe('Ids of its sales, the most weighty ones where there are many.'),
});

/** The answer to a query: value, market, and every comp with its part in it. */
export const Valuation = z
  .strictObject({
    status: z
      .enum(['valued', 'too_few_sales'])
      .describe('`too_few_sales`: there is no value; asking prices alone make none.'),
    query: z.string().describe('The query.'),
    kind: z.string().describe('Kind of the thing.'),
    currency: z.string().describe('ISO 4217 code of the currency of every amount.'),
    valuedOn: z.iso.date().describe('UTC day of the valuation.'),
    inputsHash: z
      .string()
      .describe('SHA-256 of the question (kind, query and currency as a JSON list), in hexadecimal.'),
    value: Value.optional(),
    market: Market.optional(),
    variants: z
      .array(Variant)
      .describe('Other variants among the relevant sales, by price: the same words, another thing.'),
    kept: z.array(KeptComp).describe('Comps that count, the most weighty first: a page of them.'),
    keptCount: z.int().nonnegative().describe('Number of comps that count, on all pages.'),
    dropped: z
      .array(DroppedComp)
      .describe('Comps that do not count, each with its reason, the most weighty first: a page of them.'),
    droppedCount: z.int().nonnegative().describe('Number of comps that do not count, on all pages.'),
    compsSha256: z
      .string()
      .describe(
        'SHA-256 of every comp kept and dropped, with price, weight and part: the same digest is the same evidence.',
      ),
    policies: PolicyUses,
  })
  .meta({
    id: 'Valuation',
    description: 'What a thing is worth by comparable sales, with everything that it rests on.',
  });
export type Valuation = z.infer<typeof Valuation>;
