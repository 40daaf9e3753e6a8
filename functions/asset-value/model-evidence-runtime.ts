import { join } from 'node:path';
import type { Asset } from '../assets/asset.ts';
import { modelsFolder } from '../condition/models-folder-runtime.ts';
import { DEFAULT_MODEL, type PriceKind } from '../price-models/price-facts.ts';
import { loadPriceModel, type PriceModel, predictPrices } from '../price-models/price-model-runtime.ts';
import { toPrediction } from '../price-models/price-prediction.ts';
import { flagOfOtherMarket, priceFactsOf } from './price-facts-of.ts';
import type { ModelEvidence } from './value-evidence.ts';

const loading = new Map<PriceKind, Promise<PriceModel>>();

/** The default model of a kind, loaded on first use: most jobs need none. A failure is not cached. */
function modelOf(kind: PriceKind): Promise<PriceModel> {
  const found = loading.get(kind) ?? loadPriceModel(join(modelsFolder(), 'prices', DEFAULT_MODEL[kind]));
  loading.set(kind, found);
  found.catch(() => loading.delete(kind));
  return found;
}

/** What a price model makes of the facts of an asset. @throws ModelError when the model cannot be loaded */
export async function modelEvidence(asset: Asset): Promise<ModelEvidence> {
  const read = priceFactsOf(asset);
  if (read.status === 'no_model') return { status: 'no_model', why: `none values a ${asset.kind}` };
  if (read.status === 'missing') return { status: 'facts_missing', missing: [...read.missing] };
  const model = await modelOf(read.kind);
  const [estimate] = await predictPrices(model, [read.facts], { explain: true });
  if (!estimate) throw new Error('expected an estimate of the one row of facts');
  const { summary } = model.card;
  const flag = flagOfOtherMarket(estimate.flags);
  if (flag) return { status: 'other_market', why: `${flag.message} of model ${model.name}: ${summary}` };
  return { status: 'predicted', market: summary, prediction: toPrediction(estimate), leftOut: [...read.leftOut] };
}
