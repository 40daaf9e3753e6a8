import { describe, expect, it } from 'vitest';
import { readRestApi } from '../../../local/gateway/rest-api.ts';
import type { JsonObject } from '../../../local/types.ts';
import { API_ID, fixtureApi, lambdaIntegration } from './fixture-api.ts';

const withMethod = (properties: JsonObject, more = {}) =>
  readRestApi(
    fixtureApi({
      resources: { a: 'a' },
      methods: [{ resourceId: 'a', method: 'GET', functionId: 'Echo', properties }],
      more,
    }),
    'Api',
  );

describe('readRestApi', () => {
  it('reads each method with its path and function', () => {
    expect(withMethod({}).routes).toMatchObject([
      { resourcePath: '/a', method: 'GET', integration: { kind: 'function', targetId: 'Echo', timeoutMs: 29_000 } },
    ]);
  });

  it.each<[string, JsonObject, string]>([
    [
      'an integration that it does not know',
      { Integration: { Type: 'HTTP_PROXY' } },
      'aGET (AWS::ApiGateway::Method) Properties.Integration.Type',
    ],
    [
      'a property of an integration',
      { Integration: lambdaIntegration('Echo', { CacheNamespace: 'x' }) },
      'Properties.Integration.CacheNamespace: the runner does not know this property',
    ],
    [
      'a function that is not in the template',
      { Integration: lambdaIntegration('Nobody') },
      'Properties.Integration.Uri',
    ],
    [
      'an authorizer that is not there',
      { AuthorizationType: 'CUSTOM', AuthorizerId: 'x' },
      'Properties.AuthorizerId: is no authorizer',
    ],
    ['another kind of authorization', { AuthorizationType: 'AWS_IAM' }, 'Properties.AuthorizationType'],
    [
      'mapping templates of a mock',
      { Integration: { Type: 'MOCK', RequestTemplates: { 'application/json': "$input.json('$')" } } },
      'Properties.Integration.RequestTemplates',
    ],
    ['a validator that is not there', { RequestValidatorId: 'x' }, 'Properties.RequestValidatorId'],
  ])('names %s', (_what, properties, message) => {
    expect(() => withMethod(properties)).toThrow(message);
  });

  it('names the variable of an access log that it does not know', () => {
    const stage = { AccessLogSetting: { DestinationArn: 'arn', Format: '$context.wafResponseCode' } };
    const template = fixtureApi({ stage, resources: {}, methods: [] });
    expect(() => readRestApi(template, 'Api')).toThrow('Properties.AccessLogSetting.Format: $context.wafResponseCode');
  });

  it('names a stage’s cache', () => {
    const stage = { MethodSettings: [{ ResourcePath: '/*', HttpMethod: '*', CachingEnabled: true }] };
    expect(() => readRestApi(fixtureApi({ stage, resources: {}, methods: [] }), 'Api')).toThrow(
      'caching is not supported',
    );
  });

  it('names an identity source that it does not know', () => {
    const authorizer = {
      type: 'AWS::ApiGateway::Authorizer',
      properties: {
        RestApiId: API_ID,
        Type: 'REQUEST',
        AuthorizerUri: lambdaIntegration('Authorize').Uri ?? '',
        IdentitySource: 'context.identity.sourceIp',
      },
    };
    expect(() => withMethod({}, { Auth: authorizer })).toThrow('context.identity.sourceIp is not supported');
  });
});
