import { describe, expect, it } from 'vitest';
import { PREDICTIONS_EXAMPLES } from '../../../functions/predictions/predictions-examples.ts';
import { factsToValue, replyOf } from '../../../functions/predictions/predictions-reply.ts';
import { readRows } from '../../../functions/predictions/price-rows.ts';
import { DEFAULT_MODEL, type PriceKind } from '../../../functions/price-models/price-facts.ts';
import { loadPriceModels, predictPrices } from '../../../functions/price-models/price-model-runtime.ts';

const NOW = new Date('2026-11-29T12:00:00Z');

const models = await loadPriceModels();

async function answer(kind: PriceKind, { rows, explain = true }: { rows: readonly unknown[]; explain?: boolean }) {
  const model = models.get(DEFAULT_MODEL[kind]);
  if (!model) throw new Error(`no model ${DEFAULT_MODEL[kind]}`);
  const read = readRows(kind, rows, NOW);
  return replyOf(read, await predictPrices(model, factsToValue(read), { explain }));
}

describe('PREDICTIONS_EXAMPLES', () => {
  it('show what the model of vehicles answers', async () => {
    const { body, reply } = PREDICTIONS_EXAMPLES.predictVehicles;
    expect(reply).toEqual(await answer('vehicle', body));
  });

  it('show what the model of houses answers', async () => {
    const { body, reply } = PREDICTIONS_EXAMPLES.predictHouses;
    expect(reply).toEqual(await answer('house', body));
  });

  it('show the card of a model that ships', () => {
    const [card] = PREDICTIONS_EXAMPLES.listPriceModels.reply.models;
    expect(card).toEqual(models.get(DEFAULT_MODEL.vehicle)?.card);
  });
});
