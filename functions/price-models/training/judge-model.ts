import { predictEnsemble } from '../boosting/tree.ts';
import { estimateOf } from '../estimate.ts';
import { PLANS } from '../feature-plans.ts';
import { buildMatrix } from '../features/learn-features.ts';
import type { PriceFacts } from '../price-facts.ts';
import type { PriceModelSchema } from '../price-model-schema.ts';
import type { Estimate } from '../price-prediction.ts';
import type { Judged } from './evaluate.ts';
import type { PriceTable } from './price-table.ts';
import type { TrainedModel } from './train-price-model.ts';

/** The estimates of a model before it is a file, by the trainer's own trees. */
export function estimateRows(
  schema: PriceModelSchema,
  ensembles: TrainedModel['ensembles'],
  rows: readonly PriceFacts[],
): Estimate[] {
  const matrix = buildMatrix(PLANS[schema.plan], rows, schema.learnt);
  const outputs = ensembles.map((ensemble) => predictEnsemble(ensemble, matrix));
  return rows.map((facts, row) =>
    estimateOf(
      schema,
      facts,
      outputs.map((each) => each[row] as number),
    ),
  );
}

/** What a trained model says of rows that it has not seen. */
export function judgeModel({ schema, ensembles }: TrainedModel, { facts, prices }: PriceTable): Judged[] {
  const named = { ...schema, name: 'held-out', version: '0.0.0', coverage: NOT_MEASURED };
  return estimateRows(named, ensembles, facts).map((estimate, row) => ({
    price: prices[row] as number,
    value: estimate.valueCents / 100,
    p10: estimate.p10Cents / 100,
    p50: estimate.p50Cents / 100,
    p90: estimate.p90Cents / 100,
  }));
}

/** Stands where coverage would, while it is being measured. */
const NOT_MEASURED = {
  coverageRatio: 0,
  heldOutRows: 1,
  bands: [{ fromCents: 0, toCents: 0, coverageRatio: 0 }],
};
