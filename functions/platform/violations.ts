import type { z } from 'zod';
import type { Violation } from './problem.ts';
import { shownText } from './shown-text.ts';

type Issue = z.core.$ZodIssue;

/** Most violations listed; the last entry counts the rest. */
export const MAX_VIOLATIONS = 50;

/**
 * The violations of an input, one entry each.
 *
 * @param part what was parsed: `body` or `query`; every path begins with it
 * @param issues of a parse with `reportInput: true`
 */
export const violationsOf = (part: string, issues: readonly Issue[]): readonly Violation[] =>
  limited(part, everyViolationOf(part, issues));

/** The same without a limit, for a caller that limits several parts together. */
export const everyViolationOf = (part: string, issues: readonly Issue[]): readonly Violation[] =>
  issues.flatMap((issue) => violationsOfIssue(part, issue));

/** At most `most` of these violations of a part, of which the last entry counts the rest; but the first is always among them. */
export function limited(part: string, all: readonly Violation[], most = MAX_VIOLATIONS): readonly Violation[] {
  if (all.length <= Math.max(1, most)) return all;
  const shown = all.slice(0, Math.max(1, most - 1));
  const rest = `${all.length - shown.length} more`;
  return [...shown, { path: part, expected: 'no further violations', received: rest, message: `and ${rest}` }];
}

function violationsOfIssue(part: string, issue: Issue): readonly Violation[] {
  const path = pathOf(part, issue.path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: pathOf(part, [...issue.path, key]),
      expected: 'no such field',
      received: describe(fieldOf(issue.input, key)),
      message: 'unknown field',
    }));
  }
  const received = describe(issue.code === 'invalid_union' ? discriminatorOf(issue) : issue.input);
  const expected = expectedBy(issue);
  return [{ path, expected, received, message: issue.code === 'custom' ? issue.message : `expected ${expected}` }];
}

function expectedBy(issue: Issue): string {
  // A message of ours, which zod's own never resemble.
  if (issue.message.startsWith('expected ')) return issue.message.replace('expected ', '');
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'int' ? 'an integer' : `${article(issue.expected)} ${issue.expected}`;
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options) ? `one of ${issue.options.join(', ')}` : 'another form';
    case 'too_big':
      return `${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}${unitOf(issue.origin)}`;
    case 'too_small':
      return `${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}${unitOf(issue.origin)}`;
    case 'not_multiple_of':
      return `a multiple of ${issue.divisor}`;
    default:
      return issue.message;
  }
}

const article = (noun: string): string => (/^[aeiou]/.test(noun) ? 'an' : 'a');

const unitOf = (origin: string): string =>
  origin === 'string' ? ' characters' : origin === 'array' || origin === 'set' ? ' items' : '';

function discriminatorOf(issue: Extract<Issue, { code: 'invalid_union' }>): unknown {
  return 'discriminator' in issue && typeof issue.discriminator === 'string'
    ? fieldOf(issue.input, issue.discriminator)
    : issue.input;
}

const fieldOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;

const pathOf = (part: string, path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (above, key) => (typeof key === 'number' ? `${above}[${key}]` : `${above}.${shownText(String(key))}`),
    part,
  );

/** A value's type and its beginning. */
function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === 'object') return 'an object';
  // JSON has no infinity: stringify would return null.
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
  return `${typeof value} ${shownText(text)}`;
}
