import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonError, readJson } from '../../../functions/platform/json.ts';

describe('readJson', () => {
  it('reads every JSON text that has whole characters', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        expect(readJson(JSON.stringify(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('counts no brackets within texts', () => {
    expect(readJson(JSON.stringify({ '[[[\\"': '['.repeat(6000) }))).toEqual({ '[[[\\"': '['.repeat(6000) });
  });

  it('takes 64 levels of nesting, and no more', () => {
    expect(readJson(`${'['.repeat(64)}${']'.repeat(64)}`)).toHaveLength(1);
    expect(() => readJson(`${'['.repeat(65)}${']'.repeat(65)}`)).toThrow('at most 64 levels of nesting');
  });

  it.each([
    ['', 'expected JSON, received nothing'],
    ['{"name":', 'expected JSON, received a text that ends too early'],
    ['{year: 1}', 'expected JSON, received "year: 1}" at character 2'],
    ['[1,2,,3]', 'expected JSON, received "," where it does not belong'],
    ['['.repeat(6000), 'expected at most 64 levels of nesting, received more'],
    ['{"a": 1e400}', 'expected a number below 1.8e308, received 1e400'],
    ['{"a": -1e400}', 'expected a number below 1.8e308, received -1e400'],
    ['{"a": "\\ud800"}', 'expected whole characters, received a lone surrogate'],
    ['{"\\ud800": 1}', 'expected whole characters, received a lone surrogate'],
    ['{"a": "M\ufffdnchen"}', 'expected UTF-8, received other bytes or U+FFFD "\ufffdnchen\\"}" at character 9'],
  ])('says what came: %#', (text, message) => {
    expect(() => readJson(text)).toThrow(new JsonError(message));
  });

  it('takes a replacement character that is escaped', () => {
    expect(readJson('"\\ufffd"')).toBe('\ufffd');
  });
});
