import type { JsonObject, Template } from '../../../local/types.ts';
import { fixtureTemplate } from '../fixture-template.ts';

export const API_ID = 'api123';
const ACCOUNT = 'us-east-1:000000000000';

type FixtureMethod = {
  readonly resourceId: string;
  readonly method: string;
  readonly properties?: JsonObject;
  /** logical id of the function; a mock answers when left out */
  readonly functionId?: string;
};

type FixtureApi = {
  readonly api?: JsonObject;
  readonly stage?: JsonObject;
  /** path part by resource id; all lie under the root */
  readonly resources: { readonly [id: string]: string };
  readonly methods: readonly FixtureMethod[];
  readonly more?: Parameters<typeof fixtureTemplate>[0];
};

/** A template with one REST API, as the CDK would synthesize it. */
export function fixtureApi({ api, stage, resources, methods, more = {} }: FixtureApi): Template {
  const parts: { [id: string]: Parameters<typeof fixtureTemplate>[0][string] } = {};
  for (const [id, part] of Object.entries(resources)) {
    parts[id] = {
      type: 'AWS::ApiGateway::Resource',
      properties: { RestApiId: API_ID, ParentId: 'root', PathPart: part },
    };
  }
  for (const { resourceId, method, properties = {}, functionId } of methods) {
    parts[`${resourceId}${method}`] = {
      type: 'AWS::ApiGateway::Method',
      properties: {
        RestApiId: API_ID,
        ResourceId: resourceId,
        HttpMethod: method,
        Integration: functionId ? lambdaIntegration(functionId) : { Type: 'MOCK' },
        ...properties,
      },
    };
  }
  const functions = ['Echo', 'Authorize'].map(
    (id) => [id, { type: 'AWS::Lambda::Function', arn: functionArn(id) }] as const,
  );
  const permissions = ['Echo', 'Authorize'].map((id) => [`${id}Permission`, permission(id)] as const);
  const template = fixtureTemplate({
    Api: { type: 'AWS::ApiGateway::RestApi', physicalId: API_ID, properties: { Name: 'fixture', ...api } },
    Stage: {
      type: 'AWS::ApiGateway::Stage',
      physicalId: 'live',
      properties: { RestApiId: API_ID, StageName: 'live', DeploymentId: 'd1', ...stage },
    },
    ...Object.fromEntries([...functions, ...permissions]),
    ...parts,
    ...more,
  });
  const restApi = template.resources.get('Api');
  if (!restApi) throw new Error('the fixture has its API');
  const withRoot = { ...restApi, attributes: { RootResourceId: 'root' } };
  return { ...template, resources: new Map([...template.resources, ['Api', withRoot]]) };
}

export function lambdaIntegration(functionId: string, more: JsonObject = {}): JsonObject {
  const uri = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${functionArn(functionId)}/invocations`;
  return { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', Uri: uri, ...more };
}

function functionArn(id: string): string {
  return `arn:aws:lambda:${ACCOUNT}:function:${id}`;
}

function permission(id: string) {
  return {
    type: 'AWS::Lambda::Permission',
    properties: {
      FunctionName: functionArn(id),
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
      SourceArn: `arn:aws:execute-api:${ACCOUNT}:${API_ID}/*`,
    },
  };
}
