import type { Clock, Invoke, InvokeResult, Template } from '../types.ts';
import { type Answer, PAYLOAD_LIMIT_BYTES } from './answer.ts';
import type { ContextVariables } from './context-variables.ts';
import { type GatewayError, gatewayError } from './gateway-error.ts';
import type { GatewayRequest } from './gateway-request.ts';
import { answerMock } from './mock-integration.ts';
import { proxyAnswer } from './proxy-response.ts';
import { type Admission, proxyEvent } from './request-event.ts';
import type { RestApi } from './rest-api.ts';

type Running = {
  readonly template: Template;
  readonly api: RestApi;
  readonly invoke: Invoke;
  readonly clock: Clock;
};

/** The response of the route's integration: its mock's, or its function's within the integration's timeout. */
export async function integrate(
  { template, api, invoke, clock }: Running,
  request: GatewayRequest,
  admission: Admission,
  variables: ContextVariables,
): Promise<{ readonly answer: Answer } | { readonly error: GatewayError }> {
  const { integration } = request.route;
  const headers = new Map([...request.headers].map(([name, values]) => [name, values.at(-1) ?? '']));
  if (integration.kind === 'mock') {
    const answer = answerMock(integration.mock, { variables, headers });
    return answer ? { answer } : { error: gatewayError('API_CONFIGURATION_ERROR') };
  }
  const event = proxyEvent(template, api, request, admission);
  const result = await within(clock, integration.timeoutMs, invoke(integration.targetId, event));
  if (result === 'timed-out') return { error: gatewayError('INTEGRATION_TIMEOUT') };
  // A throttled function is an internal error of the API.
  if (result.status === 'throttled') return { error: { ...gatewayError('DEFAULT_5XX'), statusCode: 500 } };
  if (result.status === 'too-large') return { error: gatewayError('REQUEST_TOO_LARGE') };
  if (result.status === 'failed') return { error: gatewayError('DEFAULT_5XX') };
  const answer = proxyAnswer(result.payload, api.binaryMediaTypes, headers.get('accept'));
  if (answer === undefined || answer.body.length > PAYLOAD_LIMIT_BYTES) return { error: gatewayError('DEFAULT_5XX') };
  return { answer };
}

/** After the integration timeout the function continues to run, as behind API Gateway. */
async function within(
  clock: Clock,
  timeoutMs: number,
  invocation: Promise<InvokeResult>,
): Promise<InvokeResult | 'timed-out'> {
  const answered = new AbortController();
  const timeout = clock.sleep(timeoutMs, answered.signal).then(() => 'timed-out' as const);
  try {
    return await Promise.race([invocation, timeout]);
  } finally {
    answered.abort();
  }
}
