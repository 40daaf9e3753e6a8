import { fetchJson } from './json-client.ts';
import type { ProviderAnswer, ProviderQuestion } from './provider.ts';
import type { ProviderKey } from './provider-keys.ts';
import { readSoldSearch, soldSearch } from './searchapi-answer.ts';

/**
 * Sold listings of eBay by SearchAPI.io, a call of its contract.
 *
 * The key is in a header and not in the address, which proxies write down (https://www.searchapi.io/docs/ebay-search-api).
 */
export async function askSearchApi(
  question: ProviderQuestion,
  { apiKey, url }: ProviderKey<'searchapi'>,
): Promise<ProviderAnswer> {
  const address = new URL('/api/v1/search', url);
  address.search = new URLSearchParams(soldSearch(question)).toString();
  const answer = await fetchJson(address, { headers: { authorization: `Bearer ${apiKey}` } });
  return answer.status === 'failed' ? answer : readSoldSearch(answer.body, question);
}
