import { RequestError } from '../platform/errors.ts';
import { shownText } from '../platform/shown-text.ts';
import type { PriceKind } from '../price-models/price-facts.ts';
import { loadPriceModels, type PriceModel } from '../price-models/price-model-runtime.ts';

let loading: Promise<ReadonlyMap<string, PriceModel>> | undefined;

/** The price models, loaded on first use. A failure is not cached: the next call retries. */
export function servedPriceModels(): Promise<ReadonlyMap<string, PriceModel>> {
  loading ??= loadPriceModels().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/**
 * The price model of this name.
 *
 * @throws RequestError when no model of the kind has the name, with those that there are
 */
export async function priceModelNamed(kind: PriceKind, name: string): Promise<PriceModel> {
  const models = [...(await servedPriceModels()).values()].filter((model) => model.kind === kind);
  const found = models.find((model) => model.name === name);
  if (found) return found;
  const expected = `one of ${models.map((model) => model.name).join(', ')}`;
  const received = `string ${JSON.stringify(shownText(name))}`;
  throw new RequestError('invalid_request', `body.model: expected ${expected}, received ${received}.`, [
    { path: 'body.model', expected, received, message: `expected ${expected}` },
  ]);
}
