import { describe, expect, it } from 'vitest';
import { parseExpression } from '../../../local/alarms/expression.ts';

const VALUES = new Map<string, number | undefined>([
  ['a', 6],
  ['b', 3],
  ['zero', 0],
  ['none', undefined],
]);
const evaluate = (text: string) => parseExpression(text, 'here')(VALUES);

describe('parseExpression', () => {
  it.each([
    ['a + b * 2', 12],
    ['(a + b) * 2', 18],
    ['-a + 10', 4],
    ['a - b - 1', 2],
    ['IF(a > b, 1, 2)', 1],
    ['IF(a >= 7 OR b == 3, 5, 0)', 5],
    ['SUM([a, b, none])', 9],
    ['MAX([a, b])', 6],
    ['FILL(none, 4) + b', 7],
    ['100 * b / a', 50],
  ])('computes %s', (text, expected) => {
    expect(evaluate(text)).toBe(expected);
  });

  it('has no value where a metric has none', () => {
    expect(evaluate('a + none')).toBeUndefined();
  });

  it('has no value for a division by zero', () => {
    expect(evaluate('a / zero')).toBeUndefined();
  });

  it.each(['SEARCH(a)', 'a +', 'a b', '(a', 'unknown + 1'])('refuses %s', (text) => {
    expect(() => evaluate(text)).toThrow('here: ');
  });
});
