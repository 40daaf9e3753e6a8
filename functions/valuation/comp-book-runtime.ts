import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection, DuckDBInstance, DuckDBValue } from '@duckdb/node-api';
import { TableError } from '../csv/table-error.ts';
import type { BookRow } from './comp-book.ts';
import { EVERY_TITLE, type NameTest } from './related-comps.ts';

/** Where books are read and written: nothing else of the machine is open to DuckDB. */
export const BOOKS_DIR = mkdtempSync(join(tmpdir(), 'fettle-books-'));
process.once('exit', () => rmSync(BOOKS_DIR, { recursive: true, force: true }));

/** One thread, for the one vCPU of a function; beyond a part of its memory DuckDB spills to BOOKS_DIR. */
const SETTINGS = { threads: '1', memory_limit: '600MB', temp_directory: BOOKS_DIR };

/** Rows of a row group. A book is sorted by id, so that a page of a list reads one or two of them. */
const GROUP_ROWS = 20_000;

/** Loaded when it is first needed: a workspace without a book needs none of its 70 MB. */
const duckdb = () => import('@duckdb/node-api');

let opened: Promise<DuckDBInstance> | undefined;

async function open(): Promise<DuckDBInstance> {
  const { DuckDBInstance } = await duckdb();
  const instance = await DuckDBInstance.create(':memory:', SETTINGS);
  const connection = await instance.connect();
  await connection.run(`SET allowed_directories = [${quoted(`${BOOKS_DIR}/`)}]`);
  await connection.run('SET enable_external_access = false');
  await connection.run('SET lock_configuration = true');
  connection.closeSync();
  return instance;
}

const quoted = (path: string): string => `'${path.replaceAll("'", "''")}'`;

async function connected<Result>(task: (connection: DuckDBConnection) => Promise<Result>): Promise<Result> {
  opened ??= open();
  const connection = await (await opened).connect();
  try {
    return await task(connection);
  } finally {
    connection.closeSync();
  }
}

type Parameters = Readonly<Record<string, string | bigint | readonly string[]>>;

/** The condition of a NameTest, with its parameters: patterns that are constants are compiled once. */
function ofNames({ names, least, leastWithNumber, number }: NameTest): { sql: string; parameters: Parameters } {
  if (names.length === 0) return { sql: 'TRUE', parameters: {} };
  const found = names.map((_, at) => `regexp_matches(names, $name${at})::INTEGER`).join(' + ');
  return {
    // Most titles have none of the names, and are then looked at once.
    sql: `regexp_matches(names, $any) AND (${found} >= $least OR (${found} >= $leastWithNumber AND regexp_matches(names, $number)))`,
    parameters: {
      any: names.join('|'),
      ...Object.fromEntries(names.map((name, at) => [`name${at}`, name])),
      ...{ least: BigInt(least), leastWithNumber: BigInt(leastWithNumber), number },
    },
  };
}

/** Rows of a statement. Its text is of this file; all that comes from elsewhere is a parameter. */
async function rowsOf(sql: string, parameters: Parameters): Promise<(string | bigint)[][]> {
  const { LIST, listValue, VARCHAR } = await duckdb();
  const entries = Object.entries(parameters);
  const values = entries.map(([name, value]): [string, DuckDBValue] => [
    name,
    isList(value) ? listValue(value) : value,
  ]);
  const types = entries.flatMap(([name, value]) => (isList(value) ? [[name, LIST(VARCHAR)] as const] : []));
  return connected(async (connection) => {
    const reader = await connection.runAndReadAll(sql, Object.fromEntries(values), Object.fromEntries(types));
    return reader.getRowsJS() as (string | bigint)[][];
  });
}

const isList = (value: Parameters[string]): value is readonly string[] => Array.isArray(value);

const KEPT = 'FROM read_parquet($file) WHERE kept_until > $now';

const secondsOf = (now: Date): bigint => BigInt(Math.floor(now.getTime() / 1000));

const jsonOf = (rows: readonly (string | bigint)[][]): string[] => rows.map(([comp]) => String(comp));

/** The comps at these places or with these titles, as JSON. */
export const findInBook = async (
  file: string,
  { places, titles }: { readonly places: readonly string[]; readonly titles: readonly string[] },
  now: Date,
): Promise<string[]> =>
  jsonOf(
    await rowsOf(
      `SELECT comp ${KEPT} AND (sk IN (SELECT unnest($places)) OR title_digest IN (SELECT unnest($titles)))`,
      { file, now: secondsOf(now), places, titles },
    ),
  );

/**
 * The comps after this place in the order of their places, as JSON.
 *
 * @param names only comps with a title that matches; default: all
 */
export async function pageOfBook(
  file: string,
  { after, limit, names = EVERY_TITLE }: { readonly after: string; readonly limit: number; readonly names?: NameTest },
  now: Date,
): Promise<string[]> {
  const { sql, parameters } = ofNames(names);
  const page = { file, now: secondsOf(now), after, limit: BigInt(limit) };
  return jsonOf(
    await rowsOf(`SELECT comp ${KEPT} AND sk > $after AND ${sql} ORDER BY sk LIMIT $limit`, { ...page, ...parameters }),
  );
}

export type CountedOfBook = { readonly comps: readonly string[]; readonly counted: number };

/**
 * The comps that count, as JSON, and their number.
 *
 * @param names only comps with a title that matches; their number is that of all
 * @param except places of comps to leave out
 */
export async function countedInBook(
  file: string,
  { names, except, limit }: { readonly names: NameTest; readonly except: readonly string[]; readonly limit: number },
  now: Date,
): Promise<CountedOfBook> {
  const counted = `${KEPT} AND state = 'counted' AND sk NOT IN (SELECT unnest($except))`;
  const parameters = { file, now: secondsOf(now), except };
  const [[all] = [0n]] = await rowsOf(`SELECT count(*) ${counted}`, parameters);
  const matching = ofNames(names);
  const comps = await rowsOf(`SELECT comp ${counted} AND ${matching.sql} ORDER BY sk LIMIT $limit`, {
    ...{ ...parameters, ...matching.parameters, limit: BigInt(limit) },
  });
  return { comps: jsonOf(comps), counted: Number(all) };
}

/**
 * Writes a book: these rows, and those of the book before it at other places.
 *
 * @returns its number of rows
 */
export const writeBook = (
  file: string,
  rows: Iterable<BookRow>,
  before: string | undefined,
  now: Date,
): Promise<number> =>
  connected(async (connection) => {
    await connection.run(
      'CREATE TEMP TABLE arriving (sk VARCHAR, title_digest VARCHAR, names VARCHAR, state VARCHAR, kept_until BIGINT, comp VARCHAR)',
    );
    const appender = await connection.createAppender('arriving');
    for (const row of rows) {
      for (const text of [row.sk, row.titleDigest, row.names, row.state]) appender.appendVarchar(text);
      appender.appendBigInt(BigInt(row.keptUntilSeconds));
      appender.appendVarchar(row.comp);
      appender.endRow();
    }
    appender.closeSync();
    if (before !== undefined) {
      const kept = `SELECT * ${KEPT} AND sk NOT IN (SELECT sk FROM arriving)`;
      await connection.run(`INSERT INTO arriving ${kept}`, { file: before, now: secondsOf(now) });
    }
    await connection.run(
      `COPY (SELECT * FROM arriving ORDER BY sk) TO ${quoted(file)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${GROUP_ROWS})`,
    );
    const [[comps] = [0n]] = (await connection.runAndReadAll('SELECT count(*) FROM arriving')).getRowsJS();
    await connection.run('DROP TABLE arriving');
    return Number(comps);
  });

/**
 * The rows of a Parquet file, each value as text; a value that is missing is an empty one.
 *
 * @throws TableError when it cannot be read, has more rows, or a column of lists or structures
 */
export async function readParquet(file: string, mostRows: number) {
  const reader = await connected((connection) =>
    connection.runAndReadUntil('SELECT * FROM read_parquet($file) LIMIT $most', mostRows + 1, {
      file,
      most: BigInt(mostRows + 1),
    }),
  ).catch((error: Error) => {
    throw new TableError(`expected a Parquet file, which this is not: ${error.message}`);
  });
  const [header, rows] = [reader.columnNames(), reader.getRowsJson()];
  if (rows.length > mostRows) throw new TableError(`expected at most ${mostRows} rows, received more`);
  const nested = header.find((_name, at) => rows.some((row) => typeof row[at] === 'object' && row[at] !== null));
  if (nested !== undefined) throw new TableError(`expected columns of texts, numbers and days; "${nested}" has others`);
  const textOf = (value: unknown): string => (value === null ? '' : String(value));
  async function* each() {
    for (const [at, row] of rows.entries()) yield { cells: row.map(textOf), line: at + 1 };
  }
  return { header, rows: each() };
}
