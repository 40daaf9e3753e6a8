import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Command } from 'commander';
import { marketPage } from '../../functions/markets/market-page.ts';
import { marketTable } from '../market-table.ts';
import type { PriceTableOptions } from '../price-table.ts';
import { print } from '../print.ts';

/** A table and a price model alone: no stack, nothing stored. */
export const marketCommand = new Command('market')
  .description('report what a CSV file of vehicles with prices says of their market, as JSON on stdout')
  .requiredOption('--csv <file>', 'the vehicles, with a header of names of facts, and price; - is stdin')
  .option('--model <name>', 'the price model; default: the one of vehicles')
  .option('--market <market>', 'us or uk, instead of the model')
  .option('--html <file>', 'write the report as a page with charts, too')
  .action(async ({ html, ...options }: Omit<PriceTableOptions, 'kind'> & { readonly html?: string }) => {
    const { report, text } = await marketTable(options, new Date());
    process.stderr.write(text);
    if (html) await writeFile(html, marketPage(report, options.csv === '-' ? 'stdin' : basename(options.csv)));
    await print(`${JSON.stringify(report, null, 2)}\n`);
  });
