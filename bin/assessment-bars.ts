import type { PropertyRating, Rating, VehicleRating } from '../functions/assessments/rating.ts';
import type { AssetValue, ValueSource } from '../functions/asset-value/asset-value.ts';
import { UAD_CLASSES, type UadClass } from '../functions/assets/asset.ts';
import { wholeMoney } from '../functions/platform/whole-money.ts';
import type { Bar } from './bars.ts';

/** Condition and value as bars: the best condition and the lowest amount are on the left. */
export const assessmentBars = ({ rating, value }: { readonly rating: Rating; readonly value: AssetValue }): Bar[] => [
  ...conditionBars(rating),
  ...valueBars(value),
];

function conditionBars(rating: Rating): Bar[] {
  if (rating.scale === 'UAD') return propertyBars(rating.overall);
  return rating.scale === 'NAAA' ? vehicleBars(rating) : [];
}

const placeOfClass = (name: UadClass): number => UAD_CLASSES.indexOf(name) / (UAD_CLASSES.length - 1);

function propertyBars(overall: PropertyRating['overall']): Bar[] {
  if (overall.status !== 'rated') return [];
  const { score, range, class: name } = overall;
  return [
    {
      name: 'condition',
      ends: ['C1', 'C6'],
      ...(range && { range: [placeOfClass(range.from), placeOfClass(range.to)] }),
      point: (score - 1) / (UAD_CLASSES.length - 1),
      text: spreadText(name, range, ''),
    },
  ];
}

/** The best grade of the NAAA scale, which ends at 0. */
const BEST_GRADE = 5;

function vehicleBars(rating: VehicleRating): Bar[] {
  if (rating.status !== 'rated') return [];
  const placeOf = (grade: number): number => (BEST_GRADE - grade) / BEST_GRADE;
  const { score, range, grade } = rating;
  return [
    {
      name: 'condition',
      ends: [String(BEST_GRADE), '0'],
      ...(range && { range: [placeOf(range.from), placeOf(range.to)] }),
      point: placeOf(score),
      text: spreadText(grade, range, 'grade '),
    },
  ];
}

type Spread = { readonly from: string | number; readonly to: string | number } | undefined;

const spreadText = (best: string | number, range: Spread, unit: string): string =>
  range && range.from !== range.to ? `${unit}${best}, ${range.from} to ${range.to} (80 %)` : `${unit}${best}`;

/** The value, and each source where there are several; those of another currency have another scale and no bar. */
function valueBars(value: AssetValue): Bar[] {
  const points = [...(value.status === 'valued' ? [fusedPoint(value)] : []), ...value.sources.map(sourcePoint)];
  const [first] = points;
  if (!first) return [];
  const shown = points.filter(({ currency }) => currency === first.currency);
  // Of a single source, its bar would be that of the value.
  const lines =
    shown.length === 2 && value.status === 'valued' && value.condition.status === 'not_moved' ? [first] : shown;
  const scale = scaleOf(lines);
  return lines.map(({ name, from, to, cents, currency, text }) => ({
    name,
    ends: [wholeMoney(scale.from, currency), wholeMoney(scale.to, currency)],
    ...(from !== undefined && to !== undefined && { range: [scale.placeOf(from), scale.placeOf(to)] as const }),
    point: scale.placeOf(cents),
    text,
  }));
}

type Point = {
  readonly name: string;
  readonly cents: number;
  readonly from?: number;
  readonly to?: number;
  readonly currency: string;
  readonly text: string;
};

function fusedPoint({ valueCents, interval, currency, asOf }: Extract<AssetValue, { status: 'valued' }>): Point {
  const [from, to] = [interval.fromCents, interval.toCents];
  const text = `${wholeMoney(valueCents, currency)}, ${wholeMoney(from, currency)} to ${wholeMoney(to, currency)} (80 %, of ${asOf.slice(0, 4)})`;
  return { name: 'value', cents: valueCents, from, to, currency, text };
}

const sourcePoint = ({ source, valueCents, interval, currency, shareRatio }: ValueSource): Point => ({
  name: ` ${source}`,
  cents: valueCents,
  ...(interval && { from: interval.fromCents, to: interval.toCents }),
  currency,
  text: `${wholeMoney(valueCents, currency)}, share ${Math.round(100 * shareRatio)} %`,
});

/** Room on both sides of all amounts, as a share of their range. */
const ROOM = 0.15;

/** A scale that holds all of them. */
function scaleOf(points: readonly Point[]) {
  const amounts = points.flatMap(({ cents, from = cents, to = cents }) => [cents, from, to]);
  const [least, most] = [Math.min(...amounts), Math.max(...amounts)];
  // Of one amount alone, as of a statement, half of it on both sides.
  const room = ROOM * (most - least) || most / 2;
  const [from, to] = [Math.max(0, least - room), most + room];
  return { from, to, placeOf: (cents: number) => (to > from ? (cents - from) / (to - from) : 0) };
}
