import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonError, readJson } from '../../../functions/platform/json.ts';

/** Holds a number with an exponent below -99, of which some are too small. */
const maybeTooSmall = (value: unknown): boolean => /\de-\d{3}/.test(JSON.stringify(value));

describe('readJson', () => {
  it('reads every JSON text that has whole characters and numbers that are not too small', () => {
    const values = fc.jsonValue({ maxDepth: 5 }).filter((value) => !maybeTooSmall(value));
    fc.assert(
      fc.property(values, (value) => {
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
    ['{"a": 1e-200}', 'expected 0 or a number of at least 1e-130 in size, received 1e-200'],
    ['{"a": -9.9e-131}', 'expected 0 or a number of at least 1e-130 in size, received -9.9e-131'],
    ['{"a": 0.0001e-400}', 'expected 0 or a number of at least 1e-130 in size, received 0.0001e-400'],
    ['\ufeff{"a": 1}', 'expected JSON, received a byte order mark (U+FEFF) before it'],
    ['{"a": 1,\u202e}', 'expected JSON, received "}" at character 9'],
    ['{"a": \u0001', 'expected JSON, received U+0001 where it does not belong'],
    ['{"a": "\\ud800"}', 'expected whole characters, received a lone surrogate'],
    ['{"\\ud800": 1}', 'expected whole characters, received a lone surrogate'],
    ['{"a": "M\ufffdnchen"}', 'expected UTF-8, received other bytes or U+FFFD "\ufffdnchen\\"}" at character 9'],
  ])('says what came: %#', (text, message) => {
    expect(() => readJson(text)).toThrow(new JsonError(message));
  });

  it.each([
    ['0', 0],
    ['-0.00', -0],
    ['0e-999', 0],
    ['1e-130', 1e-130],
    ['-1e-130', -1e-130],
  ])('takes %s, which is not too small', (text, value) => {
    expect(readJson(text)).toBe(value);
  });

  it('takes the last of two fields with one name', () => {
    expect(readJson('{"a": 1, "a": 2}')).toEqual({ a: 2 });
  });

  it('takes a replacement character that is escaped', () => {
    expect(readJson('"\\ufffd"')).toBe('\ufffd');
  });
});
