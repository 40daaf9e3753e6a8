import { stringify } from 'csv-stringify/sync';
import type { Delimiter } from './csv-rows-runtime.ts';

/** First characters that make a spreadsheet run a cell as a formula (OWASP, CSV injection). */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
/** A signed number is no formula. */
const NUMBER = /^[+-]?\d+([.,]\d+)*$/;

/** A cell that a spreadsheet shows as it is: an apostrophe comes before what it would run. */
export const safeCell = (cell: string): string => (FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell);

/** Rows as lines of a CSV file in UTF-8. */
export const csvLines = (rows: readonly (readonly string[])[], delimiter: Delimiter): string =>
  stringify(
    rows.map((row) => row.map(safeCell)),
    { delimiter },
  );
