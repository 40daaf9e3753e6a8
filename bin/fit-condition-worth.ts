import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { HOUSE_RECIPE } from '../functions/price-models/training/recipe.ts';
import { ConditionWorthTable } from '../functions/valuation/condition-worth-table.ts';
import { AMES_COLUMNS, type AmesSale, isUsable } from '../functions/valuation/condition-worth-training/ames-sales.ts';
import { MAPPINGS } from '../functions/valuation/condition-worth-training/class-effects.ts';
import { fitCondition, fitFinish, RESAMPLES } from '../functions/valuation/condition-worth-training/fit-ames.ts';
import { fitElsewhere } from '../functions/valuation/condition-worth-training/fit-elsewhere.ts';
import { conditionWorthPage } from '../functions/valuation/condition-worth-training/worth-page.ts';
import { openCsv } from './csv/csv-rows.ts';
import { readPriceTable } from './price-training/read-price-table.ts';
import { UsageError } from './usage-error.ts';

/** Decimals of an estimate; more would only say that it was computed. */
const DECIMALS = 5;

/** The sales of AmesHousing. @throws UsageError when it is another table */
async function readAmes(file: string): Promise<AmesSale[]> {
  const { header, rows } = await openCsv(file);
  const missing = AMES_COLUMNS.filter((column) => !header.includes(column));
  if (missing.length > 0)
    throw new UsageError(`${file}: expected the columns of AmesHousing, missing ${missing.join(', ')}`);
  const sales: AmesSale[] = [];
  for await (const { cells } of rows) sales.push(Object.fromEntries(header.map((name, at) => [name, cells[at] ?? ''])));
  return sales;
}

const rounded = (_: string, value: unknown): unknown =>
  typeof value === 'number' ? Number(value.toFixed(DECIMALS)) : value;

/** Month of a sale, YYYY-MM; the table has no days. */
const monthOf = (sale: AmesSale): string => `${sale['Yr Sold']}-${(sale['Mo Sold'] ?? '').padStart(2, '0')}`;

/** Of a month, YYYY-MM. */
const lastDayOf = (month: string): string => {
  const [year, number] = month.split('-').map(Number);
  return new Date(Date.UTC(year ?? 0, number ?? 0, 0)).toISOString().slice(0, 10);
};

const { values: files } = parseArgs({
  options: {
    ames: { type: 'string' },
    'king-county': { type: 'string' },
    out: { type: 'string', default: 'models/worth/house-condition.json' },
    page: { type: 'string', default: 'docs/models/condition-worth.md' },
  },
});
if (!files.ames || !files['king-county']) throw new UsageError('expected --ames and --king-county, CSV files');

const all = await readAmes(files.ames);
const sales = all.filter(isUsable);
const { table: kingCounty } = await readPriceTable(files['king-county'], HOUSE_RECIPE, new Date());
const { ratings, condition, usedSales, residualDeviation, r2 } = fitCondition(sales);
const months = sales.map(monthOf).toSorted();
const table: ConditionWorthTable = {
  name: 'house-condition',
  version: '1.0.0',
  summary: 'What condition and finish of a house are associated with, as a ratio of its value.',
  licence: {
    estimates: 'Apache-2.0',
    commercialUse: false,
    note: 'licence of the table AmesHousing unclear (teaching use): replace before commercial use',
  },
  data: [
    {
      name: 'AmesHousing',
      origin: "De Cock 2011, assessor's records of Ames, Iowa",
      licence: 'teaching use',
      rows: all.length,
    },
    {
      name: 'kc_house_data',
      origin: 'sales of houses in King County, Washington, from 2014-05 to 2015-05, public records',
      licence: 'public domain',
      rows: kingCounty.facts.length,
    },
  ],
  market: {
    currency: 'USD',
    kindOfPrice: 'sold',
    vintage: { from: `${months[0]}-01`, to: lastDayOf(months.at(-1) ?? '') },
  },
  ratings,
  mappings: MAPPINGS.map(({ why, ratings: read }) => ({ why, ratings: { ...read } })),
  condition,
  finish: fitFinish(sales),
  elsewhere: fitElsewhere(
    ratings,
    usedSales,
    kingCounty.facts.map((facts, row) => ({ facts, price: kingCounty.prices[row] as number })),
  ),
  fit: { sales: sales.length, usedSales, residualDeviation, r2, resamples: RESAMPLES },
};
const text = JSON.stringify(ConditionWorthTable.parse(table), rounded, 2);
await writeFile(files.out, `${text}\n`);
await writeFile(files.page, conditionWorthPage(ConditionWorthTable.parse(JSON.parse(text))));
