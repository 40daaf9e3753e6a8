import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadPriceModel, predictPrices } from '../../../functions/price-models/price-model-runtime.ts';
import { lawfulPrice, lawfulVehicles } from '../../lawful-vehicles.ts';

const FETTLE = join(import.meta.dirname, '../../../bin/fettle.ts');

const HEADER = 'Asking price,Model,Year,Odometer,Condition,date_posted,Notes';

/** Lines of a table, a twelfth of them in each month of 2018; `priceOf` returns the price of a row. */
const lines = (rows: number, priceOf: (lawful: number, noise: number) => number): string[] =>
  lawfulVehicles(rows).map(({ vehicle, noise }, row) => {
    const { model, modelYear, odometerMiles, condition } = vehicle;
    const month = String(1 + (row % 12)).padStart(2, '0');
    const price = Math.round(priceOf(lawfulPrice(vehicle), noise));
    return `${price},${model},${modelYear},${odometerMiles},${condition},2018-${month}-15,nice`;
  });

/** Trainings take seconds, on a machine with twenty processes at work minutes. */
const TRAINING_MS = 600_000;

describe('fettle train', { timeout: TRAINING_MS }, () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fettle-train-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const train = (name: string, csv: readonly string[], ...options: string[]) =>
    trainKind('vehicle', name, csv, ...options);

  async function trainKind(kind: 'vehicle' | 'house', name: string, csv: readonly string[], ...options: string[]) {
    const [file, out] = [join(folder, `${name}.csv`), join(folder, name)];
    await writeFile(file, csv.join('\n'));
    const args = [FETTLE, 'train', kind, '--csv', file, '--out', out, ...options];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    return { status, stdout, stderr, out, written: (file: string) => readFile(join(out, file), 'utf8') };
  }

  it('trains on own rows: a model that values as they do, its figures, its report, and every line that was not used', async () => {
    const csv = [
      HEADER,
      ...lines(600, (price, random) => price * (0.9 + 0.2 * random)),
      '9400,ford focus,2011,120000 km,good,2018-06-15,',
      '9400,ford focus,2031,90000,good,2018-06-15,',
      '500,ford focus,2011,90000,good,2018-06-15,',
    ];
    const { status, stdout, stderr, out, written } = await train('own', csv, '--active', 'models/prices/vehicle-us');
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: expect.stringContaining('600 rows to learn from, 1 left out, 2 that'),
    });

    const { metrics, gate } = JSON.parse(stdout);
    expect(gate).toEqual({ passed: true, reasons: [] });
    // Uniform noise of 10 % has a median of 5 %.
    expect(metrics.medianErrorRatio).toBeLessThan(0.12);

    expect((await written('refused-rows.csv')).trim().split('\n')).toEqual([
      'line,reason',
      expect.stringMatching(/^602,.*odometerMiles: expected miles, received kilometres/),
      expect.stringMatching(/^603,.*modelYear: expected \d+ at most/),
      expect.stringMatching(/^604,.*down payment/),
    ]);

    const page = await written('evaluation.html');
    for (const words of [
      'The gate is passed.',
      'active model vehicle-us 1.',
      'linear model of the logarithm',
      'Columns without effect: Notes.',
      'Trained on the rows before 2018-',
      'make ford',
    ]) {
      expect(page).toContain(words);
    }
    expect(page.match(/<svg /g)).toHaveLength(3);
    expect(page).not.toMatch(/NaN|Infinity|undefined/);

    const cars = [
      { model: 'ford f-150', modelYear: 2016, odometerMiles: 40_000, condition: 'good' },
      { model: 'honda civic', modelYear: 2009, odometerMiles: 120_000, condition: 'good' },
    ] as const;
    const values = await predictPrices(await loadPriceModel(out), cars);
    values.forEach(({ valueCents }, at) => {
      expect(Math.abs(valueCents / 100 / lawfulPrice(cars[at] ?? cars[0]) - 1)).toBeLessThan(0.15);
    });
  });

  it('exits with 1 when the gate is not passed, and says why', async () => {
    const { status, stdout, written } = await train('noise', [
      HEADER,
      ...lines(600, (_, random) => 2000 + 30_000 * random),
    ]);
    expect(status).toBe(1);
    const { gate } = JSON.parse(stdout);
    expect(gate.passed).toBe(false);
    expect(gate.reasons).toContainEqual(expect.stringMatching(/^R² is -?[\d.]+, expected at least 0.7$/));
    expect(await written('evaluation.html')).toContain('The gate is not passed: ');
  });

  it('exits with 2 for a table without a price, naming what it has instead', async () => {
    const { status, stdout, stderr } = await train('unpriced', ['cost,model', '9400,ford focus']);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('unpriced.csv: expected a column for price; the header has "cost", "model"');
  });

  it('exits with 2 for a market of houses, of which there is one', async () => {
    const { status, stderr } = await trainKind('house', 'houses', ['price,sqft_living'], '--market', 'uk');
    expect({ status, stderr }).toEqual({ status: 2, stderr: 'fettle: expected no --market of houses, received uk\n' });
  });

  it('exits with 2 for too few rows, and still writes why lines were not used', async () => {
    const { status, stderr, written } = await train('few', [
      HEADER,
      ...lines(30, (price) => price),
      '-1,ford focus,2011,,,2018-06-15,',
    ]);
    expect(status).toBe(2);
    expect(stderr).toContain('expected at least 500 rows to learn from, received 30');
    expect(await written('refused-rows.csv')).toMatch(/^32,.*price: expected a price above zero/m);
  });
});
