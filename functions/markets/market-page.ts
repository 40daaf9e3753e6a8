import { areaY, axisX, axisY, dot, lineY, link, rectY, ruleX, ruleY } from '@observablehq/plot';
import { chart } from '../pages/chart.ts';
import { type Column, escaped, page, table } from '../pages/html.ts';
import { wholeMoney } from '../platform/whole-money.ts';
import type { MarketReport, Opportunity } from './market-report.ts';

const COLOR = 'var(--mark)';
const whole = (value: number): string => Math.round(value).toLocaleString('en-US');
const percent = (ratio: number): string => `${(100 * ratio).toFixed(1)} %`;

/** The report as a page that a dealer reads. @param source the name of the table */
export function marketPage(report: MarketReport, source: string): string {
  return page(`Market of ${source}`, [
    introduction(report),
    '<div class="charts">',
    histogram(report),
    makes(report),
    ageCurve(report),
    mileageCurve(report),
    depreciation(report),
    '</div>',
    opportunities(report),
  ]);
}

function introduction({ rows, prices, currency, kindOfPrice, model }: MarketReport): string {
  const facts = [
    ['median', wholeMoney(prices.medianCents, currency)],
    ['middle half', `${wholeMoney(prices.p25Cents, currency)} to ${wholeMoney(prices.p75Cents, currency)}`],
    ['mean', wholeMoney(prices.meanCents, currency)],
  ] as const;
  const listed = facts.map(([name, value]) => `<div><dt>${name}</dt><dd>${escaped(value)}</dd></div>`);
  return `<p>${whole(rows)} vehicles, ${kindOfPrice} prices; expected prices by the model ${escaped(`${model.name} ${model.version}`)}.</p><dl>${listed.join('')}</dl>`;
}

/** What an axis of prices shows. */
const thousands = (currency: string) => ({
  label: `price, thousand ${currency}`,
  tickFormat: (cents: number): string => whole(cents / 100_000),
});

const histogram = ({ histogram: bins, currency }: MarketReport): string =>
  chart('How many vehicles have which price. The prices above the last bin are not shown.', {
    marks: [
      rectY(bins.slice(0, -1), { x1: 'fromCents', x2: 'toCents', y: 'rows', fill: COLOR }),
      axisX(thousands(currency)),
      axisY({ label: 'vehicles' }),
      ruleY([0]),
    ],
  });

function makes({ makes: each, currency }: MarketReport): string {
  if (each.length === 0) return '';
  return chart('Prices of the makes with most vehicles: the median as a dot, the middle half as a line.', {
    marginLeft: 100,
    y: { domain: each.map(({ make }) => make), label: null },
    marks: [
      link(each, { x1: 'p25Cents', x2: 'p75Cents', y: 'make', stroke: COLOR, strokeWidth: 3, strokeOpacity: 0.5 }),
      dot(each, { x: 'medianCents', y: 'make', fill: COLOR, r: 4 }),
      axisX(thousands(currency)),
      ruleX([0]),
    ],
  });
}

/** A curve of medians within their middle halves. */
function curve(
  caption: string,
  points: readonly { readonly at: number; readonly p25Cents: number; readonly p75Cents: number }[],
  { x, currency }: { readonly x: string; readonly currency: string },
): string {
  if (points.length < 2) return '';
  return chart(caption, {
    x: { label: x },
    marks: [
      areaY(points, { x: 'at', y1: 'p25Cents', y2: 'p75Cents', fill: COLOR, fillOpacity: 0.2 }),
      lineY(points, { x: 'at', y: 'medianCents', stroke: COLOR, strokeWidth: 2 }),
      axisY(thousands(currency)),
      ruleY([0]),
    ],
  });
}

const ageCurve = ({ ages, currency }: MarketReport): string =>
  curve(
    'Prices by age: the median within the middle half. Ages compare different vehicles.',
    ages.map((age) => ({ ...age, at: age.years })),
    { x: 'age, years', currency },
  );

const mileageCurve = ({ mileages, currency }: MarketReport): string =>
  curve(
    'Prices by odometer reading: the median within the middle half.',
    mileages.map((bin) => ({ ...bin, at: (bin.fromMiles + bin.toMiles) / 2000 })),
    { x: 'odometer, thousand miles', currency },
  );

function depreciation({ depreciation: years }: MarketReport): string {
  if (years.length === 0) return '';
  return chart('What age alone leaves of the price, by the model: the same vehicles with the same miles.', {
    x: { label: 'age, years' },
    y: { label: 'of the price when new, %', percent: true },
    marks: [
      lineY(years, { x: 'years', y: 'keptRatio', stroke: COLOR, strokeWidth: 2 }),
      dot(years, { x: 'years', y: 'keptRatio', fill: COLOR }),
      ruleY([0]),
    ],
  });
}

function opportunities({ opportunities: found, belowInterval, implausible, currency }: MarketReport): string {
  const money = (cents: number): string => wholeMoney(cents, currency);
  const columns: readonly Column<Opportunity>[] = [
    { head: 'line', cell: ({ line }) => String(line), isNumber: true },
    { head: 'vehicle', cell: ({ what }) => what },
    { head: 'price', cell: ({ priceCents }) => money(priceCents), isNumber: true },
    { head: 'P10', cell: ({ p10Cents }) => money(p10Cents), isNumber: true },
    { head: 'P50', cell: ({ p50Cents }) => money(p50Cents), isNumber: true },
    { head: 'P90', cell: ({ p90Cents }) => money(p90Cents), isNumber: true },
    { head: 'below P10', cell: ({ belowRatio }) => percent(belowRatio), isNumber: true },
    { head: 'P50 less price', cell: ({ potentialCents }) => money(potentialCents), isNumber: true },
    {
      head: 'not given',
      cell: ({ flags }) => flags.flatMap(({ code, fact }) => (code === 'missing' ? [fact] : [])).join(', '),
    },
  ];
  const left =
    implausible.rows === 0
      ? ''
      : ` ${whole(implausible.rows)} more are so cheap that it is hardly their price (lines ${implausible.lines.join(', ')}${implausible.rows > implausible.lines.length ? ', …' : ''}).`;
  const shown =
    found.length === 0
      ? ''
      : table(
          `The ${whole(found.length)} vehicles furthest below their own interval; line: of the file.`,
          columns,
          found,
        );
  return `<h2>Priced below the interval</h2><p>${whole(belowInterval.rows)} vehicles (${percent(belowInterval.shareRatio)}) cost less than P10, the price that nine of ten such vehicles exceed.${left} A low price has a reason more often than not: look at the vehicle.</p>${shown}`;
}
