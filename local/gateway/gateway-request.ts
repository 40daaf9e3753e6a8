import type { IncomingMessage } from 'node:http';
import { queryPairs } from '../iam/signature.ts';
import type { Route } from './rest-api.ts';
import type { Stage } from './stages.ts';

/** A request that found its route, with its body read. */
export type GatewayRequest = {
  readonly requestId: string;
  readonly receivedAtMs: number;
  readonly method: string;
  /** percent-encoded, without the stage */
  readonly path: string;
  readonly stage: Stage;
  readonly route: Route;
  readonly pathParameters: { readonly [name: string]: string };
  /** values by name in lower case */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  /** names and values as the client wrote them */
  readonly rawHeaders: readonly (readonly [string, string])[];
  readonly query: ReadonlyMap<string, readonly string[]>;
  readonly sourceIp: string;
  readonly protocol: string;
  readonly body: Buffer;
};

/** Values by name; of names, the first spelling counts. */
export function grouped(pairs: Iterable<readonly [string, string]>): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [name, value] of pairs) groups.set(name, [...(groups.get(name) ?? []), value]);
  return groups;
}

/** Header names and values in the order sent. */
export function headerPairs({ rawHeaders }: IncomingMessage): [string, string][] {
  return rawHeaders.flatMap((name, index): [string, string][] =>
    index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? '']] : [],
  );
}

/** Query parameters by name; a plus sign means a space, as API Gateway reads it. */
export function queryOf(query: string): Map<string, string[]> {
  return grouped(queryPairs(query.replaceAll('+', '%20')));
}
