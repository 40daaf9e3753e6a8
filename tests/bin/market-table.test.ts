import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { marketTable } from '../../bin/market-table.ts';
import { MarketReport } from '../../functions/markets/market-report.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'fettle-market-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

function market(...rows: readonly string[]) {
  const csv = join(dir, 'cars.csv');
  writeFileSync(csv, ['price,model,model_year,odometer,condition', ...rows].join('\n'));
  return marketTable({ csv }, new Date('2026-11-29T12:00:00Z'));
}

const CAR = 'ford f-150,2014,90000,good';

describe('marketTable', () => {
  it('reports the rows with prices in the currency of the model, and says what is wrong with the others', async () => {
    const { report, text } = await market(
      ...Array(150).fill(`15000,${CAR}`),
      `€15000,${CAR}`,
      `,${CAR}`,
      `-1,${CAR}`,
      `4000,${CAR}`,
      `20,${CAR}`,
    );
    expect(MarketReport.parse(report)).toMatchObject({
      rows: 152,
      makes: [{ make: 'ford', rows: 152, medianCents: 1_500_000 }],
      implausible: { rows: 1, lines: [156] },
      opportunities: [{ line: 155, what: '2014 ford f-150', priceCents: 400_000 }],
    });
    expect(text).toMatch(/152 of 155 rows are valued, 3 not:/);
    expect(text).toMatch(/line 152: currency: expected USD, as the model's, received EUR/);
    expect(text).toMatch(/line 153: price: expected a price, received nothing/);
  });

  it('says that a vehicle loses value with age', async () => {
    const { report } = await market(`15000,${CAR}`, '8000,toyota camry,2012,110000,good');
    const kept = report.depreciation.map(({ keptRatio }) => keptRatio);
    expect(kept[0]).toBe(1);
    expect(kept.at(-1)).toBeLessThan(0.7);
    expect(kept).toEqual(kept.toSorted((a, b) => b - a));
  });

  it('needs prices', async () => {
    const csv = join(dir, 'without.csv');
    writeFileSync(csv, `model\nford f-150\n`);
    await expect(marketTable({ csv }, new Date())).rejects.toThrow('expected a column for price');
    await expect(market(`,${CAR}`)).rejects.toThrow('0 of 1 rows are valued, 1 not:');
  });
});
