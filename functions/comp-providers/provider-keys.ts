import { z } from 'zod';
import type { ProviderName } from './provider.ts';

/** The address of a provider's API: its own, unless the keys name another, such as that of a proxy. */
const urlOr = (own: string) =>
  z
    .url({ protocol: /^https?$/ })
    .refine((url) => url.startsWith('https:') || new URL(url).hostname === '127.0.0.1', 'expected https')
    .default(own);

/** One printable word: a key with a space or a line break was copied wrongly, and would break a header. */
const Word = z.string().regex(/^[\x21-\x7e]{1,500}$/, 'expected one word of printable characters');

/** Calls on one UTC day, of all workspaces together. */
const CallsPerDay = z.int().min(1).max(1_000_000);

/** The key of each provider, with what its contract allows. */
export const KEY_SCHEMAS = {
  searchapi: z.object({ apiKey: Word, callsPerDay: CallsPerDay, url: urlOr('https://www.searchapi.io') }),
  ebay: z.object({
    clientId: Word,
    clientSecret: Word,
    /** eBay's default for the Browse API: https://developer.ebay.com/develop/get-started/api-call-limits */
    callsPerDay: CallsPerDay.default(5000),
    url: urlOr('https://api.ebay.com'),
  }),
} as const satisfies Readonly<Record<ProviderName, z.ZodObject>>;

export type ProviderKey<Name extends ProviderName> = z.infer<(typeof KEY_SCHEMAS)[Name]>;

/** What is in the secret, as JSON. A provider without a key is not asked. */
export const ProviderKeys = z.object({
  searchapi: KEY_SCHEMAS.searchapi.optional(),
  ebay: KEY_SCHEMAS.ebay.optional(),
});
export type ProviderKeys = z.infer<typeof ProviderKeys>;
