import { VEHICLE_CONDITIONS } from './price-facts.ts';

/** How the cells of a column are read. */
export type CellKind =
  | 'number'
  | 'integer'
  | 'flag'
  | 'word'
  | 'condition'
  | 'miles'
  | 'price'
  | 'currency'
  | 'written'
  | 'zip'
  | 'year0'
  | 'degrees';

/** Cells without a value: empty, or a word for it. */
export const isMissing = (cell: string): boolean => /^(null|na|n\/a|nan|none|-)?$/i.test(cell.trim());

/** What a cell holds: a value, undefined where it stands for none, or a problem in words. */
export type Cell = string | number | boolean | undefined | { readonly problem: string };

/** Reads a cell that is not missing. */
export function readCell(kind: CellKind, text: string): Cell {
  switch (kind) {
    case 'number':
      return readNumber(text);
    case 'integer':
      return wholeOf(readNumber(text), text);
    case 'year0': {
      const year = wholeOf(readNumber(text), text);
      return year === 0 ? undefined : year;
    }
    case 'degrees':
      return /^-?\d{1,3}(\.\d+)?$/.test(text)
        ? Number(text)
        : { problem: `expected degrees such as 47.61, received "${text.slice(0, 40)}"` };
    case 'miles':
      return readMiles(text);
    case 'price':
      return readPrice(text);
    case 'currency':
      return readCurrency(text);
    case 'flag':
      return readFlag(text);
    case 'condition':
      return readCondition(text);
    case 'written':
      return text;
    case 'zip':
      return text.replace(/\.0+$/, '');
    case 'word':
      return text.toLowerCase().replaceAll(/\s+/g, ' ');
  }
}

/**
 * A number such as 1234.5, 1,234.50, 1.234,50 or 1 234,5. A single separator before exactly three digits is one of thousands in
 * one locale and a decimal sign in another: it is a problem unless it repeats or another separator settles it.
 */
export function readNumber(text: string): number | { readonly problem: string } {
  const value = readNotation(text);
  if (typeof value !== 'number' || Number.isFinite(value)) return value;
  return { problem: `expected a number, received "${text.slice(0, 40)}", which is too large for one` };
}

function readNotation(text: string): number | { readonly problem: string } {
  const compact = text.replaceAll(/[\s\u00a0\u202f']/g, '');
  if (/^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(compact) && !/^[+-]?[1-9]\d{0,2}\.\d{3}$/.test(compact))
    return Number(compact);
  if (/^[+-]?\d{1,3}(,\d{3})+\.\d+$/.test(compact) || /^[+-]?\d{1,3}(,\d{3}){2,}$/.test(compact)) {
    return Number(compact.replaceAll(',', ''));
  }
  if (/^[+-]?\d{1,3}(\.\d{3})+,\d+$/.test(compact) || /^[+-]?\d{1,3}(\.\d{3}){2,}$/.test(compact)) {
    return Number(compact.replaceAll('.', '').replace(',', '.'));
  }
  if (/^[+-]?\d+,\d+$/.test(compact) && !/^[+-]?[1-9]\d{0,2},\d{3}$/.test(compact))
    return Number(compact.replace(',', '.'));
  if (/^[+-]?\d{1,3}[.,]\d{3}$/.test(compact)) {
    return { problem: `"${text}" may be thousands or a decimal; write it without a separator of thousands` };
  }
  return { problem: `expected a number, received "${text.slice(0, 40)}"` };
}

function wholeOf(value: ReturnType<typeof readNumber>, text: string): ReturnType<typeof readNumber> {
  if (typeof value !== 'number' || Number.isInteger(value)) return value;
  return { problem: `expected a whole number, received "${text.slice(0, 40)}"` };
}

function readMiles(text: string): Cell {
  if (/\bkm\b|kilomet/i.test(text)) return { problem: `expected miles, received kilometres ("${text.slice(0, 40)}")` };
  const digits = text.replace(/\s*(mi|miles)\.?$/i, '');
  const miles = /^\d{1,3}([.,]\d{3})$/.test(digits) ? Number(digits.replace(/[.,]/, '')) : readNumber(digits);
  return typeof miles === 'number' ? Math.round(miles) : miles;
}

const CURRENCY = /([$£€¥]|\b(?:USD|GBP|EUR|JPY|CAD|AUD)\b)/i;
const SIGNS: Readonly<Record<string, string>> = { $: 'USD', '£': 'GBP', '€': 'EUR', '¥': 'JPY' };

function readPrice(text: string): Cell {
  const price = readNumber(text.replace(CURRENCY, '').trim());
  if (typeof price !== 'number') return price;
  if (!Number.isSafeInteger(Math.round(price * 100))) {
    return { problem: `expected a price of at most ${Number.MAX_SAFE_INTEGER} cents, received "${text.slice(0, 40)}"` };
  }
  return price > 0 ? price : { problem: `expected a price above zero, received "${text.slice(0, 40)}"` };
}

/** The currency that a price names by its sign or code; undefined where it names none. */
export function currencyIn(text: string): string | undefined {
  const sign = CURRENCY.exec(text)?.[1];
  return sign === undefined ? undefined : (SIGNS[sign] ?? sign.toUpperCase());
}

function readCurrency(text: string): Cell {
  const code = SIGNS[text] ?? text.toUpperCase();
  return /^[A-Z]{3}$/.test(code)
    ? code
    : { problem: `expected a code such as USD or a sign such as $, received "${text.slice(0, 40)}"` };
}

function readFlag(text: string): Cell {
  if (/^(1(\.0)?|true|yes|y|x)$/i.test(text)) return true;
  if (/^(0(\.0)?|false|no|n)$/i.test(text)) return false;
  return { problem: `expected yes or no, received "${text.slice(0, 40)}"` };
}

function readCondition(text: string): Cell {
  const word = text.toLowerCase().replaceAll(/[\s-]+/g, '_');
  const known = VEHICLE_CONDITIONS.find((condition) => condition === word);
  return known ?? { problem: `expected one of ${VEHICLE_CONDITIONS.join(', ')}, received "${text.slice(0, 40)}"` };
}
