import { z } from 'zod';
import { askSearch, marketplaceOf, readAskSearch } from './ebay-answer.ts';
import { fetchJson } from './json-client.ts';
import type { ProviderAnswer, ProviderQuestion } from './provider.ts';
import type { ProviderKey } from './provider-keys.ts';

/** For how long the token and the search are waited for: together as long as for a provider without a token. */
const WAIT_MILLISECONDS = { token: 4_000, search: 8_000 } as const;

/** A token is used until a minute before its end, so that none expires on its way. */
const EARLY_SECONDS = 60;

/** For searches that need no user (https://developer.ebay.com/api-docs/static/oauth-client-credentials-grant.html). */
const SCOPE = 'https://api.ebay.com/oauth/api_scope';

const Token = z.object({ access_token: z.string().regex(/^[\x21-\x7e]{1,8192}$/), expires_in: z.number().positive() });

/** The token of this instance, with the key that it was given for; eBay gives 1,000 a day, each for two hours. */
let kept: { readonly keyName: string; readonly token: string; readonly untilMs: number } | undefined;

/** Fixed prices of eBay, by its Browse API. */
export async function askEbay(question: ProviderQuestion, key: ProviderKey<'ebay'>): Promise<ProviderAnswer> {
  const given = await tokenOf(key, Date.now());
  if (given.status === 'failed') return given;
  const address = new URL('/buy/browse/v1/item_summary/search', key.url);
  address.search = new URLSearchParams(askSearch(question)).toString();
  const headers = { authorization: `Bearer ${given.token}`, 'x-ebay-c-marketplace-id': marketplaceOf(question) };
  const answer = await fetchJson(address, { headers }, WAIT_MILLISECONDS.search);
  if (answer.status === 'received') return readAskSearch(answer.body, question);
  // A token that was revoked is used no more.
  if (answer.failure === 'key_refused') kept = undefined;
  return answer;
}

const nameOf = ({ url, clientId, clientSecret }: ProviderKey<'ebay'>): string =>
  [url, clientId, clientSecret].join('\n');

type Given = { readonly status: 'given'; readonly token: string } | Extract<ProviderAnswer, { status: 'failed' }>;

async function tokenOf(key: ProviderKey<'ebay'>, nowMs: number): Promise<Given> {
  if (kept?.keyName === nameOf(key) && nowMs < kept.untilMs) return { status: 'given', token: kept.token };
  const answer = await fetchJson(
    new URL('/identity/v1/oauth2/token', key.url),
    {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${key.clientId}:${key.clientSecret}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope: SCOPE }).toString(),
    },
    WAIT_MILLISECONDS.token,
  );
  // A wrong client is refused with 400 or 401 (OAuth 2.0, RFC 6749, 5.2).
  if (answer.status === 'failed') {
    return answer.failure === 'request_refused' ? { ...answer, failure: 'key_refused' } : answer;
  }
  const token = Token.safeParse(answer.body);
  if (!token.success) return { status: 'failed', failure: 'unreadable' };
  const { access_token, expires_in } = token.data;
  kept = { keyName: nameOf(key), token: access_token, untilMs: nowMs + (expires_in - EARLY_SECONDS) * 1000 };
  return { status: 'given', token: access_token };
}
