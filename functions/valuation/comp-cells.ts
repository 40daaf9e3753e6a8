import type { z } from 'zod';
import { shownText } from '../platform/shown-text.ts';
import { violationsOf } from '../platform/violations.ts';
import { Comp } from './comp.ts';
import { dayLimits } from './comp-intake.ts';

/** The columns of an uploaded table, in any order. `price` is in units of the currency, `priceCents` in hundredths: one of them. */
export const COMP_COLUMNS = [...Object.keys(Comp.shape), 'price'] as const;

/** Most columns of a table, beyond which it is no table of comps. */
export const MOST_COLUMNS = 50;

/** What rows have that say nothing of it themselves. */
export type RowDefaults = { readonly currency?: string | undefined; readonly source?: string | undefined };

/** What is wrong with a header, in words; undefined when nothing is. */
export function headerProblem(header: readonly string[], defaults: RowDefaults): string | undefined {
  const names = header.map((name) => name.trim());
  if (names.length > MOST_COLUMNS) return `expected at most ${MOST_COLUMNS} columns, received ${names.length}`;
  const unknown = names.filter((name) => !COMP_COLUMNS.includes(name)).map((name) => `"${shownText(name)}"`);
  if (unknown.length > 0) {
    return `expected the columns ${COMP_COLUMNS.join(', ')}, received ${unknown.slice(0, 10).join(', ')}; leave out what is none of them`;
  }
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) return `expected each column once, received "${twice}" twice`;
  const given = new Set([...names, ...Object.entries(defaults).flatMap(([name, value]) => (value ? [name] : []))]);
  const missing = ['title', 'status', 'currency', 'source'].filter((name) => !given.has(name));
  if (missing.length > 0) return `expected also ${missing.join(', ')}, as a column or stated with the upload`;
  if (given.has('price') === given.has('priceCents')) {
    return 'expected either a column price, in units of the currency, or a column priceCents';
  }
  return undefined;
}

/** What is wrong with a cell, or with the row as a whole. */
export type CellProblem = { readonly column: string; readonly reason: string };

export type ReadRow = { readonly comp: Comp } | { readonly problems: readonly CellProblem[] };

/** Numbers with a point before at most two decimals; nothing else is guessed: "1.234" and "1,234" may be either. */
const PRICE = /^\d{1,10}(?:\.\d{1,2})?$/;
const WHOLE = /^-?\d{1,15}$/;

/** A row of a table as a comp, or with everything that is wrong with it. An empty cell says nothing. */
export function compOfCells(
  header: readonly string[],
  cells: readonly string[],
  defaults: RowDefaults,
  now: Date,
): ReadRow {
  if (cells.length !== header.length) {
    return { problems: [{ column: '', reason: `expected ${header.length} cells, received ${cells.length}` }] };
  }
  const given = header.flatMap((name, at) => {
    const cell = cells[at]?.trim() ?? '';
    return cell === '' ? [] : [[name.trim(), cell] as const];
  });
  const problems: CellProblem[] = [];
  const facts: Record<string, unknown> = { ...defined(defaults) };
  for (const [column, cell] of given) {
    const read = readCell(column, cell);
    if (typeof read === 'object') problems.push({ column, ...read });
    else facts[column === 'price' ? 'priceCents' : column] = read;
  }
  const parsed = Comp.safeParse(facts, { reportInput: true });
  const wrong = parsed.success ? dayProblems(parsed.data, now) : problemsOf(parsed.error, header);
  // Of a cell the first mistake: what was read of a wrong one is wrong as well.
  const all = [...problems, ...wrong].filter(
    ({ column }, at, every) => every.findIndex((other) => other.column === column) === at,
  );
  return parsed.success && all.length === 0 ? { comp: parsed.data } : { problems: all };
}

const defined = (defaults: RowDefaults) => Object.fromEntries(Object.entries(defaults).filter(([, value]) => value));

/** The value of a cell, or what is wrong with it. */
function readCell(column: string, cell: string): string | number | { readonly reason: string } {
  if (column === 'price') {
    if (PRICE.test(cell)) return Math.round(Number(cell) * 100);
    return { reason: `expected a price such as 1234.50, received "${shownText(cell)}"` };
  }
  if (column === 'priceCents' || column === 'bids') {
    if (WHOLE.test(cell)) return Number(cell);
    return { reason: `expected a whole number, received "${shownText(cell)}"` };
  }
  // A cell that a spreadsheet would compute is no text that a seller wrote.
  if (cell.startsWith('=')) return { reason: `expected text, received a formula: "${shownText(cell)}"` };
  return cell;
}

function problemsOf(error: z.ZodError, header: readonly string[]): CellProblem[] {
  return violationsOf('row', error.issues).map(({ path, expected, received }) => {
    const fact = path.replace(/^row\.?/, '');
    const column = fact === 'priceCents' && header.includes('price') ? 'price' : fact;
    return { column, reason: `expected ${expected}, received ${received}` };
  });
}

function dayProblems({ date }: Comp, now: Date): CellProblem[] {
  const { latest, oldest } = dayLimits(now);
  if (date === undefined || (date >= oldest && date <= latest)) return [];
  return [{ column: 'date', reason: `expected a day from ${oldest} to ${latest}, received "${date}"` }];
}
