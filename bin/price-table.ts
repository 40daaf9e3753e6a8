import type { CsvRow, Delimiter } from '../functions/csv/csv-rows-runtime.ts';
import { type ColumnMap, mapColumns } from '../functions/price-models/fact-columns.ts';
import { marketsOf, modelNameOf, type PriceKind } from '../functions/price-models/price-facts.ts';
import { loadPriceModels, type PriceModel, predictPrices } from '../functions/price-models/price-model-runtime.ts';
import type { PricePrediction } from '../functions/price-models/price-prediction.ts';
import { openCsv } from './csv/csv-rows.ts';
import { factsOf, type RowFacts, requiredFacts } from './csv/row-facts.ts';
import { UsageError } from './usage-error.ts';

export type PriceTableOptions = {
  readonly kind: PriceKind;
  /** the file's path; `-` is stdin */
  readonly csv: string;
  readonly model?: string;
  /** one of `marketsOf`, instead of the model; default of both: the model of the kind */
  readonly market?: string;
};

/** A row with what the model expects of it, or with the reasons why it cannot be valued. */
export type PricedRow = CsvRow &
  (
    | {
        readonly status: 'valued';
        readonly row: Extract<RowFacts, { status: 'read' }>;
        readonly estimate: PricePrediction;
      }
    | { readonly status: 'wrong'; readonly problems: readonly string[] }
  );

export type PriceTable = {
  readonly delimiter: Delimiter;
  readonly header: readonly string[];
  /** columns that are no facts */
  readonly unused: readonly string[];
  readonly model: PriceModel;
  /** all rows, in their order */
  readonly batches: AsyncIterable<readonly PricedRow[]>;
};

/** Rows that are valued together: enough that the model is busy, few enough for the memory of any machine. */
const ROWS_AT_ONCE = 1000;

/**
 * Opens a CSV file whose rows are valued as they are read.
 *
 * @param needed columns beside those of the facts that must be given
 * @param now years from the future are wrong
 * @throws UsageError for a file that cannot be valued at all, or a model that does not exist
 */
export async function openPriceTable(
  { kind, csv, ...asked }: PriceTableOptions,
  needed: readonly string[],
  now: Date,
): Promise<PriceTable> {
  const { delimiter, header, rows } = await openCsv(csv);
  const columns = mapColumns(kind, header, [...requiredFacts(kind), ...needed]);
  if (columns.status === 'unmapped') throw new UsageError(columns.problem);
  const model = await modelNamed(kind, nameOf(kind, asked));
  return { delimiter, header, unused: columns.unused, model, batches: pricedBatches(kind, model, columns, rows, now) };
}

function nameOf(kind: PriceKind, asked: Pick<PriceTableOptions, 'model' | 'market'>): string {
  const { model, market } = asked;
  if (model !== undefined && market !== undefined) throw new UsageError('expected --model or --market, not both');
  if (market === undefined || marketsOf(kind).includes(market)) return modelNameOf(kind, asked);
  throw new UsageError(`expected --market ${marketsOf(kind).join(' or ')} of a ${kind}, received ${market}`);
}

async function modelNamed(kind: PriceKind, name: string): Promise<PriceModel> {
  const models = [...(await loadPriceModels()).values()].filter((model) => model.kind === kind);
  const found = models.find((model) => model.name === name);
  if (found) return found;
  throw new UsageError(`expected --model ${models.map((model) => model.name).join(' or ')}, received ${name}`);
}

async function* pricedBatches(
  kind: PriceKind,
  model: PriceModel,
  columns: ColumnMap,
  rows: AsyncIterable<CsvRow>,
  now: Date,
): AsyncGenerator<readonly PricedRow[]> {
  for await (const batch of batchesOf(rows)) {
    const read = batch.map((row) => ({ row, facts: inCurrencyOf(model, factsOf(kind, columns, row.cells, now)) }));
    const known = read.flatMap(({ facts }) => (facts.status === 'read' ? [facts.facts] : []));
    const estimates = (await predictPrices(model, known)).values();
    yield read.map(({ row, facts }): PricedRow => {
      if (facts.status === 'wrong') return { ...row, ...facts };
      const { value: estimate } = estimates.next();
      if (!estimate) throw new Error('expected an estimate of each row');
      return { ...row, status: 'valued', row: facts, estimate };
    });
  }
}

/** A row of another currency than the model's is wrong, whatever it is valued for. */
function inCurrencyOf({ card }: PriceModel, facts: RowFacts): RowFacts {
  const expected = card.market.currency;
  if (facts.status === 'wrong' || facts.currency === undefined || facts.currency === expected) return facts;
  return {
    status: 'wrong',
    problems: [`currency: expected ${expected}, as the model's, received ${facts.currency}`],
  };
}

async function* batchesOf(rows: AsyncIterable<CsvRow>): AsyncGenerator<readonly CsvRow[]> {
  let batch: CsvRow[] = [];
  for await (const row of rows) {
    batch.push(row);
    if (batch.length === ROWS_AT_ONCE) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
