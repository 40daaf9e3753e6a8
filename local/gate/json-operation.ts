import type { JsonObject } from '../types.ts';
import { isObject } from './json.ts';
import { type ServiceRequest, UnsupportedRequestError } from './service-request.ts';

/** The operation of a request in AWS's JSON protocol (`X-Amz-Target: Service.Operation`), with its input. */
export function jsonOperation(request: ServiceRequest): { readonly operation: string; readonly input: JsonObject } {
  const target = request.headers.get('x-amz-target')?.[0];
  if (target === undefined) throw new UnsupportedRequestError('a request without X-Amz-Target');
  const input: unknown = JSON.parse(request.body.length > 0 ? request.body.toString('utf8') : '{}');
  return { operation: target.slice(target.lastIndexOf('.') + 1), input: asObject(input) };
}

/** A string member of an operation's input; '' when it is missing, which the service refuses. */
export function textOf(input: JsonObject, name: string): string {
  const value = input[name];
  return typeof value === 'string' ? value : '';
}

function asObject(input: unknown): JsonObject {
  const isPlain = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null;
  return isPlain(input) && isObject(input) ? input : {};
}
