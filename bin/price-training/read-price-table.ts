import type { CsvRow } from '../../functions/csv/csv-rows-runtime.ts';
import { mapColumns, readRow } from '../../functions/price-models/fact-columns.ts';
import { PLANS } from '../../functions/price-models/feature-plans.ts';
import { FACTS, impossibleFacts, type PriceFacts } from '../../functions/price-models/price-facts.ts';
import type { PriceTable } from '../../functions/price-models/training/price-table.ts';
import { readDays } from '../../functions/price-models/training/read-days.ts';
import type { Recipe } from '../../functions/price-models/training/recipe.ts';
import { groupOf, reasonToLeaveOut } from '../../functions/price-models/training/usable-rows.ts';
import { openCsv } from '../csv/csv-rows.ts';
import { UsageError } from '../usage-error.ts';

/** A row that is not used, with the reason. */
export type RefusedRow = { readonly line: number; readonly reason: string };

export type ReadTable = {
  readonly table: PriceTable;
  /** rows that cannot be right */
  readonly wrong: readonly RefusedRow[];
  /** rows that are readable and teach nothing */
  readonly leftOut: readonly RefusedRow[];
  readonly unusedColumns: readonly string[];
};

/** Facts without which a table is of no use. */
const NEEDED = { vehicle: ['price', 'model'], house: ['price', 'livingAreaSqft'] } as const;

/**
 * Reads a table of prices; rows that cannot be used are returned with their reasons.
 *
 * @throws UsageError when the file is empty, no CSV, or lacks a needed column
 */
export async function readPriceTable(file: string, recipe: Recipe, now: Date): Promise<ReadTable> {
  const { kind } = PLANS[recipe.plan];
  const { header, rows } = await openCsv(file);
  const mapping = mapColumns(kind, header, NEEDED[kind], { day: true });
  if (mapping.status === 'unmapped') throw new UsageError(`${file}: ${mapping.problem}`);
  const usable: (Priced & { readonly line: number })[] = [];
  const wrong: RefusedRow[] = [];
  const leftOut: RefusedRow[] = [];
  for await (const row of rows) {
    const read = readPriced(row, mapping, recipe, now);
    if ('problem' in read) wrong.push({ line: row.line, reason: read.problem });
    else {
      const reason = reasonToLeaveOut(recipe.plan, read.facts, read.price);
      if (reason !== undefined) leftOut.push({ line: row.line, reason });
      else usable.push({ ...read, line: row.line });
    }
  }
  const { dated, undated } = withDays(usable);
  const facts = dated.map((row) => row.facts);
  const table = {
    facts,
    prices: Float64Array.from(dated, ({ price }) => price),
    groups: facts.map((each, at) => groupOf(recipe.plan, each, at)),
    days: dated.some(({ day }) => day === undefined) ? [] : dated.map(({ day }) => day ?? ''),
  };
  const refused = [...wrong, ...undated].toSorted((a, b) => a.line - b.line);
  return { table, wrong: refused, leftOut, unusedColumns: mapping.unused };
}

/** The rows with their days as YYYY-MM-DD, and those whose days cannot be read. */
function withDays(rows: readonly (Priced & { readonly line: number })[]) {
  const days = readDays(rows.map(({ day }) => day));
  const dated: Priced[] = [];
  const undated: RefusedRow[] = [];
  rows.forEach(({ line, facts, price }, at) => {
    const day = days[at];
    if (typeof day === 'object') undated.push({ line, reason: `day: ${day.problem}` });
    else dated.push({ facts, price, ...(day !== undefined && { day }) });
  });
  return { dated, undated };
}

type Priced = { readonly facts: PriceFacts; readonly price: number; readonly day?: string };

function readPriced(
  { cells }: CsvRow,
  mapping: Parameters<typeof readRow>[0],
  { plan, market }: Recipe,
  now: Date,
): Priced | { readonly problem: string } {
  const { kind } = PLANS[plan];
  const read = readRow(mapping, cells);
  if (read.status === 'wrong') return { problem: read.problems.join('; ') };
  if (read.priceCents === undefined) return { problem: 'price: expected a price, received an empty cell' };
  if (read.currency !== undefined && read.currency !== market.currency) {
    return { problem: `price: expected ${market.currency} as in the whole table, received ${read.currency}` };
  }
  const checked = FACTS[kind].safeParse(read.facts);
  if (!checked.success) {
    return { problem: checked.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ') };
  }
  const impossible = impossibleFacts(kind, checked.data, now);
  if (impossible.length > 0) {
    return { problem: impossible.map(({ fact, message }) => `${fact}: ${message}`).join('; ') };
  }
  return { facts: checked.data, price: read.priceCents / 100, ...(read.day !== undefined && { day: read.day }) };
}
