import { z } from 'zod';
import { RequestError } from '../platform/errors.ts';
import { includesRole, type Role } from '../platform/names/roles.ts';
import type { Violation } from '../platform/problem.ts';
import { PROVIDERS } from './provider.ts';

/**
 * Whether a request has the providers asked. By default it does not: asking uses up calls that are counted and paid for, takes
 * seconds, and stores comps, where the same request without it is quick, costs nothing, and changes nothing.
 */
export const Providers = z
  .enum(['ask', 'stored_only'])
  .default('stored_only')
  .describe(
    '`ask`: first ask the providers of comps, as far as they have not answered the same not long ago, and store their rows; this takes seconds, uses up their calls, and needs a key with the role `member`. `stored_only`: only what is stored.',
  );

/**
 * Refuses to ask for a caller who may only read, since asking stores comps, and for any page but the first.
 *
 * @throws RequestError
 */
export function refuseAsking(role: Role, cursor: string | undefined): void {
  if (!includesRole(role, 'member')) {
    const detail = `providers=ask needs an API key with the role member, since it stores comps; yours has the role ${role}.`;
    throw new RequestError('forbidden', detail);
  }
  if (cursor === undefined) return;
  const detail = 'cursor: expected none with providers=ask, since only the first page asks providers.';
  throw new RequestError('invalid_request', detail);
}

type Listed = { readonly query?: string | undefined; readonly currency?: string | undefined };

/**
 * What the list of comps asks providers: by its query, in its currency.
 *
 * @throws RequestError that names what is missing
 */
export function listedQuestion({ query, currency }: Listed): { query: string; currency: string } {
  if (query !== undefined && currency !== undefined) return { query, currency };
  const missing = query === undefined ? 'query' : 'currency';
  throw new RequestError('invalid_request', `query.${missing}: expected with providers=ask, received nothing.`);
}

const SOURCES: readonly string[] = Object.values(PROVIDERS).map(({ source }) => source);

/**
 * Refuses comps that name a provider as their source: under its name stands only what it answered.
 *
 * @throws RequestError with every such comp
 */
export function refuseProviderSources(comps: readonly { readonly source: string }[]): void {
  const violations = comps.flatMap(({ source }, index): Violation[] => {
    if (!SOURCES.includes(source.toLowerCase())) return [];
    const expected = 'a source that is no provider, such as "own sales"';
    return [
      {
        path: `body.comps[${index}].source`,
        expected,
        received: `text "${source}"`,
        message: `expected ${expected}: under the name of a provider only its own answers are stored`,
      },
    ];
  });
  const [first] = violations;
  if (!first) return;
  const detail = `${first.path}: expected ${first.expected}, received ${first.received}.`;
  throw new RequestError('invalid_request', detail, violations);
}
