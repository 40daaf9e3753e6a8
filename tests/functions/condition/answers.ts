import type { ModelAnswer, Word } from '../../../functions/condition/model-answer.ts';
import { photo } from '../assessments/photos.ts';

/** A word that counts from 0.5 on. */
export const word = (name: string, confidenceRatio: number, rest: Partial<Word> = {}): Word => ({
  word: name,
  confidenceRatio,
  thresholdRatio: 0.5,
  reachesThreshold: confidenceRatio >= 0.5,
  experimental: false,
  ...rest,
});
/** An answer with nothing but what is given. */
export const answer = (rest: Partial<ModelAnswer>): ModelAnswer => ({
  classes: [],
  labels: [],
  maps: [],
  boxes: [],
  abstains: false,
  ...rest,
});
export const WHOLE = { x: 0, y: 0, width: 1, height: 1 };
const { quality } = photo('p001', 'kitchen');
/** A good photo that is no close-up. */
export const FAR = { closeUp: false, shown: WHOLE, quality };
