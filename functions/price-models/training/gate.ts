import type { PriceKind } from '../price-facts.ts';
import type { Difference } from './bootstrap.ts';
import type { PriceErrors } from './evaluate.ts';

/** What a model must reach on held-out rows before it is used; errors in units of the currency. */
const GATE = {
  /** the original system's limit for vehicles, whose prices are about 10,000; houses have none */
  rmse: { vehicle: 8000, house: Number.POSITIVE_INFINITY },
  r2: 0.7,
} as const satisfies { readonly rmse: Record<PriceKind, number>; readonly r2: number };

export type Gate = { readonly passed: boolean; readonly reasons: readonly string[] };

/** @param active the RMSE of the new model minus that of the active one on the same rows; absent without an active one */
export function gateOf(kind: PriceKind, { rmse, r2 }: PriceErrors, active?: Difference): Gate {
  const shown = (value: number): string => Math.round(value).toLocaleString('en-US');
  const failures = [
    rmse >= GATE.rmse[kind] && `RMSE is ${shown(rmse)}, expected less than ${shown(GATE.rmse[kind])}`,
    r2 < GATE.r2 && `R² is ${r2.toFixed(3)}, expected at least ${GATE.r2}`,
    active !== undefined &&
      active.low > 0 &&
      `RMSE is larger than the active model's by ${shown(active.estimate)} (95 %: ${shown(active.low)} to ${shown(active.high)})`,
  ].filter((failure) => failure !== false);
  return { passed: failures.length === 0, reasons: failures };
}
