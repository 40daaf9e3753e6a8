import type { PriceKind } from '../../price-facts.ts';
import type { Market } from '../../price-model-schema.ts';
import type { Difference } from '../bootstrap.ts';
import type { Judged, PriceErrors } from '../evaluate.ts';
import type { Gate } from '../gate.ts';
import type { Segment } from '../segments.ts';

/** A model or a baseline on the held-out rows. */
export type Contender = {
  readonly name: string;
  readonly errors: PriceErrors;
  /** RMSE of the new model minus this one's; absent for the new model itself */
  readonly difference?: Difference;
};

/** Everything that an evaluation of a model on unseen rows found. */
export type Evaluation = {
  readonly name: string;
  readonly kind: PriceKind;
  readonly market: Market;
  readonly trainingRows: number;
  readonly leftOut: ReadonlyMap<string, number>;
  readonly wrong: ReadonlyMap<string, number>;
  readonly unusedColumns: readonly string[];
  /** rows that are about the same thing as another one */
  readonly repeatedRows: number;
  readonly judged: readonly Judged[];
  readonly contenders: readonly Contender[];
  readonly segments: readonly Segment[];
  /** on the newest rows, by a model that was trained on the older ones; absent without days */
  readonly backtest?: { readonly from: string; readonly errors: PriceErrors; readonly coverageRatio: number };
  readonly gate: Gate;
};
