import { csvLines } from '../functions/csv/csv-output-runtime.ts';
import { openPriceTable, type PricedRow, type PriceTableOptions } from './price-table.ts';
import { UsageError } from './usage-error.ts';
import { addedCells, addedColumns, rowCount } from './value-text.ts';

/**
 * Values the rows of a CSV file, and passes the file with what was added on, piece by piece.
 *
 * @param now years from the future are wrong
 * @returns what became of the rows, in words
 * @throws UsageError when no row can be valued
 */
export async function valueTable(
  options: PriceTableOptions,
  passOn: (text: string) => Promise<void>,
  now: Date,
): Promise<string> {
  const { delimiter, header, unused, batches } = await openPriceTable(options, [], now);
  const added = addedColumns(header);
  refuseTaken(header, added);
  const summary = rowCount(unused);
  await passOn(csvLines([[...header, ...added]], delimiter));
  for await (const rows of batches) {
    summary.add(rows);
    await passOn(
      csvLines(
        rows.map((row) => [...cellsIn(header, row), ...addedCells(row)]),
        delimiter,
      ),
    );
  }
  if (summary.isWithoutValue()) throw new UsageError(summary.text());
  return summary.text();
}

function refuseTaken(header: readonly string[], added: readonly string[]): void {
  const taken = header.filter((name) => added.includes(name.trim().toLowerCase()));
  if (taken.length === 0) return;
  throw new UsageError(`the header already has ${taken.join(', ')}, which are added; rename or remove those columns`);
}

/** As many cells as the header has, so that the added ones are below their names; more cells than the header's are kept in the last. */
function cellsIn(header: readonly string[], { cells }: PricedRow): readonly string[] {
  if (cells.length <= header.length) return [...cells, ...Array(header.length - cells.length).fill('')];
  return [...cells.slice(0, header.length - 1), cells.slice(header.length - 1).join(' ')];
}
