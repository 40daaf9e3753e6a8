import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { systemClock } from '../clock.ts';
import { cannotRun } from '../errors.ts';
import { answering } from '../state/answering.ts';
import { readBody } from '../state/read-body.ts';
import { resourcesOf } from '../template.ts';
import type { Clock, Invoke, Log, Measure, Template } from '../types.ts';
import { type Admit, createAdmit } from './admission.ts';
import { type Answer, PAYLOAD_LIMIT_BYTES, TOO_LONG } from './answer.ts';
import type { ContextVariables } from './context-variables.ts';
import { type GatewayError, gatewayError } from './gateway-error.ts';
import { type GatewayRequest, type GatewayRequestHead, readHead } from './gateway-request.ts';
import { renderError } from './gateway-responses.ts';
import { integrate } from './integration.ts';
import { checkRequest } from './request-check.ts';
import type { Admission } from './request-event.ts';
import { type AccessLog, observeRequest } from './request-observation.ts';
import { requestVariables } from './request-variables.ts';
import { type RestApi, readRestApi } from './rest-api.ts';
import { sendAnswer } from './send-answer.ts';
import type { Quotas } from './usage-plans.ts';

export type GatewayOptions = {
  readonly invoke: Invoke;
  readonly quotas: Quotas;
  /** logical id of the API; optional when the template has only one */
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

/** The state that the parts of a running gateway share. */
type Running = GatewayOptions & {
  readonly template: Template;
  readonly api: RestApi;
  readonly clock: Clock;
  readonly admit: Admit;
};

/**
 * Serves one REST API of the template like API Gateway: authorizer, API keys with throttles and quotas, request
 * validation, Lambda proxy and mock integrations, gateway responses, access log and metrics.
 *
 * The stage is the first segment of the path, `/live/api/v1/jobs`. An API with one stage is also served without it, as by a
 * custom domain name: `/api/v1/jobs`.
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
    listener: answering(
      (request, response) => serve(running, request, response),
      (request, response, error) => {
        // Without its URL, into which a client can put a key.
        options.onLog?.(
          `A request (${request.method}) failed: ${error instanceof Error ? error.stack : String(error)}`,
        );
        if (response.headersSent) response.destroy();
        else response.writeHead(500).end();
      },
    ),
  };
}

function onlyApi(template: Template): string {
  const apis = resourcesOf(template, 'AWS::ApiGateway::RestApi');
  const [api] = apis;
  if (api === undefined || apis.length > 1)
    throw cannotRun(template.stackName, `holds ${apis.length} REST APIs: choose one by its logical id`);
  return api.logicalId;
}

async function serve(running: Running, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const { template, api } = running;
  const startedMs = performance.now();
  const seen = readHead(api, message, running.clock.now());
  const outcome = await outcomeOf(running, seen, message);
  const variables = requestVariables(template, api, seen, outcome.admission ?? {});
  const answer = 'answer' in outcome ? outcome.answer : refusal(running, outcome.error, variables, seen.headers);
  sendAnswer(response, answer, seen.requestId);
  const { integrationMs } = outcome;
  observeRequest(running, {
    stage: seen.stage,
    match: seen.route,
    variables,
    answer,
    latencyMs: performance.now() - startedMs,
    ...(integrationMs !== undefined && { integrationMs }),
  });
}

type Outcome = {
  readonly admission?: Admission;
  readonly integrationMs?: number;
} & ({ readonly answer: Answer } | { readonly error: GatewayError });

/** The body is read after the caller is admitted. */
async function outcomeOf(running: Running, seen: GatewayRequestHead, message: IncomingMessage): Promise<Outcome> {
  if (Number(message.headers['content-length'] ?? 0) > PAYLOAD_LIMIT_BYTES) return { answer: TOO_LONG };
  // API Gateway's error for an unknown path or method.
  if (seen.route === undefined) return { error: gatewayError('MISSING_AUTHENTICATION_TOKEN') };
  const routed = { ...seen, route: seen.route };
  const admitted = await running.admit(routed);
  if ('error' in admitted) return admitted;
  const { admission } = admitted;
  const body = await readBody(message, PAYLOAD_LIMIT_BYTES);
  if (body === undefined) return { admission, answer: TOO_LONG };
  return integrated(running, { ...routed, body }, admission);
}

async function integrated(running: Running, request: GatewayRequest, admission: Admission): Promise<Outcome> {
  const error = checkRequest(request.route.check, request);
  if (error) return { admission, error };
  const startedMs = performance.now();
  const variables = requestVariables(running.template, running.api, request, admission);
  const result = await integrate(running, request, admission, variables);
  return { ...result, admission, integrationMs: performance.now() - startedMs };
}

function refusal(
  { api }: Running,
  error: GatewayError,
  variables: ContextVariables,
  headers: ReadonlyMap<string, readonly string[]>,
): Answer {
  const last = new Map([...headers].map(([name, values]) => [name, values.at(-1) ?? '']));
  return renderError(error, api.responses, { variables, headers: last });
}
