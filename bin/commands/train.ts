import { join } from 'node:path';
import { Argument, Command, Option } from 'commander';
import { PRICE_KINDS, type PriceKind } from '../../functions/price-models/price-facts.ts';
import { coverageOf, errorsOf } from '../../functions/price-models/training/evaluate.ts';
import { judgeHeldOut, randomSplit } from '../../functions/price-models/training/hold-out.ts';
import {
  HOUSE_RECIPE,
  type Recipe,
  UK_VEHICLE_RECIPE,
  US_VEHICLE_RECIPE,
} from '../../functions/price-models/training/recipe.ts';
import { trainPriceModel } from '../../functions/price-models/training/train-price-model.ts';
import { ownCardWords, readCardWords } from '../price-training/card-words.ts';
import { readPriceTable } from '../price-training/read-price-table.ts';
import { writePriceModel } from '../price-training/write-price-model.ts';
import { UsageError } from '../usage-error.ts';

/** Rows without which neither folds nor held-out figures mean anything. */
const LEAST_ROWS = 500;

const MARKETS = ['us', 'uk'] as const;

type Options = {
  readonly csv: string;
  readonly out: string;
  readonly market: (typeof MARKETS)[number];
  readonly card?: string;
};

const recipeOf = (kind: PriceKind, market: Options['market']): Recipe =>
  kind === 'house' ? HOUSE_RECIPE : market === 'uk' ? UK_VEHICLE_RECIPE : US_VEHICLE_RECIPE;

async function train(kind: PriceKind, { csv, out, market, card: cardFile }: Options): Promise<void> {
  const recipe = recipeOf(kind, market);
  const { table, wrong, leftOut, unusedColumns } = await readPriceTable(csv, recipe, new Date());
  const rows = table.facts.length;
  say(`${rows} rows to learn from, ${leftOut.length} left out, ${wrong.length} that cannot be right`);
  for (const { line, reason } of wrong.slice(0, 10)) say(`line ${line}: ${reason}`);
  if (unusedColumns.length > 0) say(`columns that are not used: ${unusedColumns.join(', ')}`);
  if (rows < LEAST_ROWS) throw new UsageError(`expected at least ${LEAST_ROWS} rows to learn from, received ${rows}`);
  const words = cardFile === undefined ? ownCardWords(kind, rows) : await readCardWords(cardFile);
  say('training without a seventh of the rows, which then judge it');
  const judged = judgeHeldOut(table, recipe, randomSplit(table, recipe.seed));
  const errors = errorsOf(judged);
  say('training on all rows');
  const card = await writePriceModel(out, trainPriceModel(table, recipe), words, {
    coverage: coverageOf(judged),
    metrics: rounded({ ...errors }),
    trainingRows: rows,
  });
  process.stdout.write(`${JSON.stringify({ name: card.name, metrics: card.metrics, coverage: card.coverage })}\n`);
  say(`written: ${join(out, 'model.onnx')} and card.json`);
}

const say = (line: string): boolean => process.stderr.write(`${line}\n`);

const rounded = (metrics: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name, Number(value.toPrecision(5))]));

/** Trains a price model on a table of prices. */
export const trainCommand = new Command('train')
  .description('train a price model on your own rows, and judge it on rows that it has not seen')
  .addArgument(new Argument('<kind>', 'what the rows are about').choices(PRICE_KINDS))
  .requiredOption('--csv <file>', 'rows with prices; - is stdin')
  .requiredOption('--out <dir>', 'folder for model.onnx and card.json')
  .addOption(new Option('--market <market>', 'of vehicles').choices(MARKETS).default('us'))
  .option('--card <file.json>', 'name, version, summary, licence and data of the card')
  .action(train);
