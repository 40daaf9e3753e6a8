import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Argument, Command, Option } from 'commander';
import { csvLines } from '../../functions/csv/csv-output-runtime.ts';
import { PRICE_KINDS, type PriceKind } from '../../functions/price-models/price-facts.ts';
import { type PriceModel, predictPrices } from '../../functions/price-models/price-model-runtime.ts';
import { coverageOf, errorsOf } from '../../functions/price-models/training/evaluate.ts';
import {
  type ActiveModel,
  type EvaluationContext,
  evaluateModel,
  heldOutRows,
} from '../../functions/price-models/training/evaluate-model.ts';
import type { HeldOut } from '../../functions/price-models/training/hold-out.ts';
import { measureOutOfRangeFactor } from '../../functions/price-models/training/out-of-range.ts';
import type { PriceTable } from '../../functions/price-models/training/price-table.ts';
import {
  HOUSE_RECIPE,
  type Recipe,
  UK_VEHICLE_RECIPE,
  US_VEHICLE_RECIPE,
} from '../../functions/price-models/training/recipe.ts';
import { evaluationPage } from '../../functions/price-models/training/report/evaluation-page.ts';
import { trainPriceModel } from '../../functions/price-models/training/train-price-model.ts';
import { loadActiveModel } from '../price-training/active-model.ts';
import { ownCardWords, readCardWords } from '../price-training/card-words.ts';
import { type ReadTable, type RefusedRow, readPriceTable } from '../price-training/read-price-table.ts';
import { writePriceModel } from '../price-training/write-price-model.ts';
import { UsageError } from '../usage-error.ts';

/** Rows without which neither folds nor held-out figures mean anything. */
const LEAST_ROWS = 500;

/** Files beside the model. */
const REPORT_FILE = 'evaluation.html';
/** Lines of the table that were not used, each with its reason. */
const REFUSED_FILE = 'refused-rows.csv';

/** Markets of vehicles. */
const MARKETS = ['us', 'uk'] as const;

type Options = {
  readonly csv: string;
  readonly out: string;
  readonly market?: (typeof MARKETS)[number];
  readonly card?: string;
  readonly active?: string;
};

function recipeOf(kind: PriceKind, market: Options['market']): Recipe {
  if (kind === 'vehicle') return market === 'uk' ? UK_VEHICLE_RECIPE : US_VEHICLE_RECIPE;
  if (market !== undefined) throw new UsageError(`expected no --market of houses, received ${market}`);
  return HOUSE_RECIPE;
}

async function train(kind: PriceKind, options: Options): Promise<void> {
  const { csv, out, market, card: cardFile, active: activeFolder } = options;
  const recipe = recipeOf(kind, market);
  const inUse = activeFolder === undefined ? undefined : await loadActiveModel(activeFolder, recipe);
  const read = await readPriceTable(csv, recipe, new Date());
  const rows = read.table.facts.length;
  say(`${rows} rows to learn from, ${read.leftOut.length} left out, ${read.wrong.length} that cannot be right`);
  await mkdir(out, { recursive: true });
  await writeRefusedRows(join(out, REFUSED_FILE), read);
  if (rows < LEAST_ROWS) throw new UsageError(`expected at least ${LEAST_ROWS} rows to learn from, received ${rows}`);
  const words = cardFile === undefined ? ownCardWords(kind, rows) : await readCardWords(cardFile);
  say('training without a seventh of the rows, which then judge it');
  const judged = heldOutRows(read.table, recipe);
  const active = inUse && (await valuesOf(inUse, read.table, judged));
  const evaluation = evaluateModel(read.table, recipe, judged, contextOf(words.name, read), active);
  await writeFile(join(out, REPORT_FILE), evaluationPage(evaluation));
  say('training on all rows');
  const trained = trainPriceModel(read.table, recipe);
  const outOfRangeFactor = measureOutOfRangeFactor(read.table, recipe);
  const calibration = { ...trained.schema.calibration, outOfRangeFactor };
  const schema = { ...trained.schema, calibration };
  const card = await writePriceModel(out, { ...trained, schema }, words, {
    coverage: coverageOf(judged),
    metrics: rounded({ ...errorsOf(judged) }),
    trainingRows: rows,
  });
  process.stdout.write(`${JSON.stringify({ name: card.name, metrics: card.metrics, gate: evaluation.gate })}\n`);
  say(`written to ${out}: model.onnx, card.json, ${REPORT_FILE}, ${REFUSED_FILE}`);
  if (!evaluation.gate.passed) process.exitCode = 1;
}

/** The values of a model for the held-out rows. */
async function valuesOf(model: PriceModel, { facts }: PriceTable, judged: readonly HeldOut[]): Promise<ActiveModel> {
  const estimates = await predictPrices(
    model,
    judged.map(({ row }) => facts[row] ?? {}),
  );
  const values = judged.map(({ row }, at) => [row, (estimates[at]?.valueCents ?? 0) / 100] as const);
  return { name: `${model.name} ${model.card.version}`, values: new Map(values) };
}

function contextOf(name: string, { leftOut, wrong, unusedColumns }: ReadTable): EvaluationContext {
  const counted = (rows: readonly RefusedRow[]): Map<string, number> =>
    new Map([...Map.groupBy(rows, ({ reason }) => reason)].map(([reason, same]) => [reason, same.length]));
  return { name, leftOut: counted(leftOut), wrong: counted(wrong), unusedColumns };
}

async function writeRefusedRows(file: string, { leftOut, wrong }: ReadTable): Promise<void> {
  const rows = [...wrong, ...leftOut].toSorted((a, b) => a.line - b.line);
  await writeFile(file, csvLines([['line', 'reason'], ...rows.map(({ line, reason }) => [String(line), reason])], ','));
}

const say = (line: string): boolean => process.stderr.write(`${line}\n`);

const rounded = (metrics: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name, Number(value.toPrecision(5))]));

/** Trains a price model on a table of prices. */
export const trainCommand = new Command('train')
  .description('train a price model on your own rows, and judge its recipe on held-out rows')
  .addArgument(new Argument('<kind>', 'what the rows are about').choices(PRICE_KINDS))
  .requiredOption('--csv <file>', 'rows with prices; - is stdin')
  .requiredOption('--out <dir>', 'folder for the model, its card and its evaluation')
  .addOption(new Option('--market <market>', 'of vehicles; default: us').choices(MARKETS))
  .option('--active <dir>', 'the model in use, of the same kind and market, which the new one must not be worse than')
  .option('--card <file.json>', 'name, version, summary, licence and data of the card')
  .action(train);
