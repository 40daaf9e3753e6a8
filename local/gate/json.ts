import { cannotRun } from '../errors.ts';
import type { Json, JsonObject } from '../types.ts';

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value or a list of values, as a list. */
export function list(value: Json | undefined): readonly Json[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as Json];
}

/** One string or a list of strings, as a list. Booleans and numbers are converted, as in CloudFormation. */
export function texts(value: Json | undefined, where: string): readonly string[] {
  return list(value).map((one) => {
    if (typeof one === 'object') throw cannotRun(where, 'holds something that is not a text');
    return String(one);
  });
}

/** @throws CannotRunError that names the first unknown property of `value` */
export function refuseUnknown(value: JsonObject, known: readonly string[], where: string): void {
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  if (unknown !== undefined) throw cannotRun(`${where}.${unknown}`, 'this property is not supported');
}
