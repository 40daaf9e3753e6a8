import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../../functions/platform/sha256.ts';
import { writeTreeModel } from '../../functions/price-models/onnx/tree-model.ts';
import type { PriceModelCard } from '../../functions/price-models/price-model-card.ts';
import { PriceModelSchema, SCHEMA_ENTRY } from '../../functions/price-models/price-model-schema.ts';
import type { TrainedModel } from '../../functions/price-models/training/train-price-model.ts';

/** What a card says that neither the training nor the table knows. */
export type CardWords = Pick<PriceModelCard, 'name' | 'version' | 'summary' | 'licence' | 'data'>;

/** Writes model.onnx and card.json into a folder, which is created. */
export async function writePriceModel(
  folder: string,
  { schema, ensembles }: TrainedModel,
  words: CardWords,
  measured: Pick<PriceModelCard, 'coverage' | 'metrics' | 'trainingRows'>,
): Promise<PriceModelCard> {
  const { name, version } = words;
  const whole = PriceModelSchema.parse({ ...schema, name, version, coverage: measured.coverage });
  const bytes = writeTreeModel({
    ensembles,
    features: schema.features.length,
    metadata: { [SCHEMA_ENTRY]: JSON.stringify(whole) },
  });
  const card: PriceModelCard = {
    ...words,
    kind: schema.kind,
    market: schema.market,
    ...measured,
    sha256: sha256(bytes),
  };
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'model.onnx'), bytes);
  await writeFile(join(folder, 'card.json'), `${JSON.stringify(card, undefined, 2)}\n`);
  return card;
}
