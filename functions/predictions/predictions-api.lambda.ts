import type { Input } from '../platform/contract.ts';
import { httpHandler } from '../platform/http-handler.ts';
import { admit } from '../platform/request-limits-store.ts';
import { modelNameOf, type PriceKind } from '../price-models/price-facts.ts';
import { predictPrices } from '../price-models/price-model-runtime.ts';
import { MOST_EXPLAINED, PREDICTIONS_API } from './predictions-contract.ts';
import { factsToValue, replyOf } from './predictions-reply.ts';
import { readRows } from './price-rows.ts';
import { priceModelNamed, servedPriceModels } from './served-price-models-runtime.ts';

type Asked = Input<typeof PREDICTIONS_API.predictVehicles>['body'];

async function predict(
  kind: PriceKind,
  { rows, model: name, market, explain = rows.length <= MOST_EXPLAINED }: Asked,
  now: Date,
) {
  const model = await priceModelNamed(kind, modelNameOf(kind, { model: name, market }));
  const read = readRows(kind, rows, now);
  return replyOf(read, await predictPrices(model, factsToValue(read), { explain }));
}

export const handler = httpHandler(
  PREDICTIONS_API,
  {
    predictVehicles: ({ body, now }) => predict('vehicle', body, now),

    predictHouses: ({ body, now }) => predict('house', body, now),

    listPriceModels: async () => ({ models: [...(await servedPriceModels()).values()].map(({ card }) => card) }),
  },
  { admit },
);
