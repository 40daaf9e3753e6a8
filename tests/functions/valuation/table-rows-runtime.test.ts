import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { TableError } from '../../../functions/csv/table-error.ts';
import { BOOKS_DIR } from '../../../functions/valuation/comp-book-runtime.ts';
import { compOfCells } from '../../../functions/valuation/comp-cells.ts';
import { openTable } from '../../../functions/valuation/table-rows-runtime.ts';

const NOW = new Date('2026-11-29T09:00:00.000Z');

async function parquetOf(name: string, sql: string): Promise<string> {
  const file = join(BOOKS_DIR, name);
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run(`COPY (${sql}) TO '${file}' (FORMAT parquet)`);
  connection.closeSync();
  return file;
}

const ROWS = `SELECT 'Lamp' AS title, 'sold' AS status, 10.5::DECIMAL(10, 2) AS price, 'EUR' AS currency,
  DATE '2026-11-21' AS date, 'own' AS source, 7::BIGINT AS "sourceId", NULL::VARCHAR AS seller FROM range(3)`;

describe('openTable', () => {
  it('reads the numbers, days and missing values of Parquet as those of a CSV file', async () => {
    const { header, rows } = await openTable(await parquetOf('good', ROWS), 3);
    const read = [];
    for await (const { cells, line } of rows) read.push([line, compOfCells(header, cells, {}, NOW)]);
    const comp = {
      title: 'Lamp',
      status: 'sold',
      priceCents: 1050,
      currency: 'EUR',
      date: '2026-11-21',
      source: 'own',
      sourceId: '7',
    };
    expect(read).toEqual([1, 2, 3].map((line) => [line, { comp }]));
  });

  it('refuses more rows, and columns of lists', async () => {
    await expect(openTable(await parquetOf('many', ROWS), 2)).rejects.toThrow(
      new TableError('expected at most 2 rows, received more'),
    );
    const lists = await parquetOf('lists', 'SELECT [1, 2] AS title');
    await expect(openTable(lists, 9)).rejects.toThrow('"title" has others');
  });
});
