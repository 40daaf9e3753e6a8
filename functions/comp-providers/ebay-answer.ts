import { z } from 'zod';
import type { ProviderAnswer, ProviderQuestion, ReadRow } from './provider.ts';

/** Rows of one answer, the most that the API gives on a page. */
const ROWS = 200;

/** eBay's marketplaces by their currency. */
const MARKETPLACES: Readonly<Record<string, string>> = {
  USD: 'EBAY_US',
  GBP: 'EBAY_GB',
  EUR: 'EBAY_DE',
  CAD: 'EBAY_CA',
  AUD: 'EBAY_AU',
};

export const marketplaceOf = ({ currency }: ProviderQuestion): string => MARKETPLACES[currency] ?? '';

/**
 * The query parameters of a search of fixed prices: what an auction has reached is no price that anybody asks
 * (https://developer.ebay.com/api-docs/buy/browse/resources/item_summary/methods/search).
 */
export const askSearch = ({ words }: ProviderQuestion): Record<string, string> => ({
  q: words,
  limit: String(ROWS),
  filter: 'buyingOptions:{FIXED_PRICE}',
});

/** Without results there are no `itemSummaries`, and `total` is 0. */
const Answer = z.object({ total: z.int().nonnegative(), itemSummaries: z.array(z.unknown()).optional() });

/** An amount as eBay writes them, such as {"value": "189.99", "currency": "USD"}. */
const Amount = z.object({ value: z.string().regex(/^-?\d{1,12}(\.\d+)?$/), currency: z.string() });
type Amount = z.infer<typeof Amount>;

const Row = z.object({
  itemId: z.string(),
  title: z.string(),
  price: Amount.optional(),
  shippingOptions: z.array(z.object({ shippingCost: Amount.optional() })).default([]),
  buyingOptions: z.array(z.string()).default([]),
  itemGroupType: z.string().optional(),
  seller: z.object({ username: z.string().optional() }).optional(),
});
type Row = z.infer<typeof Row>;

/** Reads an answer to `askSearch`. */
export function readAskSearch(body: unknown, { currency }: ProviderQuestion): ProviderAnswer {
  const answer = Answer.safeParse(body);
  if (!answer.success || (answer.data.total > 0 && !answer.data.itemSummaries)) return UNREADABLE;
  const rows = (answer.data.itemSummaries ?? []).slice(0, ROWS).map((row) => readRow(row, currency));
  const isForeign = rows.length > 0 && rows.every((row) => 'rejected' in row && row.rejected === 'unreadable');
  return isForeign ? UNREADABLE : { status: 'answered', rows };
}

const UNREADABLE = { status: 'failed', failure: 'unreadable' } as const;

function readRow(unread: unknown, currency: string): ReadRow {
  const read = Row.safeParse(unread);
  if (!read.success) return { rejected: 'unreadable' };
  const { price, buyingOptions, itemGroupType, ...row } = read.data;
  // Of a listing with variations the price is that of one of them, and the title that of all.
  if (!price || centsOf(price) <= 0 || itemGroupType || !buyingOptions.includes('FIXED_PRICE'))
    return { rejected: 'price' };
  if (price.currency !== currency) return { rejected: 'currency' };
  const shippingCents = shippingCentsOf(row, currency);
  if (shippingCents === undefined) return { rejected: 'shipping' };
  return {
    listing: {
      title: row.title,
      priceCents: centsOf(price) + shippingCents,
      currency,
      format: 'fixed_price',
      id: row.itemId,
      seller: row.seller?.username,
    },
  };
}

const centsOf = ({ value }: Amount): number => Math.round(Number(value) * 100);

/** The cheapest shipping whose cost is known; undefined when none is. */
function shippingCentsOf({ shippingOptions }: Pick<Row, 'shippingOptions'>, currency: string): number | undefined {
  const known = shippingOptions.flatMap(({ shippingCost }) =>
    shippingCost?.currency === currency && centsOf(shippingCost) >= 0 ? [centsOf(shippingCost)] : [],
  );
  return known.length > 0 ? Math.min(...known) : undefined;
}
