import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPriceTable } from '../../../bin/price-training/read-price-table.ts';
import { HOUSE_RECIPE, US_VEHICLE_RECIPE } from '../../../functions/price-models/training/recipe.ts';

const NOW = new Date('2026-11-29T00:00:00Z');

describe('readPriceTable', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fettle-table-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const read = async (content: string | Buffer, recipe = US_VEHICLE_RECIPE) => {
    const file = join(folder, 'own.csv');
    await writeFile(file, content);
    return readPriceTable(file, recipe, NOW);
  };

  it('reads rows, and returns every other line with its reason: nothing is lost, nothing guessed', async () => {
    const { table, wrong, leftOut, unusedColumns } = await read(
      [
        'Price;Model;Year;Mileage;Notes',
        '"9.400,50";"=BMW X5";2011;145000;nice',
        '9400;ford focus;2031;100;',
        '9400;ford focus;2011;0;',
        '-5;ford focus;2011;100;',
        '9400;ford focus;2011;120000 km;',
        '€9400;ford focus;2011;90000;',
        '1.234;ford focus;2011;90000;',
        ';ford focus;2011;90000;',
        '900;ford focus;2011;90000;',
        '9400;ford focus;2011',
      ].join('\n'),
    );
    expect(table.facts).toEqual([{ model: '=bmw x5', modelYear: 2011, odometerMiles: 145_000 }]);
    expect(Array.from(table.prices)).toEqual([9400.5]);
    expect(unusedColumns).toEqual(['Notes']);
    expect(wrong.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
      expect.stringMatching(/^3 modelYear: expected 2028 at most/),
      expect.stringMatching(/^4 odometerMiles: expected at least 1 mile/),
      expect.stringMatching(/^5 price: expected a price above zero/),
      expect.stringMatching(/^6 odometerMiles: expected miles, received kilometres/),
      expect.stringMatching(/^7 price: expected USD as in the whole table, received EUR/),
      expect.stringMatching(/^8 price: "1.234" may be thousands or a decimal/),
      expect.stringMatching(/^9 price: expected a price, received an empty cell/),
      expect.stringMatching(/^11 expected 5 cells as in the header, received 3/),
    ]);
    expect(leftOut).toEqual([{ line: 10, reason: expect.stringContaining('down payment') }]);
  });

  it('reads UTF-16 as spreadsheets write it', async () => {
    const text = '\ufeffprice,model,model_year\n9400,citroën c4,2011\n';
    expect((await read(Buffer.from(text, 'utf16le'))).table.facts).toEqual([{ model: 'citroën c4', modelYear: 2011 }]);
  });

  it('reads a table with 500 columns, and names those without effect', async () => {
    const names = Array.from({ length: 498 }, (_, at) => `extra${at}`);
    const { table, unusedColumns } = await read(`price,model,${names.join(',')}\n9400,ford focus${',1'.repeat(498)}\n`);
    expect(table.facts).toHaveLength(1);
    expect(unusedColumns).toHaveLength(498);
  });

  it('refuses an empty file and one without a needed column, naming it', async () => {
    await expect(read('')).rejects.toThrow('empty');
    await expect(read('model,year\nford focus,2011\n')).rejects.toThrow(
      'expected a column for price; the header has "model", "year"',
    );
  });

  it('leaves the days out where one is unknown, because a backtest needs them all', async () => {
    const { table } = await read('price,model,date_posted\n9400,ford focus,2018-06-23\n9500,ford focus,\n');
    expect(table.days).toEqual([]);
  });

  it('reads days in the order that the column proves, and refuses rows whose day may be two', async () => {
    const cars = (...days: string[]) =>
      `price,model,date_posted\n${days.map((day) => `9400,ford focus,${day}\n`).join('')}`;
    expect((await read(cars('5/6/18', '6/23/18'))).table.days).toEqual(['2018-05-06', '2018-06-23']);
    const { table, wrong } = await read(cars('5/6/18', '2018-06-23'));
    expect(table.days).toEqual(['2018-06-23']);
    expect(wrong).toEqual([{ line: 2, reason: expect.stringMatching(/^day: .*may be 2018-05-06 or 2018-06-05/) }]);
  });

  it('reads houses whose year of renovation is 0 as never renovated', async () => {
    const { table } = await read(
      'price,sqft_living,yr_built,yr_renovated,zipcode\n221900.00,1180,1955,0,98178\n',
      HOUSE_RECIPE,
    );
    expect(table.facts).toEqual([{ livingAreaSqft: 1180, yearBuilt: 1955, zipCode: '98178' }]);
  });
});
