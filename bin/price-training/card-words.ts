import { readFile } from 'node:fs/promises';
import { PriceModelCard } from '../../functions/price-models/price-model-card.ts';
import { UsageError } from '../usage-error.ts';
import type { CardWords } from './write-price-model.ts';

const Words = PriceModelCard.pick({ name: true, version: true, summary: true, licence: true, data: true });

/** The words of a card from a JSON file. @throws UsageError when it is none */
export async function readCardWords(file: string): Promise<CardWords> {
  const text = await readFile(file, 'utf8');
  const parsed = Words.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UsageError(`${file} is wrong at ${issue?.path.join('.') || 'the top'}: ${issue?.message}`);
}

/** The words of a model that somebody trains on rows of their own. */
export const ownCardWords = (kind: string, rows: number): CardWords => ({
  name: `${kind}-own`,
  version: '1.0.0',
  summary: `Values a ${kind} as in the rows that it was trained on.`,
  licence: { weights: 'those of the rows', commercialUse: true, note: 'yours to say' },
  data: [{ name: 'own rows', origin: 'own', licence: 'own', rows }],
});
