import { shownText } from '../functions/platform/shown-text.ts';
import type { PricePrediction } from '../functions/price-models/price-prediction.ts';
import type { PricedRow } from './price-table.ts';

/** The columns behind those of the file; a file with a column `currency` of its own keeps it beside `value_currency`. */
export function addedColumns(header: readonly string[]): readonly string[] {
  const hasCurrency = header.some((name) => name.trim().toLowerCase() === 'currency');
  return ['value', 'p10', 'p90', hasCurrency ? 'value_currency' : 'currency', 'flags', 'error'];
}

/** Amounts are in units of the currency, with two decimals and a point. */
export function addedCells(row: PricedRow): readonly string[] {
  if (row.status === 'wrong') return ['', '', '', '', '', row.problems.join('; ')];
  const { valueCents, p10Cents, p90Cents, currency, flags } = row.estimate;
  const amounts = [valueCents, p10Cents, p90Cents].map((cents) => (cents / 100).toFixed(2));
  return [...amounts, currency, flags.map(({ code, fact }) => `${code} ${fact}`).join('; '), ''];
}

/** Rows with errors that are listed; all others are counted. */
const MOST_LISTED = 20;
/** Characters of a line of errors or of names. */
const LINE_CHARACTERS = 300;

type Counted = { readonly line: number } & (
  | { readonly status: 'valued'; readonly estimate: PricePrediction }
  | { readonly status: 'wrong'; readonly problems: readonly string[] }
);

/** Counts rows, and says in the end what became of them. */
export function rowCount(unused: readonly string[]) {
  let valued = 0;
  let wrong = 0;
  let example: PricePrediction | undefined;
  const listed: string[] = [];
  const count = (row: Counted): void => {
    if (row.status === 'valued') {
      valued += 1;
      example ??= row.estimate;
      return;
    }
    wrong += 1;
    if (listed.length === MOST_LISTED) return;
    listed.push(`  line ${row.line}: ${shownText(row.problems.join('; '), LINE_CHARACTERS)}\n`);
  };
  return {
    add: (rows: readonly Counted[]): void => rows.forEach(count),
    isWithoutValue: (): boolean => valued === 0,
    text: (): string =>
      [
        example ? modelText(example) : '',
        unused.length > 0 ? `Columns that are not used: ${shownText(unused.join(', '), LINE_CHARACTERS)}\n` : '',
        `${valued} of ${valued + wrong} rows are valued${wrong > 0 ? `, ${wrong} not:` : '.'}\n`,
        ...listed,
        wrong > listed.length ? `  and ${wrong - listed.length} more\n` : '',
      ].join(''),
  };
}

function modelText({ model, kindOfPrice, currency, vintage, interval }: PricePrediction): string {
  const held = (100 * interval.coverageRatio).toFixed(1);
  return (
    `Estimates by ${model.name} ${model.version}: ${kindOfPrice} prices in ${currency} of ${vintage.from} to ${vintage.to}; ` +
    `of ${interval.heldOutRows} held-out prices, p10 to p90 held ${held} % when the model was trained without them.\n`
  );
}
