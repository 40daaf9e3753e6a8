import { describe, expect, it } from 'vitest';
import { compOfCells, headerProblem, MOST_COLUMNS } from '../../../functions/valuation/comp-cells.ts';

const NOW = new Date('2026-11-29T09:00:00.000Z');
const HEADER = ['title', 'status', 'price', 'currency', 'date', 'bids', 'format', 'source', 'sourceId'];
const ROW = {
  title: '1989 Upper Deck Ken Griffey Jr #1',
  status: 'sold',
  price: '61.50',
  currency: 'USD',
  date: '2026-11-21',
  bids: '14',
  format: 'auction',
  source: 'own sales',
  sourceId: 'A-1',
};

const read = (changes: Partial<typeof ROW> = {}, defaults = {}) => {
  const row: Record<string, string> = { ...ROW, ...changes };
  return compOfCells(
    HEADER,
    HEADER.map((name) => row[name] ?? ''),
    defaults,
    NOW,
  );
};

const reasonsOf = (changes: Partial<typeof ROW>): string[] => {
  const result = read(changes);
  return 'problems' in result ? result.problems.map(({ column, reason }) => `${column}: ${reason}`) : [];
};

describe('compOfCells', () => {
  it('reads a row, and nothing of an empty cell', () => {
    const { price: _units, bids: _text, ...facts } = ROW;
    expect(read()).toEqual({ comp: { ...facts, priceCents: 6150, bids: 14 } });
    const { date: _day, ...undated } = { ...facts, priceCents: 6100, bids: 14 };
    expect(read({ date: ' ', price: '61' })).toEqual({ comp: undated });
  });

  it('takes what the upload states where the row says nothing', () => {
    expect(read({ currency: '', source: '' }, { currency: 'EUR', source: 'fair' })).toMatchObject({
      comp: { currency: 'EUR', source: 'fair' },
    });
    expect(read({ currency: 'JPY' }, { currency: 'EUR' })).toMatchObject({ comp: { currency: 'JPY' } });
  });

  it.each([
    [
      'a number of another locale',
      { price: '1.234,50' },
      'price: expected a price such as 1234.50, received "1.234,50"',
    ],
    ['thousands that may be decimals', { price: '1.234' }, 'price: expected a price such as 1234.50, received "1.234"'],
    ['a currency in a price', { price: '€ 12' }, 'price: expected a price such as 1234.50, received "€ 12"'],
    ['a negative price', { price: '-5' }, 'price: expected a price such as 1234.50, received "-5"'],
    ['no price', { price: '' }, 'price: expected'],
    ['a price of nothing', { price: '0' }, 'price: expected at least 1, received number 0'],
    [
      'a day that has not begun',
      { date: '2027-01-01' },
      'date: expected a day from 2023-11-30 to 2026-11-30, received "2027-01-01"',
    ],
    ['a day of another locale', { date: '21.11.2026' }, 'date: expected'],
    [
      'a formula in a title',
      { title: '=HYPERLINK("x")' },
      'title: expected text, received a formula: "=HYPERLINK("x")"',
    ],
    ['kilometres in a count', { bids: '14 km' }, 'bids: expected a whole number, received "14 km"'],
    ['a currency by name', { currency: 'dollars' }, 'currency: expected an ISO 4217 code such as USD'],
    ['bids on what is no auction', { format: 'fixed_price' }, 'bids: expected no bids on what is no auction'],
    ['an unknown status', { status: 'Sold!' }, 'status: expected'],
  ])('refuses %s', (_what, changes, reason) => {
    const reasons = reasonsOf(changes);
    expect(reasons).toHaveLength(1);
    expect(reasons[0]).toContain(reason);
  });

  it('names everything that is wrong with a row', () => {
    expect(reasonsOf({ price: 'much', date: '2999-01-01', status: '' }).map((reason) => reason.split(':')[0])).toEqual([
      'price',
      'status',
    ]);
    expect(compOfCells(HEADER, ['x', 'y'], {}, NOW)).toEqual({
      problems: [{ column: '', reason: 'expected 9 cells, received 2' }],
    });
  });
});

describe('headerProblem', () => {
  it.each([
    [
      '500 columns',
      Array.from({ length: 500 }, (_, at) => `c${at}`),
      `expected at most ${MOST_COLUMNS} columns, received 500`,
    ],
    [
      'columns that are none of a comp',
      [...HEADER, 'odometerKm'],
      'received "odometerKm"; leave out what is none of them',
    ],
    ['a column twice', [...HEADER, 'title'], 'expected each column once, received "title" twice'],
    ['no title', HEADER.slice(1), 'expected also title, as a column or stated with the upload'],
    ['no price', HEADER.filter((name) => name !== 'price'), 'expected either a column price'],
    ['two prices', [...HEADER, 'priceCents'], 'expected either a column price'],
  ])('refuses %s', (_what, header, problem) => {
    expect(headerProblem(header, {})).toContain(problem);
  });

  it('accepts columns in any order, with what the upload states', () => {
    expect(headerProblem(HEADER.toReversed(), {})).toBeUndefined();
    expect(headerProblem(['priceCents', 'title', 'status'], { currency: 'USD', source: 'x' })).toBeUndefined();
  });
});
