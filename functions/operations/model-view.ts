import type { ModelCard } from '../condition/model-card.ts';
import type { ModelView } from './service-contract.ts';

/** What users are told of a model: not how it is asked, which is the pipeline's business. */
export const viewOfModel = ({ name, version, answers, summary, licence, metrics }: ModelCard): ModelView => ({
  name,
  version,
  answers,
  summary,
  licence: {
    weights: licence.weights,
    commercialUse: licence.commercialUse,
    ...(licence.note !== undefined && { note: licence.note }),
  },
  metrics,
});
