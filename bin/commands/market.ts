import { Command } from 'commander';
import { marketTable } from '../market-table.ts';
import type { PriceTableOptions } from '../price-table.ts';
import { print } from '../print.ts';

/** A table and a price model alone: no stack, nothing stored. */
export const marketCommand = new Command('market')
  .description('report what a CSV file of vehicles with prices says of their market, as JSON on stdout')
  .requiredOption('--csv <file>', 'the vehicles, with a header of names of facts, and price; - is stdin')
  .option('--model <name>', 'the price model; default: the one of vehicles')
  .action(async (options: Omit<PriceTableOptions, 'kind'>) => {
    const { report, text } = await marketTable(options, new Date());
    process.stderr.write(text);
    await print(`${JSON.stringify(report, null, 2)}\n`);
  });
