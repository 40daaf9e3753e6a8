import { cannotRun } from '../errors.ts';
import type { Json, JsonObject } from '../types.ts';

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value that may stand alone or in a list, as a list. */
export function list(value: Json | undefined): readonly Json[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as Json];
}

/** One text or a list of texts, as a list. Booleans and numbers count as texts, as CloudFormation takes them. */
export function texts(value: Json | undefined, where: string): readonly string[] {
  return list(value).map((one) => {
    if (typeof one === 'object') throw cannotRun(where, 'holds something that is not a text');
    return String(one);
  });
}

/** Throws naming the first property of `value` that is not among the known ones. */
export function refuseUnknown(value: JsonObject, known: readonly string[], where: string): void {
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  if (unknown !== undefined) throw cannotRun(`${where}.${unknown}`, 'this property is not supported');
}
