import { json, type Respond, startVendorServer } from './vendor-server.ts';

export const SEARCHAPI_KEY = 'sk-searchapi-5f1c9e';

export const SOLD_TITLE = '1989 Upper Deck Ken Griffey Jr #1';

/** A row of `organic_results`, with the fields that are documented at https://www.searchapi.io/docs/ebay-search-api. */
export const soldRow = (position: number, dollars: number, changes: object = {}) => ({
  position,
  item_id: `2560000000${position}`,
  title: SOLD_TITLE,
  link: `https://www.ebay.com/itm/2560000000${position}`,
  condition: 'Pre-Owned',
  price: `$${dollars.toFixed(2)}`,
  extracted_price: dollars,
  shipping: '+$4.99 delivery',
  extracted_shipping: 4.99,
  buying_format: 'Buy It Now',
  is_buy_it_now: true,
  seller: { name: `seller_${position}`, reviews: 812, positive_feedback_percent: 99.8 },
  thumbnail: 'https://i.ebayimg.com/images/g/x/s-l500.webp',
  ...changes,
});

/** An answer as documented: it repeats the parameters of the search. */
export const soldAnswer = (
  rows: readonly unknown[],
  parameters: Record<string, string> = { filters: 'sold_listings' },
) => ({
  search_metadata: {
    id: 'search_0Xy',
    status: 'Success',
    created_at: '2026-11-29T09:00:00Z',
    total_time_taken: 2.31,
    request_url: 'https://www.ebay.com/sch/i.html?_nkw=x&LH_Complete=1&LH_Sold=1',
  },
  search_parameters: parameters,
  ...(rows.length > 0 ? { organic_results: rows } : { error: "eBay didn't return any results." }),
});

/** What it answers to a search; rows can be changed by a test. */
export const sold: { rows: readonly unknown[] } = {
  rows: [60, 62, 64].map((dollars, index) => soldRow(index, dollars)),
};

/** Refuses a wrong key and missing parameters, and answers else with `sold.rows`. */
const documented: Respond = ({ method, url, headers }, response) => {
  const parameters = Object.fromEntries(url.searchParams);
  if (method !== 'GET' || url.pathname !== '/api/v1/search') return json(response, 404, { error: 'Not found' });
  if (headers.authorization !== `Bearer ${SEARCHAPI_KEY}`) return json(response, 401, { error: 'Invalid API key.' });
  if (parameters.engine !== 'ebay_search') return json(response, 400, { error: 'Unsupported engine.' });
  if (!parameters.q) return json(response, 400, { error: 'Missing query `q` parameter.' });
  json(response, 200, soldAnswer(sold.rows, parameters));
};

export const startSearchApi = () => startVendorServer(documented);

/** The refusal of a call beyond the plan. */
export const beyondPlan =
  (retryAfter?: string): Respond =>
  (_request, response) =>
    json(
      response,
      429,
      { error: 'You have used all of the searches for the month.' },
      retryAfter === undefined ? {} : { 'retry-after': retryAfter },
    );
