import { z } from 'zod';
import { Anything, byLogicalId, byShortId, type KnownType, REASONS, shortIdOf } from './known-type.ts';

const DESCRIPTION = 'a text for people';

/** Properties that `local/gateway` validates. */
const takes = (...properties: string[]) =>
  z.strictObject(Object.fromEntries(properties.map((name) => [name, Anything])));

/** API Gateway's REST APIs, implemented by `local/gateway`. */
export const API_GATEWAY: { readonly [type: string]: KnownType } = {
  'AWS::ApiGateway::RestApi': {
    does: 'one API of the gateway on this machine',
    honours: takes('Name', 'BinaryMediaTypes', 'MinimumCompressionSize', 'ApiKeySourceType'),
    ignores: {
      Description: DESCRIPTION,
      EndpointConfiguration: 'the endpoint is this machine',
      DisableExecuteApiEndpoint: 'the endpoint is this machine',
      Tags: REASONS.tags,
    },
    identity: (self) => {
      const id = shortIdOf(self);
      return { physicalId: id, attributes: { RestApiId: id, RootResourceId: `${id}root` } };
    },
  },
  'AWS::ApiGateway::Resource': {
    does: 'a path',
    honours: takes('ParentId', 'PathPart', 'RestApiId'),
    ignores: {},
    identity: (self) => ({ physicalId: shortIdOf(self), attributes: { ResourceId: shortIdOf(self) } }),
  },
  'AWS::ApiGateway::Method': {
    does: 'a route',
    honours: takes(
      'RestApiId',
      'ResourceId',
      'HttpMethod',
      'ApiKeyRequired',
      'AuthorizationType',
      'AuthorizerId',
      'Integration',
      'MethodResponses',
      'RequestParameters',
      'RequestModels',
      'RequestValidatorId',
    ),
    ignores: { OperationName: 'a name for documents' },
    identity: byLogicalId,
  },
  'AWS::ApiGateway::Deployment': {
    does: 'nothing of its own: the stage serves the template’s methods',
    honours: takes('RestApiId', 'StageName'),
    ignores: { Description: DESCRIPTION },
    identity: (self) => ({ physicalId: shortIdOf(self), attributes: { DeploymentId: shortIdOf(self) } }),
  },
  'AWS::ApiGateway::Stage': {
    does: 'the first segment of the URL, with its throttling and access log',
    honours: takes('RestApiId', 'DeploymentId', 'StageName', 'MethodSettings', 'AccessLogSetting', 'Variables'),
    ignores: {
      Description: DESCRIPTION,
      TracingEnabled: REASONS.tracing,
      CacheClusterEnabled: 'responses are not cached here',
      CacheClusterSize: 'responses are not cached here',
      Tags: REASONS.tags,
    },
    identity: (self) => ({ physicalId: self.text('StageName') ?? self.logicalId }),
  },
  'AWS::ApiGateway::Authorizer': {
    does: 'a Lambda authorizer, its response cached',
    honours: takes(
      'RestApiId',
      'Name',
      'Type',
      'AuthorizerUri',
      'IdentitySource',
      'AuthorizerResultTtlInSeconds',
      'AuthType',
      'IdentityValidationExpression',
      'AuthorizerCredentials',
    ),
    ignores: {},
    identity: (self) => ({ physicalId: shortIdOf(self), attributes: { AuthorizerId: shortIdOf(self) } }),
  },
  'AWS::ApiGateway::GatewayResponse': {
    does: 'the gateway’s own errors',
    honours: takes('RestApiId', 'ResponseType', 'StatusCode', 'ResponseParameters', 'ResponseTemplates'),
    ignores: {},
    identity: byShortId,
  },
  'AWS::ApiGateway::UsagePlan': {
    does: 'throttle and quota per API key',
    honours: takes('UsagePlanName', 'ApiStages', 'Throttle', 'Quota'),
    ignores: { Description: DESCRIPTION, Tags: REASONS.tags },
    identity: (self) => ({ physicalId: shortIdOf(self), attributes: { Id: shortIdOf(self) } }),
  },
  'AWS::ApiGateway::UsagePlanKey': {
    does: 'puts a key of the template into a plan',
    honours: takes('KeyId', 'KeyType', 'UsagePlanId'),
    ignores: {},
    identity: byShortId,
  },
  'AWS::ApiGateway::ApiKey': {
    does: 'a key of the template',
    honours: takes('Value', 'Enabled'),
    ignores: {
      Name: DESCRIPTION,
      Description: DESCRIPTION,
      Tags: REASONS.tags,
      GenerateDistinctId: 'ids are distinct',
    },
    identity: (self) => ({ physicalId: shortIdOf(self), attributes: { APIKeyId: shortIdOf(self) } }),
  },
  'AWS::ApiGateway::Model': {
    does: 'a JSON schema for request validators',
    honours: takes('RestApiId', 'ContentType', 'Name', 'Schema'),
    ignores: { Description: DESCRIPTION },
    identity: (self) => ({ physicalId: self.text('Name') ?? self.logicalId }),
  },
  'AWS::ApiGateway::RequestValidator': {
    does: 'checks parameters and bodies before the integration',
    honours: takes('RestApiId', 'Name', 'ValidateRequestBody', 'ValidateRequestParameters'),
    ignores: {},
    identity: byShortId,
  },
  'AWS::ApiGateway::Account': {
    does: 'nothing: it allows API Gateway to write to CloudWatch Logs',
    honours: z.strictObject({}),
    ignores: { CloudWatchRoleArn: 'access logs go to a file here' },
    identity: (self) => ({ physicalId: shortIdOf(self), attributes: { Id: shortIdOf(self) } }),
  },
};
