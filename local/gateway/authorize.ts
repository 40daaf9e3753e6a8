import type { Clock, Invoke, Template } from '../types.ts';
import { type Authorization, readAuthorization, refusedBy } from './authorization.ts';
import { type Authorizer, identityOf } from './authorizers.ts';
import { type GatewayError, gatewayError } from './gateway-error.ts';
import type { RoutedRequest } from './gateway-request.ts';
import { executeArn } from './lambda-target.ts';
import { authorizerEvent } from './request-event.ts';
import type { RestApi } from './rest-api.ts';

export type Authorized = { readonly authorization?: Authorization } | { readonly error: GatewayError };

/** Invokes the authorizer of a request's route, and caches its response for AuthorizerResultTtlInSeconds. */
export type Authorize = (request: RoutedRequest) => Promise<Authorized>;

export function createAuthorize(template: Template, api: RestApi, invoke: Invoke, clock: Clock): Authorize {
  const cache = new Map<string, { readonly authorization: Authorization; readonly untilMs: number }>();
  return async (request) => {
    const { authorizer } = request.route;
    if (authorizer === undefined) return {};
    const identity = identityOf(authorizer, request);
    if (identity === undefined) return { error: gatewayError('UNAUTHORIZED') };
    const methodArn = executeArn(template, api.id, `${request.stage.name}/${request.method}${request.path}`);
    const cacheKey = JSON.stringify([authorizer.id, request.stage.name, ...identity]);
    const known = cache.get(cacheKey);
    if (known && clock.now() < known.untilMs) return judged(known.authorization, methodArn);

    const event = eventFor(authorizer, template, api, request, methodArn, identity);
    const authorization = await invokeAuthorizer(authorizer, invoke, event);
    if ('error' in authorization) return authorization;
    const nowMs = clock.now();
    forgetExpired(cache, nowMs);
    if (authorizer.cacheSeconds > 0) {
      cache.set(cacheKey, { authorization, untilMs: nowMs + authorizer.cacheSeconds * 1000 });
    }
    return judged(authorization, methodArn);
  };
}

function judged(authorization: Authorization, methodArn: string): Authorized {
  const error = refusedBy(authorization, methodArn);
  return error ? { error } : { authorization };
}

function eventFor(
  { type }: Authorizer,
  template: Template,
  api: RestApi,
  request: RoutedRequest,
  methodArn: string,
  [token]: readonly string[],
): object {
  if (type === 'TOKEN') return { type, authorizationToken: token, methodArn };
  return authorizerEvent(template, api, request, methodArn);
}

async function invokeAuthorizer(
  authorizer: Authorizer,
  invoke: Invoke,
  event: object,
): Promise<Authorization | { error: GatewayError }> {
  const result = await invoke(authorizer.targetId, event);
  if (result.status === 'succeeded') {
    return readAuthorization(result.payload) ?? { error: gatewayError('AUTHORIZER_CONFIGURATION_ERROR') };
  }
  // By API Gateway's contract, an error with exactly this message means 401.
  const refuses = result.status === 'failed' && result.payload.errorMessage === 'Unauthorized';
  return { error: gatewayError(refuses ? 'UNAUTHORIZED' : 'AUTHORIZER_FAILURE') };
}

function forgetExpired(cache: Map<string, { readonly untilMs: number }>, nowMs: number): void {
  for (const [key, { untilMs }] of cache) if (untilMs <= nowMs) cache.delete(key);
}
