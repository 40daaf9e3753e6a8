import { SOLD_TITLE } from './searchapi-server.ts';
import { json, type Respond, startVendorServer } from './vendor-server.ts';

export const EBAY_KEY = { clientId: 'Fettle-test-PRD-1a2b3c', clientSecret: 'PRD-secret-9z8y7x' };

/** A row of `itemSummaries`, as documented at https://developer.ebay.com/api-docs/buy/browse/types/gct:ItemSummary. */
export const askRow = (position: number, dollars: number, changes: object = {}) => ({
  itemId: `v1|33469174956${position}|0`,
  legacyItemId: `33469174956${position}`,
  title: SOLD_TITLE,
  leafCategoryIds: ['261328'],
  price: { value: dollars.toFixed(2), currency: 'USD' },
  seller: { username: `shop_${position}`, feedbackPercentage: '99.9', feedbackScore: 31_327 },
  condition: 'Ungraded',
  shippingOptions: [{ shippingCostType: 'FIXED', shippingCost: { value: '4.00', currency: 'USD' } }],
  buyingOptions: ['FIXED_PRICE', 'BEST_OFFER'],
  itemWebUrl: `https://www.ebay.com/itm/33469174956${position}`,
  ...changes,
});

export const askAnswer = (rows: readonly unknown[]) => ({
  href: 'https://api.ebay.com/buy/browse/v1/item_summary/search?q=x&limit=200&offset=0',
  total: rows.length,
  limit: 200,
  offset: 0,
  ...(rows.length > 0 && { itemSummaries: rows }),
});

/** What it answers to a search, and the tokens that it has given; both can be changed by a test. */
export const ebay: { rows: readonly unknown[]; tokens: string[]; expiresSeconds: number } = {
  rows: [80, 90].map((dollars, index) => askRow(index, dollars)),
  tokens: [],
  expiresSeconds: 7200,
};

const problem = (errorId: number, message: string) => ({
  errors: [{ errorId, domain: 'API_BROWSE', category: 'REQUEST', message }],
});

const giveToken: Respond = ({ headers, body }, response) => {
  const basic = Buffer.from(`${EBAY_KEY.clientId}:${EBAY_KEY.clientSecret}`).toString('base64');
  const { grant_type, scope } = Object.fromEntries(new URLSearchParams(body));
  if (headers.authorization !== `Basic ${basic}`) {
    return json(response, 401, { error: 'invalid_client', error_description: 'client authentication failed' });
  }
  if (grant_type !== 'client_credentials') return json(response, 400, { error: 'unsupported_grant_type' });
  if (scope !== 'https://api.ebay.com/oauth/api_scope') return json(response, 400, { error: 'invalid_scope' });
  const access_token = `v^1.1#i^1#${ebay.tokens.length}`;
  ebay.tokens.push(access_token);
  json(response, 200, { access_token, expires_in: ebay.expiresSeconds, token_type: 'Application Access Token' });
};

const search: Respond = ({ url, headers }, response) => {
  const { q, limit, filter } = Object.fromEntries(url.searchParams);
  const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
  if (!ebay.tokens.includes(token)) return json(response, 401, problem(1001, 'Invalid access token'));
  if (!headers['x-ebay-c-marketplace-id']) return json(response, 400, problem(12_023, 'Missing marketplace'));
  if (!q || q.length > 100) return json(response, 400, problem(12_001, 'The call must have a valid q.'));
  if (!/^\d+$/.test(limit ?? '') || Number(limit) > 200) return json(response, 400, problem(12_006, 'Invalid limit'));
  if (filter !== 'buyingOptions:{FIXED_PRICE}') return json(response, 400, problem(12_015, 'Invalid filter'));
  json(response, 200, askAnswer(ebay.rows));
};

/** Gives tokens for the right client, and answers searches that carry one. */
const documented: Respond = (request, response) => {
  const { method, url } = request;
  if (method === 'POST' && url.pathname === '/identity/v1/oauth2/token') return giveToken(request, response);
  if (method === 'GET' && url.pathname === '/buy/browse/v1/item_summary/search') return search(request, response);
  json(response, 404, problem(2002, 'Resource not found'));
};

export const startEbay = () => startVendorServer(documented);

/** Answers searches with this status and the documented errors, and tokens as documented. */
export const searchRefused =
  (status: number, errorId: number, message: string): Respond =>
  (request, response) =>
    request.method === 'POST' ? giveToken(request, response) : json(response, status, problem(errorId, message));
