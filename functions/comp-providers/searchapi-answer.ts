import { z } from 'zod';
import type { Listing, ProviderAnswer, ProviderQuestion, ReadRow } from './provider.ts';

/** Rows of one answer, the most that the API gives on a page. */
const ROWS = 120;

/** How eBay is searched for prices in a currency, and how these begin there. */
const SITES: Readonly<Record<string, { readonly domain: string; readonly price: RegExp }>> = {
  USD: { domain: 'ebay.com', price: /^(US )?\$/ },
  GBP: { domain: 'ebay.co.uk', price: /^£/ },
  CAD: { domain: 'ebay.ca', price: /^C \$/ },
  AUD: { domain: 'ebay.com.au', price: /^AU \$/ },
};

/** The query parameters of a search of sold listings (https://www.searchapi.io/docs/ebay-search-api). */
export const soldSearch = ({ words, currency }: ProviderQuestion): Record<string, string> => ({
  engine: 'ebay_search',
  ebay_domain: SITES[currency]?.domain ?? '',
  q: words,
  filters: 'sold_listings',
  num: String(ROWS),
});

/**
 * An answer repeats what was searched: it is of sold listings only if it says so, or eBay's own address does. Without results
 * it has an `error` in their place, with status 200.
 */
const Answer = z.object({
  search_metadata: z.object({ status: z.literal('Success'), request_url: z.string().optional() }),
  search_parameters: z.object({ filters: z.string().optional() }),
  organic_results: z.array(z.unknown()).default([]),
});

const Row = z.object({
  item_id: z.union([z.string(), z.int()]).transform(String),
  title: z.string(),
  price: z.string().optional(),
  extracted_price: z.number().optional(),
  is_price_range: z.boolean().optional(),
  shipping: z.string().optional(),
  extracted_shipping: z.number().optional(),
  buying_format: z.string().optional(),
  is_auction: z.boolean().optional(),
  is_best_offer: z.boolean().optional(),
  is_buy_it_now: z.boolean().optional(),
  seller: z.object({ name: z.string().optional() }).optional(),
});
type Row = z.infer<typeof Row>;

/** Reads an answer to `soldSearch`. Rows carry neither the day of the sale nor the number of bids; both stay unknown. */
export function readSoldSearch(body: unknown, { currency }: ProviderQuestion): ProviderAnswer {
  const answer = Answer.safeParse(body);
  if (!answer.success || !isOfSold(answer.data)) return { status: 'failed', failure: 'unreadable' };
  const rows = answer.data.organic_results.slice(0, ROWS).map((row) => readRow(row, currency));
  const isForeign = rows.length > 0 && rows.every((row) => 'rejected' in row && row.rejected === 'unreadable');
  return isForeign ? { status: 'failed', failure: 'unreadable' } : { status: 'answered', rows };
}

const isOfSold = ({ search_metadata, search_parameters }: z.infer<typeof Answer>): boolean =>
  search_parameters.filters === 'sold_listings' || /[?&]LH_Sold=1(&|$)/.test(search_metadata.request_url ?? '');

function readRow(unread: unknown, currency: string): ReadRow {
  const read = Row.safeParse(unread);
  if (!read.success) return { rejected: 'unreadable' };
  const row = read.data;
  const { extracted_price: price } = row;
  // Of a listing with variations the range says not which one was sold.
  if (price === undefined || price <= 0 || row.is_price_range) return { rejected: 'price' };
  if (!SITES[currency]?.price.test(row.price ?? '')) return { rejected: 'currency' };
  const shipping = shippingOf(row);
  if (shipping === undefined) return { rejected: 'shipping' };
  return {
    listing: {
      title: row.title,
      priceCents: Math.round(price * 100) + Math.round(shipping * 100),
      currency,
      format: formatOf(row),
      id: row.item_id,
      seller: row.seller?.name,
    },
  };
}

/** What the buyer pays for shipping; undefined when the row does not say: a price without it is not what was paid. */
function shippingOf({ shipping = '', extracted_shipping }: Row): number | undefined {
  if (extracted_shipping !== undefined) return extracted_shipping >= 0 ? extracted_shipping : undefined;
  return /\bfree\b/i.test(shipping) ? 0 : undefined;
}

/** A price with "best offer" is the list price, at or above what was paid: its format says so. */
function formatOf({ buying_format = '', ...row }: Row): Listing['format'] {
  if (row.is_best_offer || /best offer/i.test(buying_format)) return 'best_offer';
  if (row.is_auction || /\b(auction|bids?)\b/i.test(buying_format)) return 'auction';
  return row.is_buy_it_now || /buy it now/i.test(buying_format) ? 'fixed_price' : undefined;
}
