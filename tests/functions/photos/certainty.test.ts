import { describe, expect, it } from 'vitest';
import { certaintyInWords } from '../../../functions/photos/certainty.ts';

describe('certaintyInWords', () => {
  it.each([
    [0, '0 %'],
    [0.124, '12 %'],
    [0.83, '83 %'],
    [0.95, '95 %'],
    [0.9501, 'over 95 %'],
    [1, 'over 95 %'],
  ])('of %j is %j', (ratio, words) => expect(certaintyInWords(ratio)).toBe(words));
});
