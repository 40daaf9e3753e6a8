/** A range on a scale: positions are shares of the bar, 0 … 1. */
export type Bar = {
  readonly name: string;
  /** what the scale begins and ends with */
  readonly ends: readonly [string, string];
  /** the range, in either order; absent of a point alone */
  readonly range?: readonly [number, number];
  readonly point: number;
  readonly text: string;
};

/** Characters of a name, as of the headings of a rating. */
const NAME_WIDTH = 10;
/** Of a bar, on a terminal that is wide and on one that is not. */
const WIDTHS = { most: 40, least: 10 };

const TRACK = '·';
const RANGE = '━';
const POINT = '┃';

/** A line for each bar, aligned with the others: name, bar with the ends of its scale, text. @param columns of the terminal */
export function barLines(bars: readonly Bar[], columns: number): string[] {
  const [from, to] = ([0, 1] as const).map((end) => Math.max(0, ...bars.map(({ ends }) => ends[end].length)));
  const [left = 0, right = 0] = [from, to];
  const rest = NAME_WIDTH + left + right + Math.max(0, ...bars.map(({ text }) => text.length)) + SPACES;
  const width = Math.max(WIDTHS.least, Math.min(WIDTHS.most, columns - rest));
  return bars.map(({ name, ends, text, ...bar }) =>
    [name.padEnd(NAME_WIDTH), ends[0].padStart(left), drawn(bar, width), ends[1].padEnd(right), text]
      .join(' ')
      .trimEnd(),
  );
}

/** Between the parts of a line, and one at its end. */
const SPACES = 5;

function drawn({ range, point }: Pick<Bar, 'range' | 'point'>, width: number): string {
  const at = (position: number): number => Math.round(Math.min(1, Math.max(0, position)) * (width - 1));
  const [from = 0, to = -1] = range ? range.map(at).toSorted((one, other) => one - other) : [];
  return Array.from({ length: width }, (_, index) =>
    index === at(point) ? POINT : index >= from && index <= to ? RANGE : TRACK,
  ).join('');
}
