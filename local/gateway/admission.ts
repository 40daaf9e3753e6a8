import type { Clock, Invoke, Template } from '../types.ts';
import { readApiKeys } from './api-keys.ts';
import { createAuthorize } from './authorize.ts';
import { type GatewayError, gatewayError } from './gateway-error.ts';
import type { RoutedRequest } from './gateway-request.ts';
import type { Admission } from './request-event.ts';
import type { RestApi } from './rest-api.ts';
import { stageThrottle } from './stages.ts';
import { createThrottles } from './throttles.ts';
import { type Quotas, readUsagePlans, refusedByPlan } from './usage-plans.ts';

/**
 * Decides by a request's head whether its body is read. Also returns what is known of the caller, for the access log.
 */
export type Admit = (
  request: RoutedRequest,
) => Promise<{ readonly admission: Admission } | { readonly admission?: Admission; readonly error: GatewayError }>;

type Options = { readonly invoke: Invoke; readonly quotas: Quotas; readonly clock: Clock };

/** Checks, in this order: stage throttle, authorizer, API key, usage plan's throttle and quota. */
export function createAdmit(template: Template, api: RestApi, { invoke, quotas, clock }: Options): Admit {
  const authorize = createAuthorize(template, api, invoke, clock);
  const throttles = createThrottles(clock.now);
  const plans = readUsagePlans(template);
  const keys = readApiKeys(template);

  return async (request) => {
    const { stage, route } = request;
    const throttle = stageThrottle(stage, route);
    const limited = throttle ? [{ key: `${stage.name}${route.resourcePath}/${route.method}`, throttle }] : [];
    if (!throttles.take(limited)) return { error: gatewayError('THROTTLED') };

    const authorized = await authorize(request);
    if ('error' in authorized) return authorized;
    const value = keyValue(api, request, authorized.authorization?.usageIdentifierKey);
    const key = value === undefined ? undefined : keys.get(value);
    const admission = { ...authorized, ...(key && { apiKey: { id: key.id, value: key.value } }) };
    if (route.apiKeyRequired) {
      const refused = refusedByPlan(plans, key, { apiId: api.id, request }, { throttles, quotas });
      if (refused) return { admission, error: refused };
    }
    return { admission };
  };
}

function keyValue({ keySource }: RestApi, { headers }: RoutedRequest, fromAuthorizer: string | undefined) {
  return keySource === 'HEADER' ? headers.get('x-api-key')?.at(-1) : fromAuthorizer;
}
