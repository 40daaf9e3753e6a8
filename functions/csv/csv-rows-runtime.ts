import { pipeline, Readable } from 'node:stream';
import { CsvError, type Info, type Options, parse } from 'csv-parse';
import { parse as parseSync } from 'csv-parse/sync';
import { TableError } from './table-error.ts';

/** A row of a CSV file. */
export type CsvRow = {
  readonly cells: readonly string[];
  /** of the file, where the row ends; the first is 1 */
  readonly line: number;
};

export type CsvTable = {
  readonly delimiter: Delimiter;
  readonly header: readonly string[];
  /** after the header, as they are read; blank lines are left out */
  readonly rows: AsyncIterable<CsvRow>;
};

const DELIMITERS = [',', ';', '\t'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** Longest row, in characters: a quote that is never closed would take the rest of the file. */
const ROW_CHARACTERS = 1024 * 1024;

const OPTIONS = {
  // Cells of another number than the header's are a mistake of their row, and not of the file.
  relax_column_count: true,
  // A quote within a cell that does not begin with one is a character: 17" wheels.
  relax_quotes: true,
  skip_empty_lines: true,
  max_record_size: ROW_CHARACTERS,
} as const satisfies Options;

/**
 * The rows of a CSV file, streamed, whatever its line ends and delimiter: of comma, semicolon and tab the one that gives the header
 * most cells.
 *
 * @param text in pieces
 * @throws TableError when it is empty or not CSV; while the rows are read, too
 */
export async function readCsv(text: AsyncGenerator<string>): Promise<CsvTable> {
  const head = await headOf(text);
  const delimiter = delimiterOf(head);
  const parser = parse({ ...OPTIONS, delimiter, info: true });
  // Destroys the parser with the error of its source, which its reader then gets.
  pipeline(Readable.from(prefixed(head, text)), parser, () => undefined);
  const rows = rowsOf(parser);
  const first = await rows.next();
  if (first.done) throw new TableError('the CSV file is empty: expected a header and rows');
  return { delimiter, header: first.value.cells, rows };
}

async function* rowsOf(records: AsyncIterable<{ record: string[]; info: Info }>): AsyncGenerator<CsvRow> {
  try {
    for await (const { record, info } of records) yield { cells: record, line: info.lines };
  } catch (error) {
    throw error instanceof CsvError ? new TableError(problemOf(error)) : error;
  }
}

function problemOf({ code, message, lines }: CsvError & { readonly lines?: unknown }): string {
  const where = typeof lines === 'number' ? ` in the row that ends before line ${lines + 1}` : '';
  if (code === 'CSV_QUOTE_NOT_CLOSED') return `a quotation mark${where} is never closed; the rows before it were read`;
  if (code === 'CSV_MAX_RECORD_SIZE') {
    return `expected rows of at most ${ROW_CHARACTERS} characters, received a longer one${where}: is a quotation mark never closed?`;
  }
  return `the file is not CSV${where}: ${message}`;
}

/** The text to the end of its first line. */
async function headOf(text: AsyncGenerator<string>): Promise<string> {
  let head = '';
  while (!/[\r\n]/.test(head.trimStart()) && head.length < ROW_CHARACTERS) {
    const { done, value } = await text.next();
    if (done) break;
    head += value;
  }
  return head;
}

async function* prefixed(head: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  yield head;
  yield* rest;
}

function delimiterOf(head: string): Delimiter {
  const [line = ''] = head.trimStart().split(/[\r\n]/);
  const counts = DELIMITERS.map((delimiter) => cellsOf(line, delimiter));
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

/** 0 when the delimiter would be one within quotation marks. */
function cellsOf(line: string, delimiter: Delimiter): number {
  try {
    return parseSync(line, { delimiter })[0]?.length ?? 0;
  } catch {
    return 0;
  }
}
