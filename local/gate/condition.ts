import { cannotRun } from '../errors.ts';
import type { Json } from '../types.ts';
import { isObject, texts } from './json.ts';
import { matchesArn, matchesWildcard, matchesWildcardIgnoringCase } from './wildcard.ts';

/** A request's condition keys, in lower case, and their values. A key without a value is absent. */
export type RequestContext = ReadonlyMap<string, readonly string[]>;

/** One line of a statement's `Condition`: an operator, a key and the values it is compared with. */
export type Condition = {
  readonly operator: string;
  /** in lower case */
  readonly key: string;
  readonly values: readonly string[];
};

type Comparison = { readonly matches: (wanted: string, given: string) => boolean; readonly negated: boolean };

const is = (matches: Comparison['matches']): Comparison => ({ matches, negated: false });
const isNot = (matches: Comparison['matches']): Comparison => ({ matches, negated: true });
const equal = (wanted: string, given: string) => wanted === given;
const equalIgnoringCase = (wanted: string, given: string) => wanted.toLowerCase() === given.toLowerCase();
const numeric = (holds: (given: number, wanted: number) => boolean): Comparison =>
  is((wanted, given) => holds(Number(given), Number(wanted)));

const COMPARISONS: ReadonlyMap<string, Comparison> = new Map([
  ['StringEquals', is(equal)],
  ['StringNotEquals', isNot(equal)],
  ['StringEqualsIgnoreCase', is(equalIgnoringCase)],
  ['StringNotEqualsIgnoreCase', isNot(equalIgnoringCase)],
  ['StringLike', is(matchesWildcard)],
  ['StringNotLike', isNot(matchesWildcard)],
  ['ArnEquals', is(matchesArn)],
  ['ArnLike', is(matchesArn)],
  ['ArnNotEquals', isNot(matchesArn)],
  ['ArnNotLike', isNot(matchesArn)],
  ['Bool', is(matchesWildcardIgnoringCase)],
  ['NumericEquals', numeric((given, wanted) => given === wanted)],
  ['NumericLessThan', numeric((given, wanted) => given < wanted)],
  ['NumericLessThanEquals', numeric((given, wanted) => given <= wanted)],
  ['NumericGreaterThan', numeric((given, wanted) => given > wanted)],
  ['NumericGreaterThanEquals', numeric((given, wanted) => given >= wanted)],
]);

const OPERATOR = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/;

/** Parses a statement's conditions. An unknown operator is an error that names it: ignoring it could allow too much. */
export function parseConditions(condition: Json | undefined, where: string): readonly Condition[] {
  if (condition === undefined) return [];
  if (!isObject(condition)) throw cannotRun(where, 'is not an object');
  return Object.entries(condition).flatMap(([operator, comparisons]) => {
    const base = OPERATOR.exec(operator)?.[2] ?? operator;
    if (base !== 'Null' && !COMPARISONS.has(base)) {
      throw cannotRun(`${where}.${operator}`, `the condition operator ${operator} is not supported`);
    }
    if (!isObject(comparisons)) throw cannotRun(`${where}.${operator}`, 'is not an object');
    return Object.entries(comparisons).map(([key, values]) => ({
      operator,
      key: key.toLowerCase(),
      values: texts(values, `${where}.${operator}.${key}`),
    }));
  });
}

/**
 * Whether one condition holds. A missing key fails every positive operator and satisfies every negated one, `…IfExists`
 * and `ForAllValues:` (IAM documentation); several values of the condition are alternatives.
 */
export function holds({ operator, key, values }: Condition, context: RequestContext): boolean {
  const [, quantifier, base = operator, ifExists] = OPERATOR.exec(operator) ?? [];
  const given = context.get(key) ?? [];
  if (base === 'Null') return values.some((value) => (value.toLowerCase() === 'true') === (given.length === 0));
  const comparison = COMPARISONS.get(base);
  if (comparison === undefined) throw cannotRun(operator, 'is no condition operator');
  if (given.length === 0) return ifExists !== undefined || missingKeyHolds(quantifier, comparison);
  const passes = (one: string) => values.some((wanted) => comparison.matches(wanted, one)) !== comparison.negated;
  return quantifier === 'ForAnyValue' ? given.some(passes) : given.every(passes);
}

function missingKeyHolds(quantifier: string | undefined, comparison: Comparison): boolean {
  if (quantifier === 'ForAllValues') return true;
  return quantifier === undefined && comparison.negated;
}
