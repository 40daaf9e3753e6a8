import { z } from 'zod';
import { ModelCard } from './model-card.ts';

/** The JSON schema of model cards, for editors and training code; content of models/model-card.schema.json. */
export function modelCardSchema(): string {
  const schema = z.toJSONSchema(ModelCard, { io: 'input', target: 'draft-2020-12' });
  return `${JSON.stringify({ title: 'Model card of Fettle', ...schema }, undefined, 2)}\n`;
}
