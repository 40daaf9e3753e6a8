import { barY, dot, link, ruleY, text } from '@observablehq/plot';
import { chart } from '../../../pages/chart.ts';
import { escaped, page, table } from '../../../pages/html.ts';
import { LEVEL_RATIO } from '../../price-model-schema.ts';
import { coveredRatio, type Judged, type PriceErrors, quartersBy } from '../evaluate.ts';
import { coverageSpread, zipSegments } from '../segments.ts';
import type { Evaluation } from './evaluation.ts';

const percent = (ratio: number): string => `${(100 * ratio).toFixed(1).replace('-', '−')} %`;
const whole = (value: number): string => Math.round(value).toLocaleString('en-US').replace('-', '−');

/** A table of which the first column is words, and the others are numbers. */
const figures = (caption: string, head: readonly string[], rows: readonly (readonly string[])[]): string =>
  table(
    caption,
    head.map((name, at) => ({ head: name, cell: (row: readonly string[]) => row[at] ?? '', isNumber: at > 0 })),
    rows,
  );

/** The evaluation as a page of HTML that needs no other file. */
export function evaluationPage(evaluation: Evaluation): string {
  const { name, gate, market, judged, trainingRows } = evaluation;
  const verdict = gate.passed ? 'The gate is passed.' : `The gate is not passed: ${gate.reasons.join('; ')}.`;
  const { from, to } = market.vintage;
  return page(`${name}: evaluation`, [
    `<p><strong>${escaped(verdict)}</strong></p>`,
    `<p>${whole(trainingRows)} rows of ${market.kindOfPrice} prices in ${market.currency}, ${from} to ${to}. The figures are of ${whole(judged.length)} rows that no training saw; rows about one thing are never on both sides.</p>`,
    rowSection(evaluation),
    contenderSection(evaluation),
    intervalSection(judged, market.currency),
    backtestSection(evaluation),
    segmentSection(evaluation),
  ]);
}

function rowSection({ leftOut, wrong, repeatedRows, unusedColumns }: Evaluation): string {
  const counted = [...leftOut, ...wrong].map(([reason, count]) => [reason, whole(count)]);
  const unused = unusedColumns.length > 0 ? `<p>Columns without effect: ${escaped(unusedColumns.join(', '))}.</p>` : '';
  const left =
    counted.length > 0
      ? figures('Rows that are not used.', ['because', 'rows'], counted)
      : '<p>Every row was used.</p>';
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
  return `<h2>Errors</h2>${figures('The model beside others, on the same rows.', ['', ...ERROR_HEAD, 'RMSE against it (95 %)'], rows)}${valuesByPrices(judged, market.currency)}`;
}

/** Points of a chart, at most: more would only make the file larger. */
const MOST_POINTS = 1500;
const COLOR = 'var(--mark)';
/** 154k, 1.2M. */
const SHORT = '.3~s';

/** Values against prices on logarithmic axes, with the line where both are equal. */
function valuesByPrices(judged: readonly Judged[], currency: string): string {
  const step = Math.ceil(judged.length / MOST_POINTS);
  const shown = judged.filter(({ price, value }, at) => at % step === 0 && price > 0 && value > 0);
  if (shown.length === 0) return '';
  const all = shown.flatMap(({ price, value }) => [price, value]);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  return chart('Values of held-out rows by their prices, and the line where both are equal.', {
    x: { type: 'log', label: `price, ${currency}`, tickFormat: SHORT, ticks: 5 },
    y: { type: 'log', label: `value, ${currency}`, tickFormat: SHORT, ticks: 5 },
    marks: [
      dot(shown, { x: 'price', y: 'value', r: 1.5, fill: COLOR, fillOpacity: 0.35 }),
      link([{ low, high }], { x1: 'low', y1: 'low', x2: 'high', y2: 'high', strokeDasharray: '4 3' }),
    ],
  });
}

const intervalSection = (judged: readonly Judged[], currency: string): string =>
  `<h2>Intervals</h2><p>${percent(LEVEL_RATIO)} of the prices should lie between P10 and P90, and ${percent(coveredRatio(judged))} do.</p><div class="charts">${coverageBars('predicted price', judged, ({ p50 }) => p50, currency)}${coverageBars('actual price', judged, ({ price }) => price, currency)}</div>`;

/** The coverage in each quarter of the rows. */
function coverageBars(what: string, judged: readonly Judged[], by: (row: Judged) => number, currency: string): string {
  const bars = quartersBy(judged, by).map((quarter) => ({
    from: by(quarter[0] as Judged),
    percentage: 100 * coveredRatio(quarter),
    label: percent(coveredRatio(quarter)),
  }));
  return chart(`Coverage by quarter of the rows, by ${what}; the line is at ${percent(LEVEL_RATIO)}.`, {
    x: { type: 'band', label: `${what} from, ${currency}`, tickFormat: SHORT },
    y: { label: 'coverage, %', domain: [0, 100] },
    marks: [
      barY(bars, { x: 'from', y: 'percentage', fill: COLOR, fillOpacity: 0.75 }),
      text(bars, { x: 'from', y: 'percentage', text: 'label', dy: -8 }),
      ruleY([100 * LEVEL_RATIO], { strokeDasharray: '4 3' }),
      ruleY([0]),
    ],
  });
}

function backtestSection({ backtest }: Evaluation): string {
  if (!backtest) return '<h2>Backtest</h2><p>The rows have no days, so there is none.</p>';
  const { from, errors, coverageRatio } = backtest;
  const row = [whole(errors.rows), ...errorCells(errors), percent(coverageRatio)];
  return `<h2>Backtest</h2><p>Trained on the rows before ${from}; judged on those from then on, without things that were known before.</p>${figures('The newest rows.', ['rows', ...ERROR_HEAD, 'coverage'], [row])}`;
}

function segmentSection({ segments }: Evaluation): string {
  const rows = segments.map(({ name, rows: count, medianErrorRatio, biasRatio, coverageRatio }) => [
    name,
    whole(count),
    percent(medianErrorRatio),
    percent(biasRatio),
    percent(coverageRatio),
  ]);
  return `<h2>Segments</h2><p>A bias above 0 values too high.${spreadInWords(segments)}</p>${figures('Those with 30 held-out rows or more.', ['segment', 'rows', 'median error', 'bias', 'coverage'], rows)}`;
}

function spreadInWords(segments: Evaluation['segments']): string {
  const spread = coverageSpread(zipSegments(segments));
  if (!spread) return '';
  const points = (ratio: number): string => (100 * ratio).toFixed(1);
  return ` Coverage of the ${spread.segments} ZIP codes: from ${percent(spread.lowestRatio)} to ${percent(spread.highestRatio)}, a standard deviation of ${points(spread.deviationRatio)} points, where chance alone makes ${points(spread.chanceRatio)}.`;
}
