import { open } from 'node:fs/promises';
import { type CsvTable, readCsv } from '../../functions/csv/csv-rows-runtime.ts';
import { csvText } from '../../functions/csv/csv-text-runtime.ts';
import { UsageError } from '../usage-error.ts';

/**
 * The rows of a CSV file, streamed, whatever its encoding (UTF-8 or UTF-16, with or without byte order mark), line ends and
 * delimiter: of comma, semicolon and tab the one that gives the header most cells.
 *
 * @param file a path; `-` is stdin
 * @throws UsageError when it cannot be read, TableError when it is empty, in another encoding or not CSV; while the rows are read, too
 */
export async function openCsv(file: string): Promise<CsvTable> {
  return readCsv(csvText(file === '-' ? process.stdin : await bytesOf(file)));
}

async function bytesOf(file: string): Promise<AsyncIterable<Uint8Array>> {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${file} cannot be read (${error.code}): expected a CSV file`);
  });
  if ((await handle.stat()).isDirectory()) throw new UsageError(`${file} is a folder: expected a CSV file`);
  return handle.createReadStream();
}
