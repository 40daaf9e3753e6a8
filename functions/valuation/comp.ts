import { z } from 'zod';
import { CurrencyCode } from '../platform/currency-code.ts';

/** The largest price of a comp, in cents: ten million units of its currency. */
const LARGEST_PRICE_CENTS = 1_000_000_000;

/** The longest title, in characters; marketplaces allow 80. */
const LONGEST_TITLE = 300;

export const CompStatus = z
  .enum(['sold', 'asking'])
  .describe('`sold`: somebody paid; `asking`: somebody asks. An asking price alone never makes a value.');
export type CompStatus = z.infer<typeof CompStatus>;

export const SaleFormat = z
  .enum(['auction', 'fixed_price', 'best_offer'])
  .describe('How it was, or is, sold. `best_offer`: a fixed price at which a lower offer was accepted.');
export type SaleFormat = z.infer<typeof SaleFormat>;

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * One dated price of something comparable. The price is what the buyer pays in all, shipping included.
 *
 * `date` is the UTC day of the sale, or on which the asking price was seen; without it the date is unknown, never today.
 */
export const Comp = z
  .strictObject({
    title: z.string().trim().min(1).max(LONGEST_TITLE).describe('What was sold, in the words of its seller.'),
    status: CompStatus,
    priceCents: z
      .int()
      .min(1)
      .max(LARGEST_PRICE_CENTS)
      .describe('What the buyer pays in all, shipping included, in cents of `currency`.'),
    currency: CurrencyCode.describe('ISO 4217 code of the currency of `priceCents`, such as USD.'),
    date: z.iso
      .date()
      .regex(DAY)
      .optional()
      .describe('UTC day of the sale, or on which the asking price was seen. Absent when unknown.'),
    format: SaleFormat.optional(),
    bids: z.int().min(0).max(10_000).optional().describe('Number of bids of an auction; absent when unknown.'),
    priceIs: z
      .enum(['paid', 'list'])
      .optional()
      .describe(
        'Whether the price was paid or is the list price. The default is `list` for `best_offer`, whose accepted offer marketplaces rarely disclose, and else `paid`.',
      ),
    source: z.string().trim().min(1).max(60).describe('Where the price is from, such as "ebay" or "own sales".'),
    sourceId: z
      .string()
      .trim()
      .min(1)
      .max(120)
      .optional()
      .describe(
        'Its id at the source. A second row with the same source, id and status is the same comp, and renews it.',
      ),
    seller: z.string().trim().min(1).max(120).optional().describe("The seller's name at the source."),
  })
  .check(({ value: { format, bids }, issues }) => {
    if (bids === undefined || format === 'auction') return;
    const message = `expected no bids on what is no auction; format is ${format ?? 'absent'}`;
    issues.push({ code: 'custom', path: ['bids'], input: bids, message });
  })
  .meta({ id: 'Comp', description: 'One dated price of something comparable, sold or asking.' });
export type Comp = z.infer<typeof Comp>;

/** A comp with its id among those of a workspace. */
export type NamedComp = Comp & {
  readonly compId: string;
  /** the UTC day on which it was stored: a sale of unknown day was not later */
  readonly storedOn?: string;
};

/** Whether the price is a list price, so that the sale was at or below it. */
export const isListPrice = ({ status, format, priceIs }: Comp): boolean =>
  status === 'sold' && (priceIs ?? (format === 'best_offer' ? 'list' : 'paid')) === 'list';
