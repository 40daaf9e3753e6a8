import { describe, expect, it } from 'vitest';
import { shortAmount } from '../../../../../functions/price-models/training/report/plots.ts';

describe('shortAmount', () => {
  it.each([
    [0, '0'],
    [950, '950'],
    [5000, '5k'],
    [154_230, '154k'],
    [999_999, '1M'],
    [1_240_000, '1.24M'],
  ])('writes %i as %s', (value, text) => {
    expect(shortAmount(value)).toBe(text);
  });
});
