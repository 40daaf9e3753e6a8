import { describe, expect, it } from 'vitest';
import { mapColumns, readRow } from '../../../functions/price-models/fact-columns.ts';
import { readNumber } from '../../../functions/price-models/read-cell.ts';

const mapped = (header: readonly string[]) => {
  const mapping = mapColumns('vehicle', header, ['price', 'model'], { day: true });
  if (mapping.status === 'unmapped') throw new Error(mapping.problem);
  return mapping;
};

const read = (header: readonly string[], cells: readonly string[]) => readRow(mapped(header), cells);

describe('mapColumns', () => {
  it('knows columns by other names, whatever their capitals and separators', () => {
    const { columns, unused } = mapped(['Asking Price', 'MODEL', 'model_year', 'Mileage', 'is_4wd', 'days_listed']);
    expect(columns.map((each) => each?.fact)).toEqual([
      'price',
      'model',
      'modelYear',
      'odometerMiles',
      'fourWheelDrive',
      undefined,
    ]);
    expect(unused).toEqual(['days_listed']);
  });

  it('names what is missing, and what the header has', () => {
    expect(mapColumns('vehicle', ['model', 'miles'], ['price', 'model'])).toEqual({
      status: 'unmapped',
      problem: 'expected a column for price; the header has "model", "miles"',
    });
  });

  it('refuses an empty header, two columns for one fact, and more than 1,000 columns, but not 500', () => {
    expect(mapColumns('vehicle', [''], ['price'])).toMatchObject({ problem: expect.stringContaining('empty') });
    expect(mapColumns('vehicle', ['odometer', 'mileage'], [])).toMatchObject({
      problem: expect.stringContaining('"odometer" and "mileage" both mean odometerMiles'),
    });
    const wide = (count: number): string[] => [
      'price',
      'model',
      ...Array.from({ length: count - 2 }, (_, at) => `c${at}`),
    ];
    expect(mapColumns('vehicle', wide(500), ['price', 'model']).status).toBe('mapped');
    expect(mapColumns('vehicle', wide(1001), ['price'])).toMatchObject({
      problem: expect.stringContaining('1001 columns'),
    });
  });
});

describe('the day of a price', () => {
  it('is read only where it is asked for, so that valuing needs none', () => {
    const header = ['model', 'date', 'listed_on', 'sold_on'];
    expect(mapColumns('vehicle', header, [])).toMatchObject({ unused: ['date', 'listed_on', 'sold_on'] });
    expect(mapColumns('vehicle', header, [], { day: true })).toMatchObject({
      problem: expect.stringContaining('both mean day'),
    });
  });
});

describe('readRow', () => {
  it('reads facts, price and day; an empty cell, "null" and "NA" are missing and not zero', () => {
    const header = ['price', 'model', 'odometer', 'cylinders', 'paint_color', 'is_4wd', 'date_posted', 'condition'];
    expect(read(header, ['9400', 'BMW  X5', '145000', '6.0', 'null', '1', '6/23/18', 'like new'])).toEqual({
      status: 'read',
      facts: { model: 'bmw x5', odometerMiles: 145_000, cylinders: 6, fourWheelDrive: true, condition: 'like_new' },
      priceCents: 940_000,
      day: '6/23/18',
    });
    expect(read(header, ['', 'bmw x5', 'NA', '', '', '', '', ''])).toEqual({
      status: 'read',
      facts: { model: 'bmw x5' },
    });
  });

  it.each([
    ['price', '-5', 'above zero'],
    ['price', '0', 'above zero'],
    ['price', 'call me', 'expected a number'],
    ['odometer', '120000 km', 'expected miles, received kilometres'],
    ['model_year', '2011.5', 'whole number'],
    ['is_4wd', 'maybe', 'yes or no'],
    ['condition', 'mint', 'expected one of salvage'],
    ['price', '1e400', 'too large'],
    ['price', '1e300', 'at most 9007199254740991 cents'],
    ['odometer', '1e400', 'too large'],
  ])('says what is wrong with a %s of %s', (column, cell, words) => {
    const header = ['price', 'model', 'odometer', 'model_year', 'is_4wd', 'condition', 'date_posted'];
    const row = read(
      header,
      header.map((name) => (name === column ? cell : name === 'model' ? 'bmw x5' : '')),
    );
    expect(row).toMatchObject({ status: 'wrong', problems: [expect.stringContaining(words)] });
  });

  it('takes a row of another length than the header for wrong', () => {
    expect(read(['price', 'model'], ['1', 'bmw', '2'])).toMatchObject({
      problems: ['expected 2 cells as in the header, received 3'],
    });
  });

  it('tells the currency that a price names', () => {
    expect(read(['price', 'model'], ['€ 12.345,50', 'bmw'])).toMatchObject({ priceCents: 1_234_550, currency: 'EUR' });
    expect(read(['price', 'model'], ['$12,345.50', 'bmw'])).toMatchObject({ priceCents: 1_234_550, currency: 'USD' });
    expect(read(['price', 'model'], ['12345 GBP', 'bmw'])).toMatchObject({ priceCents: 1_234_500, currency: 'GBP' });
  });
});

describe('a column in kilometres', () => {
  it.each(['odometer_km', 'Odometer (km)', 'mileageInKm', 'km_driven', 'Kilometres', 'kilometers'])(
    'makes a table of vehicles unusable that has no miles: %s',
    (name) => {
      expect(mapColumns('vehicle', ['model', name], ['model'])).toEqual({
        status: 'unmapped',
        problem: expect.stringContaining(`the column "${name}" is in kilometres; expected miles`),
      });
    },
  );

  it('is not used beside one in miles, nor of houses', () => {
    expect(mapColumns('vehicle', ['model', 'odometer', 'odometer_km'], [])).toMatchObject({ unused: ['odometer_km'] });
    expect(mapColumns('house', ['sqft_living', 'km'], [])).toMatchObject({ unused: ['km'] });
    expect(mapColumns('vehicle', ['model', 'kmpl'], [])).toMatchObject({ unused: ['kmpl'] });
  });
});

describe('readNumber', () => {
  it.each([
    ['1234.5', 1234.5],
    ['1,234.50', 1234.5],
    ['1.234,50', 1234.5],
    ['1 234,5', 1234.5],
    ["1'234'567", 1_234_567],
    ['1.234.567', 1_234_567],
    ['12,5', 12.5],
    ['0.125', 0.125],
    ['1e3', 1000],
    ['-3', -3],
  ])('reads %s', (text, expected) => {
    expect(readNumber(text)).toBe(expected);
  });

  it.each(['1.234', '1,234', '999,999'])('does not guess whether %s is thousands', (text) => {
    expect(readNumber(text)).toMatchObject({ problem: expect.stringContaining('may be thousands or a decimal') });
  });

  it.each(['', '1,2,3', '1.2.3', '12,34.5', 'NaN', '0x10', '1_000'])('takes %j for no number', (text) => {
    expect(readNumber(text)).toMatchObject({ problem: expect.stringContaining('expected a number') });
  });
});
