import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MarketReport } from '../../../functions/markets/market-report.ts';

const FETTLE = join(import.meta.dirname, '../../../bin/fettle.ts');

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'fettle-market-command-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

it('writes the report as JSON on stdout, and as a page where it is wished', () => {
  const [csv, html] = [join(dir, 'cars.csv'), join(dir, 'market.html')];
  writeFileSync(csv, 'price,model,model_year,odometer\n12500,ford f-150,2014,90000\n');
  const args = ['market', '--csv', csv, '--html', html];
  const { status, stdout, stderr } = spawnSync(process.execPath, [FETTLE, ...args], { encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  expect(MarketReport.parse(JSON.parse(stdout)).prices.medianCents).toBe(1_250_000);
  expect(readFileSync(html, 'utf8')).toContain('<h1>Market of cars.csv</h1>');
});
