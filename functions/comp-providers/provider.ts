import { z } from 'zod';
import type { AssetKind } from '../assets/asset.ts';

export const PROVIDER_NAMES = ['searchapi', 'ebay'] as const;
export const ProviderName = z
  .enum(PROVIDER_NAMES)
  .describe('`searchapi`: sold listings of eBay, by SearchAPI.io. `ebay`: fixed prices of eBay, by its Browse API.');
export type ProviderName = z.infer<typeof ProviderName>;

/** A provider of comps, as far as no key is needed to know it. */
export type Provider = {
  /** what people call it */
  readonly title: string;
  /** the `source` of its comps, which nobody else's comps may have */
  readonly source: string;
  readonly status: 'sold' | 'asking';
  /** for how long it is not asked the same again */
  readonly freshSeconds: number;
  /** the currencies in which it is asked */
  readonly currencies: readonly string[];
};

/** Every provider. */
export const PROVIDERS: Readonly<Record<ProviderName, Provider>> = {
  searchapi: {
    title: 'SearchAPI.io',
    source: 'searchapi.io',
    status: 'sold',
    /** sold listings change slowly: half an hour */
    freshSeconds: 1800,
    // Where prices have a decimal point: the API says not how it reads the others.
    currencies: ['USD', 'GBP', 'CAD', 'AUD'],
  },
  ebay: {
    title: 'eBay Browse',
    source: 'api.ebay.com',
    status: 'asking',
    /** asking prices come and go: five minutes */
    freshSeconds: 300,
    currencies: ['USD', 'GBP', 'EUR', 'CAD', 'AUD'],
  },
};

/** The kinds that marketplaces list in great number and that a title describes. */
const KINDS_LISTED: readonly AssetKind[] = ['collectible', 'product'];

/** What a provider is asked. */
export type ProviderQuestion = {
  readonly kind: AssetKind;
  /** the query as it is sent, and by which an answer is found fresh */
  readonly words: string;
  readonly currency: string;
};

/** Why a provider cannot be asked this; undefined when it can. */
export function whyNotOffered(
  { title, currencies }: Provider,
  { kind, currency }: Pick<ProviderQuestion, 'kind' | 'currency'>,
): string | undefined {
  if (!KINDS_LISTED.includes(kind)) return `${title} is asked for ${KINDS_LISTED.join(' and ')} only, not for ${kind}.`;
  if (currencies.includes(currency)) return undefined;
  return `${title} is asked for prices in ${currencies.join(', ')} only, not in ${currency}.`;
}

export const REJECTIONS = ['price', 'currency', 'shipping', 'unreadable'] as const;
export type Rejection = (typeof REJECTIONS)[number];

export const FAILURES = [
  'unreachable',
  'timed_out',
  'rate_limited',
  'key_refused',
  'request_refused',
  'server_error',
  'unreadable',
] as const;
export type Failure = (typeof FAILURES)[number];

/** A price that a provider lists. */
export type Listing = {
  readonly title: string;
  /** what the buyer pays in all, shipping included */
  readonly priceCents: number;
  readonly currency: string;
  /** undefined when the provider does not say */
  readonly format: 'auction' | 'fixed_price' | 'best_offer' | undefined;
  /** its id at the marketplace */
  readonly id: string;
  readonly seller: string | undefined;
};

/** A row of an answer: a listing, or why it is none. */
export type ReadRow = { readonly listing: Listing } | { readonly rejected: Rejection };

/** What a provider answered. */
export type ProviderAnswer =
  | { readonly status: 'answered'; readonly rows: readonly ReadRow[] }
  | { readonly status: 'failed'; readonly failure: Failure; readonly retryAfterSeconds?: number };
