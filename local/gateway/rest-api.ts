import { cannotRun } from '../errors.ts';
import { requirePermission } from '../events/lambda-permissions.ts';
import { readProperties } from '../read-properties.ts';
import { resourcesOf } from '../template.ts';
import type { Resource, Template } from '../types.ts';
import { type Authorizer, readAuthorizers } from './authorizers.ts';
import { type GatewayResponses, readGatewayResponses } from './gateway-responses.ts';
import { executeArn, targetOfUri } from './lambda-target.ts';
import { checkMock } from './mock-integration.ts';
import { type RequestCheck, readRequestCheck } from './request-check.ts';
import { ApiProperties, MethodProperties, type MockIntegration, ResourceProperties } from './rest-api-properties.ts';
import type { RoutePattern } from './routing.ts';
import { readStages, type Stage } from './stages.ts';

export type Integration =
  | { readonly kind: 'function'; readonly targetId: string; readonly timeoutMs: number }
  | { readonly kind: 'mock'; readonly mock: MockIntegration };

/** One method of the API, with its checks and its integration. */
export type Route = RoutePattern & {
  readonly resourceId: string;
  readonly apiKeyRequired: boolean;
  readonly authorizer?: Authorizer;
  readonly check: RequestCheck;
  readonly integration: Integration;
};

/** A parsed REST API of the template. */
export type RestApi = {
  readonly id: string;
  readonly name: string;
  readonly keySource: 'HEADER' | 'AUTHORIZER';
  readonly binaryMediaTypes: readonly string[];
  readonly routes: readonly Route[];
  readonly stages: readonly Stage[];
  readonly responses: GatewayResponses;
};

/**
 * Reads a REST API with its methods, authorizers, stages and gateway responses.
 *
 * @throws CannotRunError for unsupported properties, and for a missing permission to invoke a function
 */
export function readRestApi(template: Template, logicalId: string): RestApi {
  const api = template.resources.get(logicalId);
  if (api?.type !== 'AWS::ApiGateway::RestApi') throw cannotRun(logicalId, 'is no REST API of the template');
  const { Name, BinaryMediaTypes, ApiKeySourceType } = readProperties(api, ApiProperties);
  const id = api.physicalId;
  const stages = readStages(template, id);
  const authorizers = readAuthorizers(template, id);
  const paths = resourcePaths(template, api);
  const routes = resourcesOf(template, 'AWS::ApiGateway::Method').flatMap((method) =>
    method.properties.RestApiId === id ? [readRoute(template, method, { id, paths, authorizers, stages })] : [],
  );
  return {
    id,
    name: Name,
    keySource: ApiKeySourceType,
    binaryMediaTypes: BinaryMediaTypes,
    routes,
    stages,
    responses: readGatewayResponses(template, id),
  };
}

type Parts = {
  readonly id: string;
  readonly paths: ReadonlyMap<string, string>;
  readonly authorizers: ReadonlyMap<string, Authorizer>;
  readonly stages: readonly Stage[];
};

function readRoute(template: Template, resource: Resource, { id, paths, authorizers, stages }: Parts): Route {
  const where = `${resource.logicalId} (${resource.type}) Properties`;
  const method = readProperties(resource, MethodProperties);
  const resourcePath = paths.get(method.ResourceId);
  if (resourcePath === undefined) throw cannotRun(`${where}.ResourceId`, 'is no resource of the API');
  const authorizer = authorizers.get(method.AuthorizerId ?? '');
  if (method.AuthorizationType === 'CUSTOM' && !authorizer)
    throw cannotRun(`${where}.AuthorizerId`, 'is no authorizer');
  const integration = readIntegration(template, method.Integration, where);
  if (integration.kind === 'function') {
    const verb = method.HttpMethod === 'ANY' ? '*' : method.HttpMethod;
    for (const { name } of stages) {
      const source = executeArn(template, id, `${name}/${verb}${resourcePath.replace(/\{[^}]*\}/g, '*')}`);
      requirePermission(template, integration.targetId, 'apigateway.amazonaws.com', source, where);
    }
  }
  return {
    resourceId: method.ResourceId,
    resourcePath,
    method: method.HttpMethod,
    apiKeyRequired: method.ApiKeyRequired,
    check: readRequestCheck(template, method, where),
    integration,
    ...(method.AuthorizationType === 'CUSTOM' && authorizer && { authorizer }),
  };
}

function readIntegration(
  template: Template,
  integration: ReturnType<typeof MethodProperties.parse>['Integration'],
  where: string,
): Integration {
  if (integration.Type === 'MOCK') {
    checkMock(integration, `${where}.Integration`);
    return { kind: 'mock', mock: integration };
  }
  const targetId = targetOfUri(template, integration.Uri, `${where}.Integration.Uri`);
  return { kind: 'function', targetId, timeoutMs: integration.TimeoutInMillis };
}

/** The path of each resource of the API, by its id; the root's is `/`. */
function resourcePaths(template: Template, api: Resource): ReadonlyMap<string, string> {
  const paths = new Map([[api.attributes.RootResourceId ?? '', '/']]);
  const resources = resourcesOf(template, 'AWS::ApiGateway::Resource')
    .map((resource) => ({ id: resource.physicalId, ...readProperties(resource, ResourceProperties) }))
    .filter(({ RestApiId }) => RestApiId === api.physicalId);
  const pathOf = (id: string): string => {
    const known = paths.get(id);
    if (known !== undefined) return known;
    const resource = resources.find((one) => one.id === id);
    if (resource === undefined) throw cannotRun(id, 'is the parent of an API resource, but no resource');
    return `${pathOf(resource.ParentId).replace(/\/$/, '')}/${resource.PathPart}`;
  };
  for (const { id } of resources) paths.set(id, pathOf(id));
  return paths;
}
