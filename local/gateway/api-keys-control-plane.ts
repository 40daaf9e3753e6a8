import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { ControlPlane } from '../gate/gate-parts.ts';
import { type ServiceRequest, UnsupportedRequestError } from '../gate/service-request.ts';
import { resourcesOf } from '../template.ts';
import type { Template } from '../types.ts';
import { type ApiKey, type ApiKeyStore, newKeyValue } from './api-key-store.ts';

const NewKey = z.strictObject({
  name: z.string().optional(),
  description: z.string().optional(),
  enabled: z.boolean().default(false),
  value: z.string().min(20, 'API Key value should be at least 20 characters').max(128).optional(),
  generateDistinctId: z.boolean().optional(),
  tags: z.record(z.string(), z.string()).optional(),
});
const NewPlanKey = z.strictObject({ keyId: z.string(), keyType: z.literal('API_KEY') });
const Patch = z.strictObject({
  patchOperations: z.array(
    z.strictObject({
      op: z.literal('replace'),
      path: z.enum(['/name', '/description', '/enabled']),
      value: z.string(),
    }),
  ),
});

type Answer = ReturnType<ControlPlane>;
type Handler = (request: ServiceRequest, ids: readonly string[]) => Answer;
type Operation = readonly [method: string, path: RegExp, handle: Handler];

/** Keys of a page: by default, and at most. */
const PAGE = 25;
const LARGEST_PAGE = 500;

/**
 * API Gateway's control plane for keys: `CreateApiKey`, `GetApiKey(s)`, `UpdateApiKey`, `DeleteApiKey`,
 * `CreateUsagePlanKey`, `GetUsagePlanKeys`, `DeleteUsagePlanKey`. Any other operation is an error that names it.
 */
export function createApiKeysControlPlane(template: Template, keys: ApiKeyStore, nowMs: () => number): ControlPlane {
  const operations = [...keyOperations(keys, nowMs), ...planOperations(template, keys)];
  return (request) => {
    for (const [method, path, handle] of operations) {
      const match = request.method === method ? path.exec(request.path) : null;
      if (match) return handle(request, match.slice(1).map(decodeURIComponent));
    }
    throw new UnsupportedRequestError(`${request.method} ${request.path} of API Gateway’s control plane`);
  };
}

function keyOperations(keys: ApiKeyStore, nowMs: () => number): readonly Operation[] {
  const [all, one] = [/^\/apikeys$/, /^\/apikeys\/([^/]+)$/];
  return [
    ['POST', all, (request) => createKey(keys, request, nowMs())],
    ['GET', all, (request) => listKeys(keys.all(), request)],
    ['GET', one, (request, [id]) => withKey(keys, id, (key) => ok(shown(key, wantsValue(request))))],
    ['PATCH', one, (request, [id]) => withKey(keys, id, (key) => updateKey(keys, key, request, nowMs()))],
    ['DELETE', one, (_request, [id]) => withKey(keys, id, (key) => deleteKey(keys, key))],
  ];
}

function planOperations(template: Template, keys: ApiKeyStore): readonly Operation[] {
  const plans = new Set(resourcesOf(template, 'AWS::ApiGateway::UsagePlan').map(({ physicalId }) => physicalId));
  const [all, one] = [/^\/usageplans\/([^/]+)\/keys$/, /^\/usageplans\/([^/]+)\/keys\/([^/]+)$/];
  return [
    ['POST', all, (request, [plan]) => withPlan(plans, plan, (id) => addKey(keys, id, request))],
    ['GET', all, (request, [plan]) => withPlan(plans, plan, (id) => listPlanKeys(keys, id, request))],
    ['DELETE', one, (_request, [plan, key]) => withPlan(plans, plan, (id) => removeKey(keys, id, key))],
  ];
}

function createKey(keys: ApiKeyStore, request: ServiceRequest, nowMs: number): Answer {
  const body = NewKey.safeParse(bodyOf(request));
  if (!body.success) return badRequest(body.error);
  const { name, description, enabled, value = newKeyValue() } = body.data;
  if (keys.byValue(value)) return failed(409, 'ConflictException', 'API Key already exists');
  const id = BigInt(`0x${randomBytes(8).toString('hex')}`)
    .toString(36)
    .padStart(10, '0')
    .slice(0, 10);
  const key = {
    id,
    value,
    enabled,
    createdMs: nowMs,
    updatedMs: nowMs,
    ...(name && { name }),
    ...(description && { description }),
  };
  keys.put(key);
  return { statusCode: 201, body: shown(key, true) };
}

function listKeys(all: readonly ApiKey[], request: ServiceRequest): Answer {
  const named = request.parameters.get('name') ?? '';
  const limit = Math.min(Number(request.parameters.get('limit') ?? PAGE), LARGEST_PAGE);
  const after = request.parameters.get('position') ?? '';
  const matching = all
    .filter(({ name = '', id }) => name.startsWith(named) && id > after)
    .toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const page = matching.slice(0, limit);
  const position = matching.length > limit ? page.at(-1)?.id : undefined;
  return ok({ item: page.map((key) => shown(key, wantsValues(request))), ...(position && { position }) });
}

function updateKey(keys: ApiKeyStore, key: ApiKey, request: ServiceRequest, nowMs: number): Answer {
  const body = Patch.safeParse(bodyOf(request));
  if (!body.success) return badRequest(body.error);
  let updated: ApiKey = { ...key, updatedMs: nowMs };
  for (const { path, value } of body.data.patchOperations) {
    if (path === '/enabled') updated = { ...updated, enabled: value === 'true' };
    else updated = { ...updated, [path.slice(1)]: value };
  }
  keys.put(updated);
  return ok(shown(updated, false));
}

function deleteKey(keys: ApiKeyStore, { id }: ApiKey): Answer {
  keys.delete(id);
  return { statusCode: 202 };
}

function addKey(keys: ApiKeyStore, planId: string, request: ServiceRequest): Answer {
  const body = NewPlanKey.safeParse(bodyOf(request));
  if (!body.success) return badRequest(body.error);
  return withKey(keys, body.data.keyId, (key) => {
    if (keys.isInPlan(planId, key.id)) {
      return failed(409, 'ConflictException', `Usage plan key ${key.id} already exists in usage plan ${planId}`);
    }
    keys.addToPlan(planId, key.id);
    return { statusCode: 201, body: { id: key.id, type: 'API_KEY', value: key.value, name: key.name } };
  });
}

function listPlanKeys(keys: ApiKeyStore, planId: string, request: ServiceRequest): Answer {
  const members = keys.planKeys(planId).flatMap((id) => keys.get(id) ?? []);
  return listKeys(members, request);
}

function removeKey(keys: ApiKeyStore, planId: string, keyId = ''): Answer {
  if (!keys.isInPlan(planId, keyId))
    return failed(404, 'NotFoundException', 'Invalid Usage Plan Key identifier specified');
  keys.removeFromPlan(planId, keyId);
  return { statusCode: 202 };
}

function withKey(keys: ApiKeyStore, id: string | undefined, handle: (key: ApiKey) => Answer): Answer {
  const key = keys.get(id ?? '');
  return key ? handle(key) : failed(404, 'NotFoundException', 'Invalid API Key identifier specified');
}

function withPlan(planIds: ReadonlySet<string>, id: string | undefined, handle: (planId: string) => Answer): Answer {
  if (id !== undefined && planIds.has(id)) return handle(id);
  return failed(404, 'NotFoundException', 'Invalid Usage Plan ID specified');
}

/** A key in the API's format; times are Unix times in seconds. */
function shown({ id, value, name, description, enabled, createdMs, updatedMs }: ApiKey, withValue: boolean): object {
  const dates = { createdDate: Math.floor(createdMs / 1000), lastUpdatedDate: Math.floor(updatedMs / 1000) };
  return { id, name, description, enabled, ...dates, stageKeys: [], ...(withValue && { value }) };
}

const wantsValue = ({ parameters }: ServiceRequest) => parameters.get('includeValue') === 'true';
const wantsValues = ({ parameters }: ServiceRequest) => parameters.get('includeValues') === 'true';
const ok = (body: object): Answer => ({ statusCode: 200, body });

function bodyOf({ body }: ServiceRequest): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

function badRequest({ issues }: z.ZodError): Answer {
  return failed(400, 'BadRequestException', issues[0]?.message ?? 'Invalid request');
}

function failed(statusCode: number, errorType: string, message: string): Answer {
  return { statusCode, errorType, body: { message } };
}
