import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { buildReport } from '../../../functions/markets/build-report.ts';
import { agedFacts } from '../../../functions/markets/depreciation.ts';
import { addListing, type Listing, noListings } from '../../../functions/markets/listings.ts';
import { marketPage } from '../../../functions/markets/market-page.ts';
import { listing } from './listing.ts';

function documentOf(listings: readonly Listing[]) {
  const collected = noListings();
  for (const each of listings) addListing(collected, each, 2019);
  const report = buildReport(
    collected,
    agedFacts(collected.sample, 2019).map((_, at) => 1_000_000 - 50_000 * (at % 16)),
  );
  if (!report) throw new Error('no report');
  return parseHTML(marketPage(report, '<b>cars</b>.csv')).document;
}

const many = Array.from({ length: 200 }, (_, at) =>
  listing(at + 2, 900_000 + 1_000 * at, { modelYear: 2010 + (at % 5), odometerMiles: 20_000 * (1 + (at % 4)) }),
);

describe('marketPage', () => {
  it('has a chart of each curve, and says in words what each shows', () => {
    const charts = [...documentOf(many).querySelectorAll('figure')];
    const captions = charts.map((each) => each.querySelector('figcaption')?.textContent ?? '');
    expect(captions.map((caption) => caption.split(/[.:]/)[0])).toEqual([
      'How many vehicles have which price',
      'Prices of the makes with most vehicles',
      'Prices by age',
      'Prices by odometer reading',
      'What age alone leaves of the price, by the model',
    ]);
    for (const [at, each] of charts.entries()) {
      const svg = each.querySelector('svg');
      expect(svg?.getAttribute('aria-label')).toBe(captions[at]);
      expect(svg?.outerHTML).not.toContain('NaN');
    }
  });

  it('draws a bar for each bin of the histogram, and a dot for each make', () => {
    const document = documentOf(many);
    const [histogram, makes] = document.querySelectorAll('figure');
    expect(histogram?.querySelectorAll('rect').length).toBe(20);
    expect(makes?.querySelectorAll('circle').length).toBe(1);
  });

  it('lists what is priced below its interval, furthest first, with what the model expects', () => {
    const document = documentOf([...many, listing(400, 500_000), listing(300, 600_000), listing(500, 100)]);
    const rows = [...document.querySelectorAll('tbody tr')].map((row) =>
      [...row.querySelectorAll('td')].map((cell) => cell.textContent),
    );
    expect(rows).toEqual([
      ['400', '2015 ford f-150', '$5,000', '$8,000', '$10,000', '$12,000', '37.5 %', '$5,000', ''],
      ['300', '2015 ford f-150', '$6,000', '$8,000', '$10,000', '$12,000', '25.0 %', '$4,000', ''],
    ]);
    expect(document.body.textContent).toContain('1 more are so cheap that it is hardly their price (lines 500).');
  });

  it('leaves out what few vehicles cannot show, and shows names as they are', () => {
    const document = documentOf([listing(2, 400_000, { model: '<i>ford</i> f-150', modelYear: undefined })]);
    expect(document.querySelectorAll('figure').length).toBe(1);
    expect(document.querySelectorAll('i, b').length).toBe(0);
    expect(document.querySelector('h1')?.textContent).toBe('Market of <b>cars</b>.csv');
    expect(document.querySelector('tbody td:nth-child(2)')?.textContent).toBe('<i>ford</i> f-150');
  });
});
