import { describe, expect, it } from 'vitest';
import { holds, parseConditions } from '../../../local/gate/condition.ts';
import type { JsonObject } from '../../../local/types.ts';

const decide = (condition: JsonObject, context: { [key: string]: string[] }) =>
  parseConditions(condition, 'Condition').every((one) => holds(one, new Map(Object.entries(context))));

describe('holds', () => {
  it.each([
    ['StringEquals', 'a', ['a'], true],
    ['StringEquals', 'a', ['A'], false],
    ['StringEqualsIgnoreCase', 'a', ['A'], true],
    ['StringNotEquals', 'a', ['b'], true],
    ['StringNotEquals', ['a', 'b'], ['b'], false],
    ['StringLike', 'own/*', ['own/x/y'], true],
    ['StringNotLike', 'own/*', ['own/x'], false],
    ['ArnLike', 'arn:aws:s3:::b*', ['arn:aws:s3:::bucket'], true],
    ['ArnEquals', 'arn:aws:s3:::b', ['arn:aws:s3:::bucket'], false],
    ['Bool', 'false', ['true'], false],
    ['NumericLessThan', '1.2', ['1.3'], false],
    ['NumericLessThanEquals', '10', ['9'], true],
  ] as const)('%s %j of %j is %s', (operator, wanted, given, expected) => {
    expect(decide({ [operator]: { Key: wanted } }, { key: [...given] })).toBe(expected);
  });

  it.each([
    ['StringEquals', false],
    ['StringNotEquals', true],
    ['StringEqualsIfExists', true],
    ['ForAllValues:StringLike', true],
    ['ForAnyValue:StringLike', false],
    ['ForAnyValue:StringNotLike', false],
    ['Bool', false],
  ])('%s of a missing key is %s', (operator, expected) => {
    expect(decide({ [operator]: { key: 'x' } }, {})).toBe(expected);
  });

  it('wants every value with ForAllValues and one with ForAnyValue', () => {
    const keys = { 'dynamodb:leadingkeys': ['KEY#1', 'OTHER#2'] };
    expect(decide({ 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['KEY#*'] } }, keys)).toBe(false);
    expect(decide({ 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': ['KEY#*'] } }, keys)).toBe(true);
  });

  it('tells by Null whether a key is there', () => {
    expect(decide({ Null: { key: 'true' } }, {})).toBe(true);
    expect(decide({ Null: { key: 'false' } }, {})).toBe(false);
    expect(decide({ Null: { key: false } }, { key: ['x'] })).toBe(true);
  });
});

describe('parseConditions', () => {
  it('names an operator that it does not know', () => {
    expect(() => parseConditions({ DateLessThan: { 'aws:CurrentTime': '2026' } }, 'Role.Condition')).toThrow(
      'Role.Condition.DateLessThan: the condition operator DateLessThan is not supported',
    );
  });
});
