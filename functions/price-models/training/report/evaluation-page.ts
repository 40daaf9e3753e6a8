import { LEVEL_RATIO } from '../../price-model-schema.ts';
import { coveredRatio, type Judged, type PriceErrors, quartersBy } from '../evaluate.ts';
import { coverageSpread, zipSegments } from '../segments.ts';
import type { Evaluation } from './evaluation.ts';
import { ratioBars, scatterPlot, shortAmount } from './plots.ts';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const percent = (ratio: number): string => `${(100 * ratio).toFixed(1).replace('-', '−')} %`;
const whole = (value: number): string => Math.round(value).toLocaleString('en-US').replace('-', '−');

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (tag: string, row: readonly string[]): string =>
    `<tr>${row.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`;
  return `<table>${cells('th', head)}${rows.map((row) => cells('td', row)).join('')}</table>`;
}

const STYLE =
  'body{font:15px/1.5 system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;margin:1rem 0}th,td{border-bottom:1px solid #ccc;padding:.2rem .7rem;text-align:left}td+td,th+th{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}svg text{font:11px system-ui}svg rect{fill:#3b6ea5}.dots{fill:#3b6ea5;fill-opacity:.35}.axis{fill:none;stroke:#888}.aim{stroke:#b33;stroke-dasharray:4 3}svg .within{fill:#fff}.passed{color:#176b2c}.failed{color:#a11}';

/** The evaluation as a page of HTML that needs no other file. */
export function evaluationPage(evaluation: Evaluation): string {
  const { name, gate, market, judged, trainingRows } = evaluation;
  const verdict = gate.passed
    ? '<p class="passed">The gate is passed.</p>'
    : `<p class="failed">The gate is not passed: ${escaped(gate.reasons.join('; '))}.</p>`;
  const { from, to } = market.vintage;
  return [
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escaped(name)}: evaluation</title><style>${STYLE}</style>`,
    `<h1>${escaped(name)}: evaluation</h1>${verdict}`,
    `<p>${whole(trainingRows)} rows of ${market.kindOfPrice} prices in ${market.currency}, ${from} to ${to}. The figures are of ${whole(judged.length)} rows that no training saw; rows about one thing are never on both sides.</p>`,
    rowSection(evaluation),
    contenderSection(evaluation),
    intervalSection(judged, market.currency),
    backtestSection(evaluation),
    segmentSection(evaluation),
    '</html>',
  ].join('\n');
}

function rowSection({ leftOut, wrong, repeatedRows, unusedColumns }: Evaluation): string {
  const counted = [...leftOut, ...wrong].map(([reason, count]) => [reason, whole(count)]);
  const unused = unusedColumns.length > 0 ? `<p>Columns without effect: ${escaped(unusedColumns.join(', '))}.</p>` : '';
  const left = counted.length > 0 ? table(['rows not used, because', 'rows'], counted) : '<p>Every row was used.</p>';
  return `<h2>Rows</h2>${left}<p>${whole(repeatedRows)} rows are about a thing that another row is about.</p>${unused}`;
}

const errorCells = ({ rmse, mae, r2, medianErrorRatio, within10Ratio }: PriceErrors): string[] => [
  whole(rmse),
  whole(mae),
  r2.toFixed(3).replace('-', '−'),
  percent(medianErrorRatio),
  percent(within10Ratio),
];

/** Headings of `errorCells`. */
const ERROR_HEAD = ['RMSE', 'mean error', 'R²', 'median error', 'within 10 %'];

function contenderSection({ contenders, judged, market }: Evaluation): string {
  const rows = contenders.map(({ name, errors, difference }) => [
    name,
    ...errorCells(errors),
    difference ? `${whole(difference.estimate)} (${whole(difference.low)} to ${whole(difference.high)})` : '',
  ]);
  const points = judged.map(({ price, value }) => ({ x: price, y: value }));
  const plot = scatterPlot(points, `price, ${market.currency}`, 'value');
  return `<h2>Errors</h2>${table(['', ...ERROR_HEAD, 'RMSE against it (95 %)'], rows)}${plot}`;
}

function intervalSection(judged: readonly Judged[], currency: string): string {
  const bars = (by: (row: Judged) => number): string =>
    ratioBars(
      quartersBy(judged, by).map((quarter) => ({
        label: `from ${shortAmount(by(quarter[0] as Judged))}`,
        value: coveredRatio(quarter),
      })),
      LEVEL_RATIO,
      `quarter of the rows, ${currency}`,
      'coverage',
    );
  return `<h2>Intervals</h2><p>${percent(LEVEL_RATIO)} of the prices should lie between P10 and P90, and ${percent(coveredRatio(judged))} do. By predicted price, and by actual price:</p>${bars(({ p50 }) => p50)}${bars(({ price }) => price)}`;
}

function backtestSection({ backtest }: Evaluation): string {
  if (!backtest) return '<h2>Backtest</h2><p>The rows have no days, so there is none.</p>';
  const { from, errors, coverageRatio } = backtest;
  const row = [whole(errors.rows), ...errorCells(errors), percent(coverageRatio)];
  return `<h2>Backtest</h2><p>Trained on the rows before ${from}; judged on those from then on, without things that were known before.</p>${table(['rows', ...ERROR_HEAD, 'coverage'], [row])}`;
}

function segmentSection({ segments }: Evaluation): string {
  const rows = segments.map(({ name, rows: count, medianErrorRatio, biasRatio, coverageRatio }) => [
    name,
    whole(count),
    percent(medianErrorRatio),
    percent(biasRatio),
    percent(coverageRatio),
  ]);
  return `<h2>Segments</h2><p>Those with 30 held-out rows or more. A bias above 0 values too high.${spreadInWords(segments)}</p>${table(['segment', 'rows', 'median error', 'bias', 'coverage'], rows)}`;
}

function spreadInWords(segments: Evaluation['segments']): string {
  const spread = coverageSpread(zipSegments(segments));
  if (!spread) return '';
  const points = (ratio: number): string => (100 * ratio).toFixed(1);
  return ` Coverage of the ${spread.segments} ZIP codes: from ${percent(spread.lowestRatio)} to ${percent(spread.highestRatio)}, a standard deviation of ${points(spread.deviationRatio)} points, where chance alone makes ${points(spread.chanceRatio)}.`;
}
