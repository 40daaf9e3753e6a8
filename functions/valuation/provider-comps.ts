import { type Listing, PROVIDERS, type ProviderName, type ReadRow } from '../comp-providers/provider.ts';
import { shownText } from '../platform/shown-text.ts';
import { Comp } from './comp.ts';

/** The longest title and seller that a comp may have, in characters. */
const LONGEST = { title: 300, seller: 120 } as const;

/**
 * The comps of a provider's rows; those that are none stay with the reason.
 *
 * An asking price is of the day on which it is seen. Of a sale the day is unknown: it is no day that anybody has seen.
 */
export function providerComps(provider: ProviderName, rows: readonly ReadRow[], now: Date) {
  const read = rows.map((row) => ('listing' in row ? compOf(provider, row.listing, now) : row));
  return {
    comps: read.flatMap((row) => ('comp' in row ? [row.comp] : [])),
    rejected: read.flatMap((row) => ('rejected' in row ? [row.rejected] : [])),
  };
}

function compOf(provider: ProviderName, listing: Listing, now: Date) {
  const { source, status } = PROVIDERS[provider];
  const { title, priceCents, currency, format, id } = listing;
  const seller = shownText(listing.seller ?? '', LONGEST.seller);
  const comp = Comp.safeParse({
    title: shownText(title, LONGEST.title),
    status,
    priceCents,
    currency,
    ...(status === 'asking' && { date: now.toISOString().slice(0, 10) }),
    ...(format && { format }),
    source,
    sourceId: id,
    ...(seller && { seller }),
  });
  return comp.success ? { comp: comp.data } : { rejected: 'unreadable' as const };
}
