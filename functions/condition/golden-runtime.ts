import type { Golden } from './model-card.ts';
import { toTensor } from './model-input.ts';
import type { LoadedModel } from './model-runtime.ts';
import { testPattern } from './test-pattern.ts';

/** Tolerance between ONNX Runtime and the framework that trained the model. */
const GOLDEN_TOLERANCE = 1e-4;

/** The first difference between a model's outputs and its card's golden outputs, in one sentence; undefined without one. */
export async function goldenProblem(
  { card, run }: LoadedModel,
  { pattern, widthPx, heightPx, outputs }: Golden,
): Promise<string | undefined> {
  const picture = testPattern(pattern, widthPx, heightPx);
  const answers = await run(toTensor(card.input, picture, { left: 0, top: 0, widthPx, heightPx }));
  for (const [name, promised] of Object.entries(outputs)) {
    const given = answers[name]?.data ?? [];
    const worst = Math.max(...promised.map((value, index) => Math.abs(value - (given[index] ?? Number.NaN))));
    if (!(worst < GOLDEN_TOLERANCE)) {
      return `output "${name}" for the pattern "${pattern}" of ${widthPx} x ${heightPx} differs by ${worst.toPrecision(2)} from its card, more than ${GOLDEN_TOLERANCE}`;
    }
  }
  return undefined;
}
