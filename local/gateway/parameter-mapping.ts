import { cannotRun } from '../errors.ts';
import type { ContextVariables } from './context-variables.ts';

/** The parts of a request that a response header may be mapped from. */
export type MappingSource = {
  readonly variables: ContextVariables;
  readonly headers: ReadonlyMap<string, string>;
};

const LITERAL = /^'(.*)'$/s;
const CONTEXT = /^context\.([\w.]+)$/;
const HEADER = /^method\.request\.header\.([\w-]+)$/;

/** @throws CannotRunError when a mapping expression is neither `'literal'`, `context.…` nor `method.request.header.…` */
export function checkMapping(expression: string, where: string): void {
  if (![LITERAL, CONTEXT, HEADER].some((form) => form.test(expression))) {
    throw cannotRun(where, `the mapping ${expression} is not supported`);
  }
}

/** The value of a mapping expression; undefined when the request has none. */
export function mappedValue(expression: string, { variables, headers }: MappingSource): string | undefined {
  const literal = LITERAL.exec(expression)?.[1];
  if (literal !== undefined) return literal;
  const variable = CONTEXT.exec(expression)?.[1];
  if (variable !== undefined) return variables.get(variable);
  return headers.get(HEADER.exec(expression)?.[1]?.toLowerCase() ?? '');
}
