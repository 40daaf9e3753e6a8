import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { queryPairs } from '../gate/signature.ts';
import type { RequestContent } from './request-content.ts';
import type { RestApi, Route } from './rest-api.ts';
import { matchRoute } from './routing.ts';
import type { Stage } from './stages.ts';

/** A request before its body is read. `route` is absent when none matches. */
export type GatewayRequestHead = RequestContent & {
  readonly requestId: string;
  readonly receivedAtMs: number;
  readonly method: string;
  /** percent-encoded, without the stage */
  readonly path: string;
  /** percent-encoded, as sent: with the stage, unless the client omitted it */
  readonly askedPath: string;
  readonly stage: Stage;
  readonly route?: Route;
  /** names and values as sent */
  readonly rawHeaders: readonly (readonly [string, string])[];
  readonly sourceIp: string;
  readonly protocol: string;
};

/** A request for a route of the API, before its body is read. */
export type RoutedRequest = GatewayRequestHead & { readonly route: Route };

export type GatewayRequest = RoutedRequest & { readonly body: Buffer };

/** Parses the head of a request and finds its stage and route. */
export function readHead(
  api: Pick<RestApi, 'stages' | 'routes'>,
  message: IncomingMessage,
  nowMs: number,
): GatewayRequestHead {
  const [rawPath = '/', ...query] = (message.url ?? '/').split('?');
  const { stage, path, isNamed } = stageAndPath(api.stages, rawPath);
  const method = message.method ?? 'GET';
  const match = isNamed ? matchRoute(api.routes, method, path) : undefined;
  const rawHeaders = headerPairs(message);
  return {
    requestId: randomUUID(),
    receivedAtMs: nowMs,
    method,
    path,
    askedPath: rawPath,
    stage,
    pathParameters: {},
    ...match,
    rawHeaders,
    headers: grouped(rawHeaders.map(([name, value]) => [name.toLowerCase(), value])),
    query: queryOf(query.join('?')),
    sourceIp: message.socket.remoteAddress ?? '127.0.0.1',
    protocol: `HTTP/${message.httpVersion}`,
  };
}

/** The stage that a path begins with; optional in the path when the API has only one. */
function stageAndPath(stages: readonly Stage[], rawPath: string) {
  const [, first = ''] = rawPath.split('/');
  const named = stages.find(({ name }) => name === first);
  const [only] = stages;
  if (named) return { stage: named, path: rawPath.slice(first.length + 1) || '/', isNamed: true };
  if (only === undefined) throw new Error('a REST API without a stage is refused when it is read');
  // No stage matches: the request is logged by the first one.
  return { stage: only, path: rawPath, isNamed: stages.length === 1 };
}

/** Values by name, in the spelling of its first occurrence. */
export function grouped(pairs: Iterable<readonly [string, string]>): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [name, value] of pairs) groups.set(name, [...(groups.get(name) ?? []), value]);
  return groups;
}

/** Header names and values in the order sent. */
function headerPairs({ rawHeaders }: IncomingMessage): [string, string][] {
  return rawHeaders.flatMap((name, index): [string, string][] =>
    index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? '']] : [],
  );
}

/** Query parameters by name; a plus sign is a space, as in API Gateway. */
function queryOf(query: string): Map<string, string[]> {
  return grouped(queryPairs(query.replaceAll('+', '%20')));
}
