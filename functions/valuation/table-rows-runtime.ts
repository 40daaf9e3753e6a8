import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { type CsvTable, readCsv } from '../csv/csv-rows-runtime.ts';
import { csvText } from '../csv/csv-text-runtime.ts';
import { readParquet } from './comp-book-runtime.ts';

/** First bytes of a Parquet file (Apache Parquet, file format). */
const PARQUET_MAGIC = 'PAR1';

/** A table of an uploaded file: its header, and its rows one by one with the line, or the number of the row, where they are. */
export type UploadedTable = Pick<CsvTable, 'header' | 'rows'>;

/**
 * Opens a file as Parquet where it begins so, else as CSV.
 *
 * @throws TableError when it is neither, empty or in another encoding; while the rows are read, too
 */
export async function openTable(file: string, mostRows: number): Promise<UploadedTable> {
  const handle = await open(file);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(PARQUET_MAGIC.length), 0, PARQUET_MAGIC.length, 0);
  await handle.close();
  const isParquet = buffer.subarray(0, bytesRead).toString('latin1') === PARQUET_MAGIC;
  return isParquet ? readParquet(file, mostRows) : readCsv(csvText(createReadStream(file)));
}
