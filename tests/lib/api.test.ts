import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { GATEWAY_KEYS, gatewayKeyValue, secretPattern } from '../../functions/platform/names/api-keys.ts';
import { CORS } from '../../functions/platform/names/cors.ts';
import { ENVIRONMENT_NAMES } from '../../functions/platform/names/environments.ts';
import { LIMITS } from '../../functions/platform/names/limits.ts';
import { PROBLEMS } from '../../functions/platform/names/problems.ts';
import { SECURITY_HEADERS } from '../../functions/platform/names/response-headers.ts';
import { API_PREFIX, ROUTES, type Route } from '../../functions/platform/names/routes.ts';
import { environmentNamed } from '../../lib/environments.ts';
import { templateOf } from './synthesized.ts';

const Ref = z.object({ Ref: z.string() });
const GetAtt = z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) });

const byText = (a: unknown, b: unknown): number => JSON.stringify(a).localeCompare(JSON.stringify(b));

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

  it('has a method for every route and no others', () => {
    const expected = routes.map(({ method, path }) => `${method} ${API_PREFIX}${path}`);
    expect(served.map(nameOf).sort()).toEqual(expected.sort());
  });

  const lambdas = template.all('AWS::Lambda::Function', { FunctionName: z.string() });

  const aliases = template.all('AWS::Lambda::Alias', { FunctionName: Ref, Name: z.string() });

  /** The live alias of a function. */
  const liveOf = (file: string | undefined) => {
    const server = lambdas.find(({ props }) => props.FunctionName === `fettle-${name}-${file}`);
    return aliases.find(({ props }) => props.FunctionName.Ref === server?.id && props.Name === 'live');
  };

  it('integrates each route with the live alias of the function that serves it', () => {
    const wrong = served.filter((method) => {
      const route = routes.find(({ method: verb, path }) => nameOf(method) === `${verb} ${API_PREFIX}${path}`);
      const live = liveOf(route?.servedBy);
      return !(live && JSON.stringify(method.props.Integration.Uri).includes(`{"Ref":"${live.id}"}`));
    });
    expect(wrong).toEqual([]);
  });

  it('may invoke these aliases and the authorizer’s, and nothing else, before its stage serves them', () => {
    const [deployment] = template.all('AWS::ApiGateway::Deployment', {});
    const permissions = template
      .all('AWS::Lambda::Permission', { FunctionName: Ref.or(GetAtt), Principal: z.string() })
      .filter(({ props }) => props.Principal === 'apigateway.amazonaws.com');
    const files = new Set([...routes.map(({ servedBy }): string => servedBy), 'authorize']);
    expect(permissions.map(({ props }) => props.FunctionName).sort(byText)).toEqual(
      [...files].map((file) => ({ Ref: liveOf(file)?.id })).sort(byText),
    );
    expect(permissions.filter(({ id }) => !deployment?.DependsOn.includes(id))).toEqual([]);
  });

  it('requires key and authorizer on every route that is not public', () => {
    const open = served.filter(
      ({ props }) => !(props.ApiKeyRequired && props.AuthorizationType === 'CUSTOM' && props.AuthorizerId),
    );
    const publicRoutes = routes.filter(({ role }) => role === 'public').map(({ path }) => `GET ${API_PREFIX}${path}`);
    expect(open.map(nameOf).sort()).toEqual(publicRoutes.sort());
  });

  it('answers preflights by mock integrations, without a key', () => {
    const preflights = methods.filter(({ props }) => props.HttpMethod === 'OPTIONS');
    expect(preflights.filter(({ props }) => props.ApiKeyRequired || props.Integration.Type !== 'MOCK')).toEqual([]);
  });

  it('allows cross-origin requests with a key and an Idempotency-Key', () => {
    const preflight = methods.find((method) => nameOf(method) === `OPTIONS ${API_PREFIX}/jobs`);
    expect(JSON.stringify(preflight?.props.Integration)).toContain(CORS.allowedHeaders.join(','));
  });

  it('allows every method of the API across origins, and caches the preflight', () => {
    const preflight = JSON.stringify(methods.find((method) => nameOf(method) === `OPTIONS ${API_PREFIX}/jobs`)?.props);
    const verbs = [...new Set(routes.map(({ method }) => method)), 'OPTIONS'].join(',');
    expect([preflight.includes(`'${verbs}'`), preflight.includes(`Max-Age":"'${CORS.maxAgeSeconds}'`)]).toEqual([
      true,
      true,
    ]);
  });

  it('caches an authorization no longer than LIMITS says', () => {
    const [authorizer] = template.all('AWS::ApiGateway::Authorizer', {
      AuthorizerResultTtlInSeconds: z.number(),
      IdentitySource: z.string(),
      IdentityValidationExpression: z.string(),
      Type: z.string(),
    });
    expect(authorizer?.props).toEqual({
      AuthorizerResultTtlInSeconds: LIMITS.authorizerCacheSeconds,
      IdentitySource: 'method.request.header.X-Api-Key',
      IdentityValidationExpression: secretPattern(name),
      // The gateway caches by the token, and the authorizer is asked with nothing else.
      Type: 'TOKEN',
    });
  });

  it('answers gateway errors as problem+json with CORS and security headers', () => {
    const responses = template.all('AWS::ApiGateway::GatewayResponse', {
      ResponseType: z.string(),
      StatusCode: z.string().optional(),
      ResponseParameters: z.record(z.string(), z.string()),
      ResponseTemplates: z.object({ 'application/json': z.string() }),
    });
    const wrong = responses.filter(({ props }) => {
      const problem = z
        .object({ status: z.number().optional(), code: z.enum(Object.keys(PROBLEMS) as (keyof typeof PROBLEMS)[]) })
        .parse(JSON.parse(props.ResponseTemplates['application/json']));
      return !(
        // The defaults have neither: a status of theirs would replace that of every error without a response of its own.
        (props.ResponseType.startsWith('DEFAULT_')
          ? problem.status === undefined && props.StatusCode === undefined
          : String(problem.status) === props.StatusCode && PROBLEMS[problem.code].status === problem.status) &&
        Object.entries(SECURITY_HEADERS).every(
          ([header, value]) => props.ResponseParameters[`gatewayresponse.header.${header}`] === `'${value}'`,
        ) &&
        Object.values(props.ResponseParameters).every((value) => !value.slice(1, -1).includes("'")) &&
        props.ResponseParameters['gatewayresponse.header.Content-Type'] === "'application/problem+json'" &&
        props.ResponseParameters['gatewayresponse.header.Access-Control-Allow-Origin'] === `'${CORS.allowedOrigin}'`
      );
    });
    expect([responses.length > 10, wrong]).toEqual([true, []]);
  });

  it('takes the gateway keys from the authorizer, and has one for every workspace, all in the plan', () => {
    const [api] = template.all('AWS::ApiGateway::RestApi', { ApiKeySourceType: z.string() });
    const [plan] = template.all('AWS::ApiGateway::UsagePlan', {});
    const keys = template.all('AWS::ApiGateway::ApiKey', { Value: z.string(), Enabled: z.boolean() });
    const members = template.all('AWS::ApiGateway::UsagePlanKey', { KeyId: z.unknown(), UsagePlanId: Ref });
    expect(api?.props.ApiKeySourceType).toBe('AUTHORIZER');
    const values = Array.from({ length: GATEWAY_KEYS }, (_, index) => gatewayKeyValue(name, index));
    expect(keys.map(({ props }) => props.Value)).toEqual(values);
    expect(keys.every(({ props }) => props.Enabled)).toBe(true);
    expect(members.map(({ props }) => JSON.stringify(props.KeyId))).toEqual(
      keys.map(({ id }) => JSON.stringify({ 'Fn::GetAtt': [id, 'APIKeyId'] })),
    );
    expect(new Set(members.map(({ props }) => props.UsagePlanId.Ref))).toEqual(new Set([plan?.id]));
  });

  it('bounds the workspaces that share a gateway key above what one key may', () => {
    const [plan] = template.all('AWS::ApiGateway::UsagePlan', {
      Throttle: z.unknown().optional(),
      Quota: z.unknown().optional(),
    });
    expect(plan?.props).toEqual({
      Throttle: { RateLimit: 5 * environment.requestsPerSecond, BurstLimit: 5 * environment.requestBurst },
      Quota: { Limit: 5 * environment.requestsPerDay, Period: 'DAY' },
    });
  });

  const [stage] = template.all('AWS::ApiGateway::Stage', {
    StageName: z.string(),
    AccessLogSetting: z.object({ Format: z.string() }),
    MethodSettings: z.array(
      z.looseObject({ HttpMethod: z.string(), ResourcePath: z.string(), DataTraceEnabled: z.boolean().optional() }),
    ),
  });

  it('retains the account’s logging role whole, with what it permits, whatever becomes of the stack', () => {
    const [account] = template.all('AWS::ApiGateway::Account', { CloudWatchRoleArn: GetAtt });
    const roleId = account?.props.CloudWatchRoleArn['Fn::GetAtt'][0];
    const role = template
      .all('AWS::IAM::Role', { Policies: z.array(z.unknown()).optional() })
      .find(({ id }) => id === roleId);
    expect([account?.DeletionPolicy, role?.DeletionPolicy]).toEqual(['Retain', 'Retain']);
    expect(JSON.stringify(role?.props.Policies)).toContain('logs:PutLogEvents');
    const separate = template.all('AWS::IAM::Policy', { Roles: z.array(Ref) });
    expect(separate.filter(({ props }) => props.Roles.some((each) => each.Ref === roleId))).toEqual([]);
  });

  it('throttles public routes for all callers together', () => {
    const limited = stage?.props.MethodSettings.filter(({ ResourcePath }) => ResourcePath !== '/*');
    expect(limited?.map(({ ResourcePath }) => ResourcePath.slice(1).replaceAll('~1', '/')).sort()).toEqual([
      '/api/v1/health',
      '/api/v1/ready',
    ]);
  });

  it('writes an access log as JSON, without bodies and keys', () => {
    const format: unknown = JSON.parse(stage?.props.AccessLogSetting.Format ?? '');
    expect([
      format,
      /identity\.apiKey|context\.path\b/.test(stage?.props.AccessLogSetting.Format ?? ''),
      stage?.props.MethodSettings.some(({ DataTraceEnabled }) => DataTraceEnabled),
    ]).toEqual([expect.objectContaining({ workspaceId: '$context.authorizer.workspaceId' }), false, false]);
  });
});
