import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLines, safeCell } from '../../../functions/csv/csv-output-runtime.ts';
import { readCsv } from '../../../functions/csv/csv-rows-runtime.ts';

describe('safeCell', () => {
  it.each(['=1+1', '+cmd|calc', '-2+3', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '=HYPERLINK("x")', '-', '＝1'])(
    'has a spreadsheet show %j instead of running it',
    (cell) => expect(safeCell(cell)).toBe(`'${cell}`),
  );

  it.each(['', '-122.257', '+1', '-1,5', '12', 'ford f-150', "'=1", 'a=b'])('leaves %j as it is', (cell) =>
    expect(safeCell(cell)).toBe(cell),
  );
});

describe('csvLines', () => {
  it('is read back as it was, but for apostrophes', async () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 8 }).map(safeCell);
    const rows = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(rows, fc.constantFrom(',', ';', '\t'), async (written, delimiter) => {
        async function* text() {
          yield csvLines([['first', 'second'], ...written], delimiter);
        }
        const { header, rows: read } = await readCsv(text());
        const cells = [];
        for await (const row of read) cells.push(row.cells);
        expect([header, ...cells]).toEqual([['first', 'second'], ...written]);
      }),
    );
  });
});
