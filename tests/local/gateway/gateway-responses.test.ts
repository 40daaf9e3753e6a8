import { describe, expect, it } from 'vitest';
import { gatewayError } from '../../../local/gateway/gateway-error.ts';
import { readGatewayResponses, renderError } from '../../../local/gateway/gateway-responses.ts';
import type { JsonObject } from '../../../local/types.ts';
import { fixtureTemplate } from '../fixture-template.ts';

const responsesOf = (...responses: JsonObject[]) => {
  const resources = responses.map(
    (properties, index) =>
      [
        `R${index}`,
        { type: 'AWS::ApiGateway::GatewayResponse', properties: { RestApiId: 'api', ...properties } },
      ] as const,
  );
  return readGatewayResponses(fixtureTemplate(Object.fromEntries(resources)), 'api');
};
const source = (headers: { [name: string]: string } = {}) => ({
  variables: new Map([['requestId', 'r1']]),
  headers: new Map(Object.entries(headers)),
});
const render = (type: Parameters<typeof gatewayError>[0], responses: ReturnType<typeof responsesOf>, headers = {}) => {
  const answer = renderError(gatewayError(type), responses, source(headers));
  return { status: answer.statusCode, headers: Object.fromEntries(answer.headers), body: answer.body.toString() };
};

describe('renderError', () => {
  it('answers as API Gateway does where the template says nothing', () => {
    expect(render('INVALID_API_KEY', new Map())).toEqual({
      status: 403,
      headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'ForbiddenException' },
      body: '{"message":"Forbidden"}',
    });
  });

  it('takes status, headers and template of the type’s response', () => {
    const responses = responsesOf({
      ResponseType: 'MISSING_AUTHENTICATION_TOKEN',
      StatusCode: '404',
      ResponseParameters: {
        'gatewayresponse.header.Content-Type': "'application/problem+json'",
        'gatewayresponse.header.X-Id': 'context.requestId',
      },
      ResponseTemplates: {
        'application/json':
          '{"detail":"$context.error.message","type":"$context.error.responseType","id":"$context.requestId"}',
      },
    });
    expect(render('MISSING_AUTHENTICATION_TOKEN', responses)).toEqual({
      status: 404,
      headers: {
        'content-type': 'application/problem+json',
        'x-amzn-errortype': 'MissingAuthenticationTokenException',
        'x-id': 'r1',
      },
      body: '{"detail":"Missing Authentication Token","type":"MISSING_AUTHENTICATION_TOKEN","id":"r1"}',
    });
  });

  it('falls back to the default of its hundred, keeping its own status', () => {
    const responses = responsesOf(
      { ResponseType: 'DEFAULT_4XX', ResponseTemplates: { 'application/json': '4' } },
      { ResponseType: 'DEFAULT_5XX', ResponseTemplates: { 'application/json': '5' } },
    );
    expect([render('THROTTLED', responses).body, render('THROTTLED', responses).status]).toEqual(['4', 429]);
    expect([render('INTEGRATION_TIMEOUT', responses).body, render('INTEGRATION_TIMEOUT', responses).status]).toEqual([
      '5',
      504,
    ]);
  });

  it('chooses the template that the client accepts', () => {
    const responses = responsesOf({
      ResponseType: 'THROTTLED',
      ResponseTemplates: { 'application/json': '{}', 'text/plain': 'slower' },
    });
    expect(render('THROTTLED', responses, { accept: 'text/plain;q=1' }).body).toBe('slower');
    expect(render('THROTTLED', responses, { accept: '*/*' }).body).toBe('{}');
  });
});

describe('readGatewayResponses', () => {
  it.each([
    ['mapping-template code', { ResponseTemplates: { 'application/json': "$input.params('x')" } }, '$input.params'],
    ['an unknown variable', { ResponseTemplates: { 'application/json': '$context.nothing' } }, '$context.nothing'],
    [
      'a mapping it cannot make',
      { ResponseParameters: { 'gatewayresponse.header.X': 'stageVariables.x' } },
      'stageVariables.x',
    ],
    ['an unknown type', { ResponseType: 'NO_SUCH' }, 'NO_SUCH'],
  ])('names %s', (_what, properties, message) => {
    expect(() => responsesOf({ ResponseType: 'THROTTLED', ...properties })).toThrow(message);
  });
});
