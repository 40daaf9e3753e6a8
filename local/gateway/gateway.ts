import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { systemClock } from '../clock.ts';
import { cannotRun } from '../errors.ts';
import { readBody } from '../iam/forward.ts';
import { resourcesOf } from '../template.ts';
import type { Clock, Invoke, Log, Measure, Template } from '../types.ts';
import { type Admit, createAdmit } from './admission.ts';
import { type Answer, PAYLOAD_LIMIT_BYTES } from './answer.ts';
import type { ApiKeyStore } from './api-key-store.ts';
import type { ContextVariables } from './context-variables.ts';
import { type GatewayError, gatewayError } from './gateway-error.ts';
import { type GatewayRequest, grouped, headerPairs, queryOf } from './gateway-request.ts';
import { renderError } from './gateway-responses.ts';
import { integrate } from './integration.ts';
import type { Admission } from './request-event.ts';
import { requestVariables } from './request-variables.ts';
import { type RestApi, readRestApi } from './rest-api.ts';
import { matchRoute } from './routing.ts';
import type { Stage } from './stages.ts';
import { type AccessLog, tell } from './telling.ts';
import type { Quotas } from './usage-plans.ts';

export type GatewayOptions = {
  readonly invoke: Invoke;
  readonly keys: ApiKeyStore;
  readonly quotas: Quotas;
  /** logical id of the API to serve; the template's only one when left out */
  readonly restApi?: string;
  readonly clock?: Clock;
  readonly measure?: Measure;
  readonly accessLog?: AccessLog;
  readonly onLog?: Log;
};

export type Gateway = {
  /** for `http.createServer` */
  readonly listener: RequestListener;
  readonly api: RestApi;
};

/** What the parts of one running gateway share. */
type Running = GatewayOptions & {
  readonly template: Template;
  readonly api: RestApi;
  readonly clock: Clock;
  readonly admit: Admit;
};

/**
 * Serves one REST API of the template as API Gateway would: authorizer, API keys with throttles and quotas, request
 * validation, Lambda proxy and mock integrations, gateway responses, access log and metrics.
 *
 * A stage is the first segment of the path, `/live/api/v1/jobs`. Where the API has one stage only, paths without it are
 * served, too: `/api/v1/jobs` (as a custom domain name would map them).
 */
export function createGateway(template: Template, options: GatewayOptions): Gateway {
  const clock = options.clock ?? systemClock;
  const api = readRestApi(template, options.restApi ?? onlyApi(template));
  const running: Running = {
    ...options,
    template,
    api,
    clock,
    admit: createAdmit(template, api, { ...options, clock }),
  };
  return {
    api,
    listener: (request, response) => {
      serve(running, request, response).catch((error: unknown) => {
        if (response.destroyed) return;
        options.onLog?.(`${request.method} ${request.url}: ${error instanceof Error ? error.stack : String(error)}`);
        response.destroy();
      });
    },
  };
}

function onlyApi(template: Template): string {
  const apis = resourcesOf(template, 'AWS::ApiGateway::RestApi');
  const [api] = apis;
  if (api === undefined || apis.length > 1)
    throw cannotRun(template.stackName, `holds ${apis.length} REST APIs: say which`);
  return api.logicalId;
}

async function serve(running: Running, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const { api, clock } = running;
  const requestId = randomUUID();
  const receivedAtMs = clock.now();
  const startedMs = performance.now();
  const [rawPath = '/', ...query] = (message.url ?? '/').split('?');
  const { stage, path } = stageAndPath(api.stages, rawPath);
  const method = message.method ?? 'GET';
  const match = matchRoute(api.routes, method, path);
  const rawHeaders = headerPairs(message);
  const seen = {
    requestId,
    receivedAtMs,
    method,
    path,
    stage,
    rawHeaders,
    headers: grouped(rawHeaders.map(([name, value]) => [name.toLowerCase(), value])),
    query: queryOf(query.join('?')),
    sourceIp: message.socket.remoteAddress ?? '127.0.0.1',
    protocol: `HTTP/${message.httpVersion}`,
  };
  const body = await readBody(message, PAYLOAD_LIMIT_BYTES);
  const request = match && body && { ...seen, ...match, body };
  const outcome = request
    ? await handle(running, request)
    : { error: gatewayError(body ? 'MISSING_AUTHENTICATION_TOKEN' : 'REQUEST_TOO_LARGE') };
  const variables = requestVariables(running.template, api, { ...seen, ...match }, outcome.admission ?? {});
  const answer = 'answer' in outcome ? outcome.answer : refusal(running, outcome.error, variables, seen.headers);
  send(response, answer, requestId, body === undefined);
  const latencyMs = performance.now() - startedMs;
  tell(running, {
    stage,
    match: match?.route,
    variables,
    answer,
    latencyMs,
    ...(outcome.integrationMs !== undefined && { integrationMs: outcome.integrationMs }),
  });
}

type Outcome = {
  readonly admission?: Admission;
  readonly integrationMs?: number;
} & ({ readonly answer: Answer } | { readonly error: GatewayError });

async function handle(running: Running, request: GatewayRequest): Promise<Outcome> {
  const admitted = await running.admit(request);
  if ('error' in admitted) return admitted;
  const { admission } = admitted;
  const startedMs = performance.now();
  const variables = requestVariables(running.template, running.api, request, admission);
  const result = await integrate(running, request, admission, variables);
  return { ...result, admission, integrationMs: performance.now() - startedMs };
}

/** The stage that a path begins with; where there is only one, it may be left out. */
function stageAndPath(stages: readonly Stage[], rawPath: string): { readonly stage: Stage; readonly path: string } {
  const [, first = ''] = rawPath.split('/');
  const named = stages.find(({ name }) => name === first);
  const [only] = stages;
  if (named) return { stage: named, path: rawPath.slice(first.length + 1) || '/' };
  if (only === undefined) throw new Error('a REST API without a stage is refused when it is read');
  // With several stages and none named, the first only lends its log: no route has the path's name.
  return { stage: only, path: stages.length === 1 ? rawPath : `/${NO_STAGE}${rawPath}` };
}

/** Can be no path part: a literal one has letters, digits and `-._:` only. */
const NO_STAGE = '*no-stage*';

function refusal(
  { api }: Running,
  error: GatewayError,
  variables: ContextVariables,
  headers: ReadonlyMap<string, readonly string[]>,
): Answer {
  const last = new Map([...headers].map(([name, values]) => [name, values.at(-1) ?? '']));
  return renderError(error, api.responses, { variables, headers: last });
}

function send(
  response: ServerResponse,
  { statusCode, headers, body }: Answer,
  requestId: string,
  bodyLeft: boolean,
): void {
  for (const [name, values] of grouped(headers)) response.setHeader(name, values);
  response.setHeader('x-amzn-requestid', requestId);
  response.setHeader('x-amz-apigw-id', requestId);
  // The rest of a body that was too long is not waited for.
  if (bodyLeft) response.setHeader('connection', 'close');
  const empty = statusCode === 204 || statusCode === 304;
  if (!empty) response.setHeader('content-length', body.length);
  response.writeHead(statusCode);
  response.end(empty ? undefined : body);
  if (bodyLeft) drain(response.req);
}

const DRAIN_MS = 1000;

function drain(message: IncomingMessage): void {
  message.resume();
  setTimeout(() => message.destroy(), DRAIN_MS).unref();
}
