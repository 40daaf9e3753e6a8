import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CORS } from '../../functions/platform/names/cors.ts';
import { ENVIRONMENT_NAMES } from '../../functions/platform/names/environments.ts';
import { LIMITS } from '../../functions/platform/names/limits.ts';
import { PROBLEMS } from '../../functions/platform/names/problems.ts';
import { API_PREFIX, ROUTES, type Route } from '../../functions/platform/names/routes.ts';
import { environmentNamed } from '../../lib/environments.ts';
import { templateOf } from './synthesized.ts';

const Ref = z.object({ Ref: z.string() });

describe.each(ENVIRONMENT_NAMES)('Api in %s', (name) => {
  const template = templateOf(name);
  const environment = environmentNamed(name);
  const resources = template.all('AWS::ApiGateway::Resource', {
    ParentId: z.unknown().optional(),
    PathPart: z.string(),
  });
  const methods = template.all('AWS::ApiGateway::Method', {
    HttpMethod: z.string(),
    ResourceId: z.unknown().optional(),
    ApiKeyRequired: z.boolean().optional(),
    AuthorizationType: z.string(),
    AuthorizerId: Ref.optional(),
    Integration: z.looseObject({ Type: z.string(), Uri: z.unknown().optional() }),
  });

  const pathOf = (resourceId: unknown): string => {
    const ref = Ref.safeParse(resourceId);
    const resource = resources.find(({ id }) => id === ref.data?.Ref);
    return resource ? `${pathOf(resource.props.ParentId)}/${resource.props.PathPart}` : '';
  };
  const served = methods.filter(({ props }) => props.HttpMethod !== 'OPTIONS');
  const routes: readonly Route[] = Object.values(ROUTES);
  const nameOf = ({ props }: (typeof methods)[number]) => `${props.HttpMethod} ${pathOf(props.ResourceId)}`;

  it('serves every route and nothing else', () => {
    const expected = routes.map(({ method, path }) => `${method} ${API_PREFIX}${path}`);
    expect(served.map(nameOf).sort()).toEqual(expected.sort());
  });

  it('calls for each route the function that serves it', () => {
    const wrong = served.filter((method) => {
      const route = routes.find(({ method: verb, path }) => nameOf(method) === `${verb} ${API_PREFIX}${path}`);
      return !JSON.stringify(method.props.Integration.Uri).includes(`:function:fettle-${name}-${route?.servedBy}/`);
    });
    expect(wrong).toEqual([]);
  });

  it('asks for key and authorizer wherever a route is not public', () => {
    const open = served.filter(
      ({ props }) => !(props.ApiKeyRequired && props.AuthorizationType === 'CUSTOM' && props.AuthorizerId),
    );
    const publicRoutes = routes.filter(({ role }) => role === 'public').map(({ path }) => `GET ${API_PREFIX}${path}`);
    expect(open.map(nameOf).sort()).toEqual(publicRoutes.sort());
  });

  it('answers every preflight by itself, without a key', () => {
    const preflights = methods.filter(({ props }) => props.HttpMethod === 'OPTIONS');
    expect(preflights.filter(({ props }) => props.ApiKeyRequired || props.Integration.Type !== 'MOCK')).toEqual([]);
  });

  it('lets pages send a key and repeat safely', () => {
    const preflight = methods.find((method) => nameOf(method) === `OPTIONS ${API_PREFIX}/jobs`);
    expect(JSON.stringify(preflight?.props.Integration)).toContain(CORS.allowedHeaders.join(','));
  });

  it('lets pages use every method of the API, and ask for that once in a while only', () => {
    const preflight = JSON.stringify(methods.find((method) => nameOf(method) === `OPTIONS ${API_PREFIX}/jobs`)?.props);
    const verbs = [...new Set(routes.map(({ method }) => method)), 'OPTIONS'].join(',');
    expect([preflight.includes(`'${verbs}'`), preflight.includes(`Max-Age":"'${CORS.maxAgeSeconds}'`)]).toEqual([
      true,
      true,
    ]);
  });

  it('lets a revoked key in for no longer than is promised', () => {
    const [authorizer] = template.all('AWS::ApiGateway::Authorizer', {
      AuthorizerResultTtlInSeconds: z.number(),
      IdentitySource: z.string(),
      Type: z.string(),
    });
    expect(authorizer?.props).toEqual({
      AuthorizerResultTtlInSeconds: LIMITS.authorizerCacheSeconds,
      IdentitySource: 'method.request.header.X-Api-Key',
      Type: 'REQUEST',
    });
  });

  it('answers its own errors as problems that pages of any origin can read', () => {
    const responses = template.all('AWS::ApiGateway::GatewayResponse', {
      ResponseType: z.string(),
      StatusCode: z.string(),
      ResponseParameters: z.record(z.string(), z.string()),
      ResponseTemplates: z.object({ 'application/json': z.string() }),
    });
    const wrong = responses.filter(({ props }) => {
      const problem = z
        .object({ status: z.number(), code: z.enum(Object.keys(PROBLEMS) as (keyof typeof PROBLEMS)[]) })
        .parse(JSON.parse(props.ResponseTemplates['application/json']));
      return !(
        String(problem.status) === props.StatusCode &&
        PROBLEMS[problem.code].status === problem.status &&
        props.ResponseParameters['gatewayresponse.header.Content-Type'] === "'application/problem+json'" &&
        props.ResponseParameters['gatewayresponse.header.Access-Control-Allow-Origin'] === `'${CORS.allowedOrigin}'`
      );
    });
    expect([responses.length > 10, wrong]).toEqual([true, []]);
  });

  it('names no other size of a request than the functions do', () => {
    const tooLarge = template
      .all('AWS::ApiGateway::GatewayResponse', { ResponseType: z.string(), ResponseTemplates: z.unknown() })
      .find(({ props }) => props.ResponseType === 'REQUEST_TOO_LARGE');
    expect(JSON.stringify(tooLarge?.props)).toContain(`Expected at most ${LIMITS.requestBytes} bytes.`);
  });

  it('holds each key to a rate and a daily quota', () => {
    const [plan] = template.all('AWS::ApiGateway::UsagePlan', {
      Throttle: z.unknown().optional(),
      Quota: z.unknown().optional(),
    });
    expect(plan?.props).toEqual({
      Throttle: { RateLimit: environment.requestsPerSecond, BurstLimit: environment.requestBurst },
      Quota: { Limit: environment.requestsPerDay, Period: 'DAY' },
    });
  });

  const [stage] = template.all('AWS::ApiGateway::Stage', {
    StageName: z.string(),
    AccessLogSetting: z.object({ Format: z.string() }),
    MethodSettings: z.array(
      z.looseObject({ HttpMethod: z.string(), ResourcePath: z.string(), DataTraceEnabled: z.boolean().optional() }),
    ),
  });

  it('throttles what needs no key for all callers together', () => {
    const limited = stage?.props.MethodSettings.filter(({ ResourcePath }) => ResourcePath !== '/*');
    expect(limited?.map(({ ResourcePath }) => ResourcePath.slice(1).replaceAll('~1', '/')).sort()).toEqual([
      '/api/v1/health',
      '/api/v1/ready',
    ]);
  });

  it('logs who asked for what, as JSON, and neither bodies nor keys', () => {
    const format: unknown = JSON.parse(stage?.props.AccessLogSetting.Format ?? '');
    expect([
      format,
      stage?.props.AccessLogSetting.Format.includes('identity.apiKey'),
      stage?.props.MethodSettings.some(({ DataTraceEnabled }) => DataTraceEnabled),
    ]).toEqual([expect.objectContaining({ workspaceId: '$context.authorizer.workspaceId' }), false, false]);
  });
});
