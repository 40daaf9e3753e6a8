import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCsv } from '../../../bin/csv/csv-rows.ts';
import { UsageError } from '../../../bin/usage-error.ts';
import { readCsv } from '../../../functions/csv/csv-rows-runtime.ts';
import { csvText } from '../../../functions/csv/csv-text-runtime.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'fettle-csv-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

async function readFile(content: string | Uint8Array) {
  const file = join(dir, 'table.csv');
  writeFileSync(file, content);
  const { delimiter, header, rows } = await openCsv(file);
  const read = [];
  for await (const row of rows) read.push(row);
  return { delimiter, header, cells: read.map(({ cells }) => cells), lines: read.map(({ line }) => line) };
}

const TABLE = 'model,price\nFiesta,"1,200"\n"Golf\nVariant",800\n';
const CELLS = [
  ['Fiesta', '1,200'],
  ['Golf\nVariant', '800'],
];

/** UTF-16 with the most significant byte first. */
const bigEndian = (text: string) => Buffer.from(text, 'utf16le').swap16();

describe('openCsv', () => {
  it('says of a file that is not there, and of a folder, that a CSV file was expected', async () => {
    const missing = openCsv(join(dir, 'nothing.csv'));
    await expect(missing).rejects.toThrow(/nothing\.csv cannot be read \(ENOENT\): expected a CSV file/);
    await expect(missing).rejects.toThrow(UsageError);
    await expect(openCsv(dir)).rejects.toThrow(/is a folder: expected a CSV file/);
  });

  it.each([
    ['UTF-8', Buffer.from(TABLE)],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${TABLE}`)],
    ['UTF-16, little-endian', Buffer.from(`\ufeff${TABLE}`, 'utf16le')],
    ['UTF-16, big-endian', bigEndian(`\ufeff${TABLE}`)],
    ['UTF-16 without a mark', Buffer.from(TABLE, 'utf16le')],
    ['UTF-16 without a mark, big-endian', bigEndian(TABLE)],
    ['the line ends of Windows', Buffer.from(TABLE.replaceAll('\n', '\r\n'))],
  ])('reads %s', async (_, content) => {
    const { header, cells } = await readFile(content);
    expect(header).toEqual(['model', 'price']);
    expect(cells.map((row) => row.map((cell) => cell.replaceAll('\r', '')))).toEqual(CELLS);
  });

  it('refuses Latin-1, and says where', async () => {
    await expect(readFile(Buffer.from('model,price\nCitroën,1\n', 'latin1'))).rejects.toThrow(
      'expected a CSV file in UTF-8 or UTF-16, received other bytes between byte 1 and',
    );
  });

  it.each(['', '\n', '\ufeff', '\r\n\r\n', ' '.repeat(0)])('refuses a file without a header: %j', async (content) => {
    await expect(readFile(content)).rejects.toThrow('the CSV file is empty: expected a header and rows');
  });

  it.each([
    [',', 'a,b;c,d\n'],
    [';', 'a;b;"x,y,z"\n1,5;2;3\n'],
    ['\t', 'a\tb\n'],
    [',', 'model\nFiesta\n'],
  ])('takes the delimiter %j of the header', async (delimiter, content) => {
    expect((await readFile(content)).delimiter).toBe(delimiter);
  });

  it('knows the line on which a row ends', async () => {
    expect((await readFile(TABLE)).lines).toEqual([2, 4]);
  });

  it('takes a quotation mark in the middle of a cell for a character, and cells of another number than the header’s', async () => {
    expect((await readFile('wheels,price\n17" alloy,1\na\nb,2,3\n')).cells).toEqual([
      ['17" alloy', '1'],
      ['a'],
      ['b', '2', '3'],
    ]);
  });

  it('says that a quotation mark is never closed, instead of losing the rows behind it', async () => {
    await expect(readFile('a,b\n1,2\n"3,4\n5,6\n')).rejects.toThrow(/a quotation mark .*is never closed/);
  });

  it('ends at a row of more than a megabyte', async () => {
    await expect(readFile(`a,b\n"${'x'.repeat(1_100_000)}`)).rejects.toThrow(
      'expected rows of at most 1048576 characters',
    );
  });

  it('reads any cells in any encoding, wherever the bytes are cut', async () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 8 });
    const table = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 6 });
    const encode = fc.constantFrom(
      (text: string) => Buffer.from(text),
      bigEndian,
      (text: string) => Buffer.from(text, 'utf16le'),
    );
    const delimiters = fc.constantFrom(',', ';', '\t');
    await fc.assert(
      fc.asyncProperty(
        table,
        delimiters,
        encode,
        fc.integer({ min: 1, max: 7 }),
        async (rows, delimiter, toBytes, cut) => {
          const lines = [['one', 'two', 'three'], ...rows].map((row) =>
            row
              .map((text, at) => (at === 0 && text === 'one' ? text : `"${text.replaceAll('"', '""')}"`))
              .join(delimiter),
          );
          const { rows: read } = await readCsv(csvText(pieces(toBytes(lines.join('\n')), cut)));
          const cells = [];
          for await (const row of read) cells.push(row.cells);
          expect(cells).toEqual(rows);
        },
      ),
    );
  });
});

async function* pieces(bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}
