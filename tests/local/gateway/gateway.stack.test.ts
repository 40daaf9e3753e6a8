import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { movableClock } from '../../../local/clock.ts';
import { type ApiKeyStore, openApiKeys } from '../../../local/gateway/api-key-store.ts';
import { createGateway } from '../../../local/gateway/gateway.ts';
import { openQuotas } from '../../../local/gateway/usage-plans.ts';
import type { Datum, Invoke, InvokeResult, Template } from '../../../local/types.ts';
import { close, listen } from '../iam/running-gate.ts';
import { API_ID, fixtureApi, lambdaIntegration } from './fixture-api.ts';

const KEY = 'a-key-of-at-least-twenty-characters';
const CUSTOM = { AuthorizationType: 'CUSTOM', AuthorizerId: 'Auth' };
const KEYED = { ApiKeyRequired: true };

const template = fixtureApi({
  api: { BinaryMediaTypes: ['image/*'] },
  stage: {
    Variables: { colour: 'blue' },
    MethodSettings: [
      { ResourcePath: '/*', HttpMethod: '*', ThrottlingRateLimit: 100, ThrottlingBurstLimit: 100 },
      { ResourcePath: '/slow', HttpMethod: 'GET', ThrottlingRateLimit: 1, ThrottlingBurstLimit: 2 },
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
        Throttle: { RateLimit: 10, BurstLimit: 3 },
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

type Event = { readonly [name: string]: unknown };
const echo = (event: unknown): InvokeResult => ({
  status: 'succeeded',
  payload: { statusCode: 200, body: JSON.stringify(event) },
});
const letIn = (effect: string, resource: string): InvokeResult => ({
  status: 'succeeded',
  payload: {
    principalId: 'p',
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: effect, Action: 'execute-api:Invoke', Resource: resource }],
    },
    context: { name: 'ada', level: 3 },
  },
});
const failed = (errorMessage: string): InvokeResult => ({
  status: 'failed',
  payload: { errorType: 'Error', errorMessage },
});

let answers: {
  echo: (event: unknown) => InvokeResult | Promise<InvokeResult>;
  authorize: (event: Event) => InvokeResult;
};
let asked: Event[];
let lines: string[];
let metrics: Datum[];
let clock: ReturnType<typeof movableClock>;
let keys: ApiKeyStore;
let dataDir: string;
let server: Server;
let url: string;

const invoke: Invoke = async (functionId, event) => {
  if (functionId === 'Echo') return answers.echo(event);
  asked.push(event as Event);
  return answers.authorize(event as Event);
};

async function start(from: Template): Promise<void> {
  keys = openApiKeys(from, dataDir, clock.now);
  const { listener } = createGateway(from, {
    invoke,
    keys,
    quotas: openQuotas(dataDir, clock.now),
    clock,
    measure: (datum) => metrics.push(datum),
    accessLog: (line) => lines.push(line),
  });
  server = createServer(listener);
  url = await listen(server);
}

beforeEach(async () => {
  answers = { echo, authorize: () => letIn('Allow', '*') };
  [asked, lines, metrics] = [[], [], []];
  clock = movableClock();
  dataDir = mkdtempSync(join(tmpdir(), 'gateway-'));
  await start(template);
});
afterEach(async () => {
  await close(server);
  rmSync(dataDir, { recursive: true });
});

const get = (path: string, headers: { [name: string]: string } = {}) => fetch(`${url}${path}`, { headers });
const statuses = async (count: number, path: string, headers = {}) => {
  const all: number[] = [];
  for (let index = 0; index < count; index++) all.push((await get(path, headers)).status);
  return all;
};

describe('createGateway', () => {
  describe('routing', () => {
    it('serves a stage by its name, and the only one without', async () => {
      expect(await statuses(1, '/live/open')).toEqual([200]);
      expect(await statuses(1, '/open')).toEqual([200]);
    });

    it('answers a path or method it does not have as API Gateway does', async () => {
      const missing = await get('/open/deeper');
      expect([missing.status, await missing.json()]).toEqual([403, { message: 'Missing Authentication Token' }]);
      expect((await fetch(`${url}/slow`, { method: 'POST' })).status).toBe(403);
    });

    it('answers a preflight from the mock', async () => {
      const answer = await fetch(`${url}/open`, { method: 'OPTIONS' });
      expect([answer.status, answer.headers.get('access-control-allow-methods')]).toEqual([204, 'GET,POST']);
    });

    it('refuses a template which does not let it invoke a function', () => {
      const { EchoPermission: _, ...rest } = Object.fromEntries(template.resources);
      const options = { invoke, keys, quotas: openQuotas(dataDir, clock.now) };
      expect(() => createGateway({ ...template, resources: new Map(Object.entries(rest)) }, options)).toThrow(
        'no AWS::Lambda::Permission',
      );
    });
  });

  describe('a function’s event', () => {
    it('holds path, query, headers and context', async () => {
      const answer = await get('/live/a%20b?tag=1&tag=2&q=x+y', { 'X-Custom': 'one' });
      expect(await answer.json()).toMatchObject({
        resource: '/{id}',
        path: '/a%20b',
        httpMethod: 'GET',
        headers: { 'X-Custom': 'one' },
        multiValueHeaders: { 'X-Custom': ['one'] },
        queryStringParameters: { tag: '2', q: 'x y' },
        multiValueQueryStringParameters: { tag: ['1', '2'], q: ['x y'] },
        pathParameters: { id: 'a b' },
        stageVariables: { colour: 'blue' },
        body: null,
        isBase64Encoded: false,
        requestContext: {
          accountId: '000000000000',
          apiId: API_ID,
          stage: 'live',
          path: '/live/a%20b',
          resourcePath: '/{id}',
          httpMethod: 'GET',
          protocol: 'HTTP/1.1',
          identity: { sourceIp: '127.0.0.1' },
        },
      });
    });

    it('carries binary bodies as base64 and others as text', async () => {
      const post = async (type: string) => {
        const answer = await fetch(`${url}/open`, { method: 'POST', body: 'über', headers: { 'content-type': type } });
        const { body, isBase64Encoded } = (await answer.json()) as Event;
        return [body, isBase64Encoded];
      };
      expect(await post('application/json')).toEqual(['über', false]);
      expect(await post('image/png')).toEqual([Buffer.from('über').toString('base64'), true]);
    });
  });

  describe('a function’s answer', () => {
    const answered = async (payload: unknown, headers = {}) => {
      answers.echo = () => ({ status: 'succeeded', payload });
      return get('/open', headers);
    };

    it('gives status, headers of one and of many values, and body', async () => {
      const answer = await answered({
        statusCode: 201,
        headers: { 'X-One': 1 },
        multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] },
        body: 'made',
      });
      expect([answer.status, answer.headers.get('x-one'), answer.headers.getSetCookie(), await answer.text()]).toEqual([
        201,
        '1',
        ['a=1', 'b=2'],
        'made',
      ]);
    });

    it('is decoded from base64 for a client that accepts the binary type', async () => {
      const payload = {
        statusCode: 200,
        headers: { 'Content-Type': 'image/png' },
        body: Buffer.from([0xff, 0]).toString('base64'),
        isBase64Encoded: true,
      };
      const answer = await answered(payload, { accept: 'image/png' });
      expect(Buffer.from(await answer.arrayBuffer())).toEqual(Buffer.from([0xff, 0]));
    });

    it.each([
      ['no object', 'text'],
      ['no status', { body: 'x' }],
      ['a body that is no text', { statusCode: 200, body: { a: 1 } }],
      ['nothing', null],
      ['a header that HTTP cannot carry', { statusCode: 200, headers: { 'x-a': 'b\r\nc: d' } }],
    ])('is a 502 when it is malformed: %s', async (_what, payload) => {
      const answer = await answered(payload);
      expect([answer.status, await answer.json()]).toEqual([502, { message: 'Internal server error' }]);
    });

    it('is a 502 with the template’s headers when the function fails', async () => {
      answers.echo = () => failed('boom');
      const answer = await get('/open');
      expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([502, '*']);
    });

    it('is a 504 when it takes longer than the integration’s timeout', async () => {
      answers.echo = () => new Promise((resolve) => setTimeout(resolve, 200, echo({})));
      expect((await get('/timed')).status).toBe(504);
    });
  });

  describe('payloads', () => {
    it('refuses more than 10 MB', async () => {
      const answer = await fetch(`${url}/open`, { method: 'POST', body: Buffer.alloc(11 * 1024 * 1024) });
      expect([answer.status, await answer.json()]).toEqual([413, { message: 'Request Too Long' }]);
    });
  });

  describe('a TOKEN authorizer', () => {
    const header = { authorization: 'Bearer abc' };

    it('is asked with the token alone', async () => {
      expect(await statuses(1, '/token', header)).toEqual([200]);
      const methodArn = `arn:aws:execute-api:us-east-1:000000000000:${API_ID}/live/GET/token`;
      expect(asked).toEqual([{ type: 'TOKEN', authorizationToken: 'Bearer abc', methodArn }]);
    });

    it('is not asked with what is no token by its expression', async () => {
      expect(await statuses(1, '/token', { authorization: 'Basic abc' })).toEqual([401]);
      expect(asked).toEqual([]);
    });
  });

  describe('validation', () => {
    it('holds a body to the model of its content type', async () => {
      const post = (body: string) =>
        fetch(`${url}/checked`, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
      const refused = await post('{"count":"many"}');
      expect([refused.status, await refused.json()]).toEqual([400, { message: 'Invalid request body' }]);
      expect((await post('no JSON')).status).toBe(400);
      expect((await post('{"count":1}')).status).toBe(200);
    });

    it('refuses a request without a required parameter', async () => {
      const answer = await get('/checked');
      expect([answer.status, await answer.json()]).toEqual([
        400,
        { message: 'Missing required request parameters: [size]' },
      ]);
      expect((await get('/checked?size=1')).status).toBe(200);
    });
  });

  describe('an authorizer', () => {
    const header = { 'x-api-key': 'caller' };

    it('is asked with the request, and its context passed on as texts', async () => {
      const event = (await (await get('/guarded', header)).json()) as Event;
      expect(asked[0]).toMatchObject({
        type: 'REQUEST',
        methodArn: `arn:aws:execute-api:us-east-1:000000000000:${API_ID}/live/GET/guarded`,
        headers: { 'x-api-key': 'caller' },
      });
      expect(event).toMatchObject({ requestContext: { authorizer: { principalId: 'p', name: 'ada', level: '3' } } });
    });

    it('is not asked without an identity: 401 in the template’s words', async () => {
      const answer = await get('/guarded');
      const { detail, id } = (await answer.json()) as { detail: string; id: string };
      expect([answer.status, detail, asked.length]).toEqual([401, 'Unauthorized', 0]);
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
      expect(answer.headers.get('x-request-id')).toBe(id);
    });

    it('says 401 by throwing Unauthorized, 500 by anything else', async () => {
      answers.authorize = () => failed('Unauthorized');
      expect(await statuses(1, '/guarded', header)).toEqual([401]);
      answers.authorize = () => failed('table is gone');
      expect(await statuses(1, '/guarded', header)).toEqual([500]);
    });

    it('says 403 by a policy that denies or does not allow', async () => {
      answers.authorize = () => letIn('Deny', '*');
      expect(await (await get('/guarded', header)).json()).toEqual({
        message: 'User is not authorized to access this resource with an explicit deny',
      });
      answers.authorize = () => letIn('Allow', 'arn:aws:execute-api:*:*:*/live/POST/*');
      const other = { 'x-api-key': 'other' };
      expect(await (await get('/guarded', other)).json()).toEqual({
        message: 'User is not authorized to access this resource',
      });
      expect((await fetch(`${url}/guarded`, { method: 'POST', headers: other })).status).toBe(200);
    });

    it('is remembered per identity as long as the template says', async () => {
      await statuses(2, '/guarded', header);
      expect(asked).toHaveLength(1);
      clock.advance(30_000);
      await get('/guarded', header);
      expect(asked).toHaveLength(2);
    });

    it('whose answer is no policy is an error of the API', async () => {
      answers.authorize = () => ({ status: 'succeeded', payload: { principalId: 'p' } });
      expect(await statuses(1, '/guarded', header)).toEqual([500]);
    });
  });

  describe('API keys', () => {
    const header = { 'x-api-key': KEY };

    it('let the caller in and are named in the event', async () => {
      const event = await (await get('/keyed', header)).json();
      expect(event).toMatchObject({ requestContext: { identity: { apiKey: KEY, apiKeyId: 'Key' } } });
    });

    it('are required where the method says so', async () => {
      const answer = await get('/keyed');
      expect([answer.status, await answer.json()]).toEqual([403, { message: 'Forbidden' }]);
    });

    it('must be enabled and in a plan of the stage', async () => {
      const key = keys.get('Key');
      if (!key) throw new Error('the template has this key');
      keys.put({ ...key, enabled: false });
      expect(await statuses(1, '/keyed', header)).toEqual([403]);
      keys.put(key);
      keys.removeFromPlan('Plan', 'Key');
      expect(await statuses(1, '/keyed', header)).toEqual([403]);
    });

    it('are throttled by their plan, then filled up again', async () => {
      expect(await statuses(4, '/keyed', header)).toEqual([200, 200, 200, 429]);
      clock.advance(200);
      expect(await statuses(1, '/keyed', header)).toEqual([200]);
    });

    it('end at their quota until the next day', async () => {
      for (let index = 0; index < 5; index++) {
        expect((await get('/keyed', header)).status).toBe(200);
        clock.advance(1000);
      }
      const answer = await get('/keyed', header);
      expect([answer.status, await answer.json()]).toEqual([429, { message: 'Limit Exceeded' }]);
      clock.advance(24 * 3600_000);
      expect(await statuses(1, '/keyed', header)).toEqual([200]);
    });

    it('survive a restart', async () => {
      await close(server);
      await start(template);
      expect(await statuses(1, '/keyed', header)).toEqual([200]);
    });
  });

  describe('throttling of a method', () => {
    it('refuses what comes faster than the stage allows', async () => {
      expect(await statuses(3, '/slow')).toEqual([200, 200, 429]);
    });
  });

  describe('what it tells', () => {
    it('writes the stage’s log format, one line per request', async () => {
      await get('/guarded', { 'x-api-key': 'k', 'user-agent': 'me "quoted"' });
      await get('/nothing/here', { 'user-agent': 'me' });
      expect(lines.map((line) => JSON.parse(line))).toEqual([
        { status: 200, route: '/guarded', agent: 'me "quoted"', who: 'ada', error: '-' },
        { status: 403, route: '-', agent: 'me', who: '-', error: 'MISSING_AUTHENTICATION_TOKEN' },
      ]);
    });

    it('counts requests and errors, and measures latency', async () => {
      await get('/nothing/here');
      const byStage = metrics.filter(({ dimensions }) => dimensions.Stage === 'live');
      expect(byStage.map(({ metric, value }) => [metric, metric === 'Latency' ? 'measured' : value])).toEqual([
        ['Count', 1],
        ['4XXError', 1],
        ['5XXError', 0],
        ['Latency', 'measured'],
      ]);
    });
  });
});
