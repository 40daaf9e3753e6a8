import type { PriceKind } from './price-facts.ts';
import { type CellKind, currencyIn, isMissing, readCell } from './read-cell.ts';

type Column = { readonly fact: string; readonly cell: CellKind; readonly names: readonly string[] };

const column = (fact: string, cell: CellKind, ...names: string[]): Column => ({ fact, cell, names: [fact, ...names] });

/** Columns that are no facts: the price, its currency, and, where it is asked for, its day. */
const PRICE = column('price', 'price', 'askingprice', 'soldprice', 'saleprice');
const CURRENCY = column('currency', 'currency', 'currencycode', 'pricecurrency');
const DAY = column('day', 'written', 'dateposted', 'date', 'listedon', 'soldon');

const COLUMNS: Record<PriceKind, readonly Column[]> = {
  vehicle: [
    PRICE,
    CURRENCY,
    column('make', 'word', 'manufacturer', 'brand'),
    column('model', 'word'),
    column('modelYear', 'integer', 'year'),
    column('odometerMiles', 'miles', 'odometer', 'mileage', 'miles'),
    column('condition', 'condition'),
    column('cylinders', 'integer'),
    column('fuel', 'word', 'fueltype'),
    column('transmission', 'word', 'gearbox'),
    column('bodyType', 'word', 'type', 'body'),
    column('paintColor', 'word', 'color', 'colour', 'paintcolour'),
    column('fourWheelDrive', 'flag', 'is4wd', '4wd', 'awd'),
    column('engineLitres', 'number', 'enginesize', 'engine'),
    column('milesPerGallon', 'number', 'mpg'),
    column('roadTaxPounds', 'number', 'tax', 'roadtax'),
  ],
  house: [
    PRICE,
    CURRENCY,
    column('livingAreaSqft', 'integer', 'sqftliving', 'livingarea', 'area', 'areasqft'),
    column('lotAreaSqft', 'integer', 'sqftlot', 'lotarea', 'lot'),
    column('bedrooms', 'integer', 'beds'),
    column('bathrooms', 'number', 'baths'),
    column('floors', 'number', 'stories'),
    column('waterfront', 'flag'),
    column('view', 'integer'),
    column('condition', 'integer'),
    column('grade', 'integer'),
    column('aboveGroundSqft', 'integer', 'sqftabove'),
    column('basementSqft', 'integer', 'sqftbasement'),
    column('yearBuilt', 'integer', 'yrbuilt'),
    column('yearRenovated', 'year0', 'yrrenovated'),
    column('zipCode', 'zip', 'zip', 'postcode'),
    column('latitude', 'degrees', 'lat'),
    column('longitude', 'degrees', 'long', 'lng', 'lon'),
    column('neighbourLivingAreaSqft', 'integer', 'sqftliving15'),
    column('neighbourLotAreaSqft', 'integer', 'sqftlot15'),
  ],
};

/** Columns of a file, at most: more are a mistake of its separator, or no table of prices. */
export const MAX_COLUMNS = 1000;

export type ColumnMap = {
  /** by place in the header; undefined where a column is not used */
  readonly columns: readonly (Column | undefined)[];
  readonly unused: readonly string[];
};

export type Mapping =
  | ({ readonly status: 'mapped' } & ColumnMap)
  | { readonly status: 'unmapped'; readonly problem: string };

/** Names of odometers in kilometres, by their plain form. */
const KILOMETRES = /^(odometer|mileage)?(in)?(kms?|kilomet(er|re)s?)(driven)?$/;

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/**
 * Which column of a header is which fact; capitals and separators do not count. `needed` are facts or `price` without which
 * the file is of no use. With `day`, the day of the price is a column, too. A file whose only odometer is in kilometres is refused, since it would be valued as without one.
 */
export function mapColumns(
  kind: PriceKind,
  header: readonly string[],
  needed: readonly string[],
  { day = false }: { readonly day?: boolean } = {},
): Mapping {
  if (header.every((name) => name.trim() === '')) return unmapped('the file is empty: expected a header and rows');
  if (header.length > MAX_COLUMNS) {
    return unmapped(`the header has ${header.length} columns, expected at most ${MAX_COLUMNS}`);
  }
  const known = day ? [...COLUMNS[kind], DAY] : COLUMNS[kind];
  const columns = header.map((name) => known.find(({ names }) => names.some((each) => plain(each) === plain(name))));
  const twice = columns.find((each, at) => each && columns.indexOf(each) !== at);
  if (twice) {
    const both = header.filter((_, at) => columns[at] === twice).map((name) => `"${name}"`);
    return unmapped(`the columns ${both.join(' and ')} both mean ${twice.fact}; leave one out`);
  }
  const kilometres = header.find((name) => KILOMETRES.test(plain(name)));
  if (kind === 'vehicle' && kilometres !== undefined && !columns.some((each) => each?.fact === 'odometerMiles')) {
    return unmapped(
      `the column "${kilometres}" is in kilometres; expected miles (kilometres divided by 1.609344) in a column odometerMiles`,
    );
  }
  const missing = needed.filter((fact) => !columns.some((each) => each?.fact === fact));
  if (missing.length > 0) {
    const received = header
      .slice(0, 20)
      .map((name) => `"${name}"`)
      .join(', ');
    return unmapped(`expected a column for ${missing.join(' and ')}; the header has ${received}`);
  }
  return { status: 'mapped', columns, unused: header.filter((_, at) => !columns[at]) };
}

const unmapped = (problem: string): Mapping => ({ status: 'unmapped', problem });

export type ReadRow =
  | {
      readonly status: 'read';
      readonly facts: Readonly<Record<string, string | number | boolean>>;
      /** absent where the row has no price */
      readonly priceCents?: number;
      /** ISO 4217 code, of the column or the price, where one of them names it */
      readonly currency?: string;
      /** as it is written: `readDays` reads a whole column */
      readonly day?: string;
    }
  | { readonly status: 'wrong'; readonly problems: readonly string[] };

/** Reads a row; empty cells, "null" and "NA" are missing. Nothing is guessed: what may mean two things is a problem. */
export function readRow({ columns }: ColumnMap, cells: readonly string[]): ReadRow {
  if (cells.length !== columns.length) {
    return {
      status: 'wrong',
      problems: [`expected ${columns.length} cells as in the header, received ${cells.length}`],
    };
  }
  const facts: Record<string, string | number | boolean> = {};
  const problems: string[] = [];
  cells.forEach((cell, at) => {
    const meant = columns[at];
    if (!meant || isMissing(cell)) return;
    const value = readCell(meant.cell, cell.trim());
    if (typeof value === 'object') problems.push(`${meant.fact}: ${value.problem}`);
    else if (value !== undefined) facts[meant.fact] = value;
  });
  const { price, currency: stated, day, ...rest } = facts;
  const named = currencyIn(cells[columns.findIndex((each) => each?.fact === 'price')] ?? '');
  if (stated !== undefined && named !== undefined && stated !== named) {
    problems.push(`currency: expected ${named}, as the price names, received ${stated}`);
  }
  if (problems.length > 0) return { status: 'wrong', problems };
  const currency = stated ?? named;
  return {
    status: 'read',
    facts: rest,
    ...(typeof price === 'number' && { priceCents: Math.round(price * 100) }),
    ...(typeof currency === 'string' && { currency }),
    ...(typeof day === 'string' && { day }),
  };
}
