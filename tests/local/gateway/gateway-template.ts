import { API_ID, fixtureApi, lambdaIntegration } from './fixture-api.ts';

/** The value of the one API key of the template. */
export const KEY = 'aKeyOfAtLeastTwentyCharacters';
const CUSTOM = { AuthorizationType: 'CUSTOM', AuthorizerId: 'Auth' };
const KEYED = { ApiKeyRequired: true };

/** An API with a route for each thing that a gateway does. */
export const template = fixtureApi({
  api: { BinaryMediaTypes: ['image/*'] },
  stage: {
    Variables: { colour: 'blue' },
    MethodSettings: [
      { ResourcePath: '/*', HttpMethod: '*', ThrottlingRateLimit: 100, ThrottlingBurstLimit: 100 },
      // So slow that a request's own time lets no other in, however busy the machine is.
      { ResourcePath: '/slow', HttpMethod: 'GET', ThrottlingRateLimit: 0.01, ThrottlingBurstLimit: 2 },
    ],
    AccessLogSetting: {
      DestinationArn: 'arn:aws:logs:::log-group:access',
      Format:
        '{"status":$context.status,"route":"$context.resourcePath","agent":"$context.identity.userAgent","who":"$context.authorizer.name","error":"$context.error.responseType"}',
    },
  },
  resources: {
    open: 'open',
    item: '{id}',
    slow: 'slow',
    guarded: 'guarded',
    keyed: 'keyed',
    files: 'files',
    timed: 'timed',
    checked: 'checked',
    token: 'token',
  },
  methods: [
    { resourceId: 'open', method: 'ANY', functionId: 'Echo' },
    { resourceId: 'item', method: 'GET', functionId: 'Echo' },
    { resourceId: 'slow', method: 'GET', functionId: 'Echo' },
    { resourceId: 'guarded', method: 'GET', functionId: 'Echo', properties: CUSTOM },
    { resourceId: 'guarded', method: 'POST', functionId: 'Echo', properties: CUSTOM },
    { resourceId: 'keyed', method: 'GET', functionId: 'Echo', properties: KEYED },
    {
      resourceId: 'timed',
      method: 'GET',
      properties: { Integration: lambdaIntegration('Echo', { TimeoutInMillis: 50 }) },
    },
    {
      resourceId: 'checked',
      method: 'GET',
      functionId: 'Echo',
      properties: { RequestValidatorId: 'Validator', RequestParameters: { 'method.request.querystring.size': true } },
    },
    {
      resourceId: 'token',
      method: 'GET',
      functionId: 'Echo',
      properties: { AuthorizationType: 'CUSTOM', AuthorizerId: 'TokenAuth' },
    },
    {
      resourceId: 'checked',
      method: 'POST',
      functionId: 'Echo',
      properties: { RequestValidatorId: 'BodyValidator', RequestModels: { 'application/json': 'Counted' } },
    },
    {
      resourceId: 'open',
      method: 'OPTIONS',
      properties: {
        Integration: {
          Type: 'MOCK',
          RequestTemplates: { 'application/json': '{ statusCode: 200 }' },
          IntegrationResponses: [
            {
              StatusCode: '204',
              ResponseParameters: {
                'method.response.header.Access-Control-Allow-Origin': "'*'",
                'method.response.header.Access-Control-Allow-Methods': "'GET,POST'",
              },
            },
          ],
        },
      },
    },
  ],
  more: {
    Validator: {
      type: 'AWS::ApiGateway::RequestValidator',
      properties: { RestApiId: API_ID, ValidateRequestParameters: true },
    },
    BodyValidator: {
      type: 'AWS::ApiGateway::RequestValidator',
      properties: { RestApiId: API_ID, ValidateRequestBody: true },
    },
    Counted: {
      type: 'AWS::ApiGateway::Model',
      properties: {
        RestApiId: API_ID,
        Schema: {
          $schema: 'http://json-schema.org/draft-04/schema#',
          type: 'object',
          required: ['count'],
          properties: { count: { type: 'integer' } },
        },
      },
    },
    TokenAuth: {
      type: 'AWS::ApiGateway::Authorizer',
      properties: {
        RestApiId: API_ID,
        Type: 'TOKEN',
        AuthorizerUri: lambdaIntegration('Authorize').Uri ?? '',
        IdentitySource: 'method.request.header.Authorization',
        IdentityValidationExpression: 'Bearer .+',
        AuthorizerResultTtlInSeconds: 0,
      },
    },
    Auth: {
      type: 'AWS::ApiGateway::Authorizer',
      properties: {
        RestApiId: API_ID,
        Type: 'REQUEST',
        AuthorizerUri: lambdaIntegration('Authorize').Uri ?? '',
        IdentitySource: 'method.request.header.X-Api-Key',
        AuthorizerResultTtlInSeconds: 30,
      },
    },
    Unauthorized: {
      type: 'AWS::ApiGateway::GatewayResponse',
      properties: {
        RestApiId: API_ID,
        ResponseType: 'UNAUTHORIZED',
        ResponseParameters: {
          'gatewayresponse.header.Content-Type': "'application/problem+json'",
          'gatewayresponse.header.X-Request-Id': 'context.requestId',
        },
        ResponseTemplates: { 'application/json': '{"detail":$context.error.messageString,"id":"$context.requestId"}' },
      },
    },
    ServerErrors: {
      type: 'AWS::ApiGateway::GatewayResponse',
      properties: {
        RestApiId: API_ID,
        ResponseType: 'DEFAULT_5XX',
        ResponseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'" },
      },
    },
    Plan: {
      type: 'AWS::ApiGateway::UsagePlan',
      properties: {
        ApiStages: [{ ApiId: API_ID, Stage: 'live' }],
        Throttle: { RateLimit: 0.01, BurstLimit: 3 },
        Quota: { Limit: 5, Period: 'DAY' },
      },
    },
    Key: { type: 'AWS::ApiGateway::ApiKey', properties: { Value: KEY, Enabled: true } },
    PlanKey: {
      type: 'AWS::ApiGateway::UsagePlanKey',
      properties: { KeyId: 'Key', KeyType: 'API_KEY', UsagePlanId: 'Plan' },
    },
  },
});
