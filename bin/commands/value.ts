import { Command, Option } from 'commander';
import { PRICE_KINDS } from '../../functions/price-models/price-facts.ts';
import type { PriceTableOptions } from '../price-table.ts';
import { print } from '../print.ts';
import { valueTable } from '../value-table.ts';

/** Price models alone: no stack, nothing stored. */
export const valueCommand = new Command('value')
  .description('value the rows of a CSV file: the same rows with value, interval and flags on stdout')
  .addOption(new Option('--kind <kind>', 'what the rows are').choices(PRICE_KINDS).makeOptionMandatory())
  .requiredOption('--csv <file>', 'the rows, with a header of names of facts; - is stdin')
  .option('--model <name>', 'the price model; default: the one of the kind')
  .option('--market <market>', 'us or uk for vehicles, instead of the model')
  .action(async (options: PriceTableOptions) => {
    process.stderr.write(await valueTable(options, print, new Date()));
  });
