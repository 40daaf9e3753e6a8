import { buildReport } from '../functions/markets/build-report.ts';
import { agedFacts } from '../functions/markets/depreciation.ts';
import { addListing, type Listing, noListings } from '../functions/markets/listings.ts';
import type { MarketReport } from '../functions/markets/market-report.ts';
import { predictPrices } from '../functions/price-models/price-model-runtime.ts';
import { openPriceTable, type PricedRow, type PriceTableOptions } from './price-table.ts';
import { UsageError } from './usage-error.ts';
import { rowCount } from './value-text.ts';

/**
 * The market report of a CSV file of vehicles with prices.
 *
 * @param now years from the future are wrong
 * @returns the report, and what became of the rows, in words
 * @throws UsageError when no row has a price and can be valued
 */
export async function marketTable(
  options: Omit<PriceTableOptions, 'kind'>,
  now: Date,
): Promise<{ readonly report: MarketReport; readonly text: string }> {
  const { unused, model, batches } = await openPriceTable({ ...options, kind: 'vehicle' }, ['price'], now);
  const asOfYear = Number(model.card.market.vintage.to.slice(0, 4));
  const listings = noListings();
  const counted = rowCount(unused);
  for await (const rows of batches) {
    const listed = rows.map((row) => listingOf(row));
    counted.add(listed);
    for (const each of listed) if (each.status === 'valued') addListing(listings, each.listing, asOfYear);
  }
  const aged = await predictPrices(model, agedFacts(listings.sample, asOfYear));
  const report = buildReport(
    listings,
    aged.map(({ p50Cents }) => p50Cents),
  );
  if (!report) throw new UsageError(counted.text());
  return { report, text: counted.text() };
}

type Listed =
  | {
      readonly status: 'valued';
      readonly line: number;
      readonly listing: Listing;
      readonly estimate: Listing['estimate'];
    }
  | { readonly status: 'wrong'; readonly line: number; readonly problems: readonly string[] };

function listingOf(priced: PricedRow): Listed {
  const { line } = priced;
  if (priced.status === 'wrong') return { status: 'wrong', line, problems: priced.problems };
  const { row, estimate } = priced;
  if (row.priceCents === undefined)
    return { status: 'wrong', line, problems: ['price: expected a price, received nothing'] };
  return {
    status: 'valued',
    line,
    listing: { line, facts: row.facts, priceCents: row.priceCents, estimate },
    estimate,
  };
}
