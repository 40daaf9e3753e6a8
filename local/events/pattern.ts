import { cannotRun } from '../errors.ts';
import type { Json, JsonObject } from '../types.ts';

/** Whether an event matches an EventBridge pattern or an event source mapping's filter: each named field matches one value. */
export function matchesPattern(pattern: JsonObject, event: unknown): boolean {
  return Object.entries(pattern).every(([field, wanted]) => {
    if (field === '$or') return asList(wanted).some((each) => matchesPattern(each as JsonObject, event));
    const value = isObject(event) ? event[field] : undefined;
    if (!Array.isArray(wanted)) return matchesPattern(wanted as JsonObject, value);
    const values = Array.isArray(value) ? value : [value];
    return wanted.some((each) => values.some((one) => matchesValue(each as Json, one)));
  });
}

function matchesValue(wanted: Json, value: unknown): boolean {
  if (!isObject(wanted)) return wanted === value;
  return Object.entries(wanted).every(([comparison, operand]) => compare(comparison, operand as Json, value));
}

function compare(comparison: string, operand: Json, value: unknown): boolean {
  switch (comparison) {
    case 'exists':
      return (value !== undefined) === operand;
    case 'prefix':
      return typeof value === 'string' && value.startsWith(String(operand));
    case 'suffix':
      return typeof value === 'string' && value.endsWith(String(operand));
    case 'equals-ignore-case':
      return typeof value === 'string' && value.toLowerCase() === String(operand).toLowerCase();
    case 'anything-but':
      return value !== undefined && !asList(operand).some((each) => matchesValue(each, value));
    case 'numeric':
      return typeof value === 'number' && inRange(asList(operand), value);
    default:
      throw cannotRun('filter pattern', `the runner does not know the comparison ${comparison}`);
  }
}

/** `['>', 0, '<=', 5]` */
function inRange(bounds: readonly Json[], value: number): boolean {
  const pairs = Array.from(
    { length: bounds.length / 2 },
    (_, index) => [bounds[2 * index], Number(bounds[2 * index + 1])] as const,
  );
  return pairs.every(([operator, bound]) => {
    if (operator === '=') return value === bound;
    if (operator === '>') return value > bound;
    if (operator === '>=') return value >= bound;
    return operator === '<' ? value < bound : value <= bound;
  });
}

function asList(value: Json): readonly Json[] {
  return Array.isArray(value) ? value : [value];
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
