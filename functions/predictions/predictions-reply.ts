import { RequestError } from '../platform/errors.ts';
import { limited } from '../platform/violations.ts';
import type { PriceFacts } from '../price-models/price-facts.ts';
import { type Estimate, priceDifference, toPrediction } from '../price-models/price-prediction.ts';
import type { PredictionsReply } from './predictions-contract.ts';
import type { ReadRow } from './price-rows.ts';
import { listedErrors, namedOnce } from './row-errors.ts';

/** The words of 89 FR 64538, the rule for automated valuation models, that concern who reads a value; true of every model here. */
export const DISCLOSURE =
  'Estimates of a statistical model from the facts that were sent, as of the vintage that each answer names: no appraisal, ' +
  'no offer and no advice. No characteristic of a person is among the facts; the place of a house is, and can stand for ' +
  'who lives there.';

/**
 * Everything that is to be valued: of each row its facts, and behind them the changed ones.
 *
 * @throws RequestError when no row can be answered
 */
export function factsToValue(rows: readonly ReadRow[]): readonly PriceFacts[] {
  const facts = rows.flatMap((row) =>
    row.status === 'wrong' ? [] : row.changed ? [row.facts, row.changed] : [row.facts],
  );
  if (facts.length > 0) return facts;
  const errors = rows.flatMap((row) => (row.status === 'wrong' ? row.errors : []));
  const [first] = errors;
  throw new RequestError(
    'invalid_request',
    `No row can be answered. ${first?.path}: expected ${first?.expected}, received ${first?.received}; see errors.`,
    namedOnce(limited('body', errors)),
  );
}

/** @param estimates of `factsToValue`, in its order */
export function replyOf(rows: readonly ReadRow[], estimates: readonly Estimate[]): PredictionsReply {
  const rest = [...estimates];
  const next = (): Estimate => {
    const estimate = rest.shift();
    if (!estimate) throw new Error('expected an estimate of each facts that were to be valued');
    return estimate;
  };
  const errors = listedErrors(rows);
  const results = rows.map((row, index): PredictionsReply['results'][number] => {
    if (row.status === 'wrong') return { row: index, status: 'wrong', errors: [...(errors[index] ?? [])] };
    const before = next();
    const answer = { row: index, status: 'predicted', prediction: toPrediction(before) } as const;
    if (!row.changed) return answer;
    const after = next();
    return { ...answer, whatIf: { prediction: toPrediction(after), difference: priceDifference(before, after) } };
  });
  const wrong = results.filter(({ status }) => status === 'wrong').length;
  return { results, predicted: results.length - wrong, wrong, disclosure: DISCLOSURE };
}
