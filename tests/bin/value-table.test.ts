import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UsageError } from '../../bin/usage-error.ts';
import { valueTable } from '../../bin/value-table.ts';
import { TableError } from '../../functions/csv/table-error.ts';
import type { PriceKind } from '../../functions/price-models/price-facts.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'fettle-value-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

type Valued = Readonly<Record<string, string>>;

const NOW = new Date('2026-11-29T12:00:00Z');

/** What becomes of a file. */
async function value(
  content: string | Uint8Array,
  { kind = 'vehicle' as PriceKind, delimiter = ',', model = '', market = '' } = {},
) {
  const csv = join(dir, 'in.csv');
  writeFileSync(csv, content);
  let written = '';
  const passOn = async (text: string) => {
    written += text;
  };
  const text = await valueTable({ kind, csv, ...(model && { model }), ...(market && { market }) }, passOn, NOW);
  const rows: Valued[] = parse(written, { columns: true, delimiter });
  return { text, rows };
}

const CARS = 'model,model_year,odometer,condition\n';
const CAR = 'ford f-150,2014,90000,good';

describe('valueTable', () => {
  it('adds value, interval and flags to each row, and leaves the rest as it was', async () => {
    const { rows } = await value(`id,${CARS}7,${CAR}\n8,toyota camry,2015,60000,excellent\n`);
    expect(rows.map(({ id }) => id)).toEqual(['7', '8']);
    for (const { value: price, p10, p90, currency, error } of rows) {
      expect([Number(p10) < Number(price), Number(price) < Number(p90), currency, error]).toEqual([
        true,
        true,
        'USD',
        '',
      ]);
    }
  });

  it('values a row whatever its days are, since it uses none', async () => {
    const { rows, text } = await value('model,model_year,date,sold_on\nford f-150,2014,05/06/2018,not sold\n');
    expect(rows).toEqual([expect.objectContaining({ error: '', value: expect.stringMatching(/^\d/) })]);
    expect(text).toMatch(/date.*sold_on/);
  });

  it('gives a wrong row an error of its own, and counts it', async () => {
    const { rows, text } = await value(`${CARS}${CAR}\nford f-150,3000,0,mint\n${CAR}\n`);
    expect(rows.map(({ value: price }) => price !== '')).toEqual([true, false, true]);
    expect(rows[1]?.error).toMatch(/condition: expected one of/);
    expect(text).toMatch(/2 of 3 rows are valued, 1 not:\n {2}line 3: /);
  });

  it('says of each kind of mistake what was expected', async () => {
    const mistakes: readonly (readonly [row: string, problem: RegExp])[] = [
      ['ford f-150,2050,90000,good', /modelYear: expected 2028 at most/],
      ['ford f-150,2014,0,good', /odometerMiles: expected at least 1 mile/],
      ['ford f-150,2014,-5,good', /odometerMiles: expected at least 1 mile/],
      ['ford f-150,2014,90000 km,good', /expected miles, received kilometres/],
      [',2014,90000,good', /model: expected a string, received nothing/],
      ['ford f-150,2014,90000,good,red', /expected 4 cells as in the header, received 5/],
      ['ford f-150,old,90000,good', /modelYear: expected a number, received "old"/],
    ];
    const { rows } = await value([CARS, CAR, ...mistakes.map(([row]) => `\n${row}`)].join(''));
    for (const [at, [, problem]] of mistakes.entries()) expect(rows[at + 1]?.error).toMatch(problem);
  });

  it('refuses a price that is none, beside prices of any locale', async () => {
    const { rows } = await value(`price,${CARS}"1.234,50",${CAR}\n"1,234.50",${CAR}\n-100,${CAR}\n1.234,${CAR}\n`);
    expect(rows.map(({ error }) => error)).toEqual([
      '',
      '',
      expect.stringContaining('price: expected a price above zero'),
      expect.stringContaining('"1.234" may be thousands or a decimal'),
    ]);
  });

  it('refuses a row of another currency than that of the model, in a column or in the price', async () => {
    const { rows } = await value(
      `price,currency,${CARS}${[
        '1000,USD',
        '1000,$',
        '1000,usd',
        '1000,',
        ',gbp',
        '€1000,',
        '$1000,EUR',
        '1000,dollars',
      ]
        .map((priced) => `${priced},${CAR}`)
        .join('\n')}\n`,
    );
    expect(rows.map(({ error }) => error)).toEqual([
      '',
      '',
      '',
      '',
      "currency: expected USD, as the model's, received GBP",
      "currency: expected USD, as the model's, received EUR",
      'currency: expected USD, as the price names, received EUR',
      'currency: expected a code such as USD or a sign such as $, received "dollars"',
    ]);
    expect(rows.map(({ value: price, value_currency: of }) => [price !== '', of])).toEqual([
      ...Array(4).fill([true, 'USD']),
      ...Array(4).fill([false, '']),
    ]);
    expect(rows[2]?.currency).toBe('usd');
  });

  it('reads UTF-16 with semicolons and quoted line ends, and writes UTF-8 with the same delimiter', async () => {
    const text = `\ufeffTitle;${CARS.replaceAll(',', ';')}"für ""Kenner""\nzwei";${CAR.replaceAll(',', ';')}\n`;
    const { rows } = await value(Buffer.from(text, 'utf16le'), { delimiter: ';' });
    expect(rows).toMatchObject([{ Title: 'für "Kenner"\nzwei', error: '' }]);
  });

  it('writes no cell that a spreadsheet would run, and no number in another way', async () => {
    const { rows } = await value(`title,offset,${CARS}"=HYPERLINK(""http://x"")",-12.5,${CAR}\n@cmd,+7,${CAR}\n`);
    expect(rows.map(({ title, offset }) => [title, offset])).toEqual([
      [`'=HYPERLINK("http://x")`, '-12.5'],
      ["'@cmd", '+7'],
    ]);
  });

  it('passes five hundred columns on, and names those that it does not use', async () => {
    const extra = Array.from({ length: 496 }, (_, at) => `extra${at}`);
    const { rows, text } = await value(`${extra.join(',')},${CARS}${extra.map((_, at) => at).join(',')},${CAR}\n`);
    expect([Object.keys(rows[0] ?? {}).length, rows[0]?.extra495]).toEqual([506, '495']);
    expect(text).toContain('Columns that are not used: extra0, extra1');
  });

  it.each([
    ['an empty file', '', 'the CSV file is empty'],
    ['a header without what is needed', 'colour,doors\nred,5\n', 'expected a column for model'],
    ['a header that already has what is added', `value,${CARS}1,${CAR}\n`, 'the header already has value'],
    ['an odometer in kilometres', 'model,odometer_km\nford f-150,90000\n', 'the column "odometer_km" is in kilometres'],
    ['rows of which none can be valued', `${CARS}ford f-150,2050,90000,good\n`, '0 of 1 rows are valued, 1 not:'],
    [
      'bytes of another encoding',
      Buffer.from(`${CARS}Citroën,2014,90000,good\n`, 'latin1'),
      'expected a CSV file in UTF-8',
    ],
  ])('throws what the command exits with 2 for, for %s', async (_, content, message) => {
    const error = await value(content).catch((thrown: unknown) => thrown);
    const isOfTheUser = error instanceof UsageError || error instanceof TableError;
    expect([isOfTheUser, String(error)]).toEqual([true, expect.stringContaining(message)]);
  });

  it('names the models that there are', async () => {
    await expect(value(`${CARS}${CAR}\n`, { model: 'house-king-county' })).rejects.toThrow(
      /expected --model .*vehicle-us.*, received house-king-county/,
    );
  });

  it('values vehicles of the United Kingdom in pounds, and refuses a market that there is not', async () => {
    const car =
      'make,model,year,mileage,fuelType,transmission,tax,mpg,engineSize\nvw,Golf,2017,20000,Petrol,Manual,145,55.4,1.4\n';
    const { rows, text } = await value(car, { market: 'uk' });
    expect(rows).toMatchObject([
      { currency: 'GBP', error: '', flags: '', value: expect.stringMatching(/^\d+\.\d\d$/) },
    ]);
    expect(text).toContain('vehicle-uk');
    await expect(value(car, { market: 'fr' })).rejects.toThrow('expected --market us or uk of a vehicle, received fr');
    await expect(value(car, { market: 'uk', model: 'vehicle-us' })).rejects.toThrow('--model or --market, not both');
  });

  it('values houses', async () => {
    const { rows } = await value('sqft_living,zipcode,yr_built,yr_renovated\n1800,98103,1950,0\n', { kind: 'house' });
    expect(rows).toMatchObject([{ currency: 'USD', error: '', value: expect.stringMatching(/^\d+\.\d\d$/) }]);
  });

  it('values a row as it would be valued alone, at any place of a long table', async () => {
    const cars = Array.from({ length: 2500 }, (_, at) => `ford f-150,${2000 + (at % 19)},${10_000 + 7 * at},good\n`);
    const { rows } = await value(CARS + cars.join(''));
    for (const at of [0, 999, 1000, 2499]) expect((await value(CARS + cars[at])).rows[0]).toEqual(rows[at]);
  });
});

describe('fettle value', () => {
  it('writes the table to stdout, what became of it to stderr, and ends with 2 where no row is valued', () => {
    const run = (content: string) =>
      spawnSync(process.execPath, ['bin/fettle.ts', 'value', '--kind', 'vehicle', '--csv', '-'], {
        cwd: join(import.meta.dirname, '../..'),
        input: content,
        encoding: 'utf8',
      });
    const valued = run(`${CARS}${CAR}\n`);
    expect([valued.status, valued.stdout, valued.stderr]).toEqual([
      0,
      expect.stringMatching(
        /^model,model_year,odometer,condition,value,p10,p90,currency,flags,error\nford f-150,.*\n$/,
      ),
      expect.stringMatching(/^Estimates by vehicle-us .*\n1 of 1 rows are valued\.\n$/),
    ]);
    expect(run(`${CARS}ford f-150,2050,90000,good\n`).status).toBe(2);
  });
});
