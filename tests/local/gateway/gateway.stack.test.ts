import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGateway } from '../../../local/gateway/gateway.ts';
import { API_ID } from './fixture-api.ts';
import { template } from './gateway-template.ts';
import { type Event, type RunningGateway, startGateway } from './running-gateway.ts';

let gateway: RunningGateway;
beforeEach(async () => {
  gateway = await startGateway();
});
afterEach(() => gateway.stop());

describe('createGateway', () => {
  describe('routing', () => {
    it('serves a stage by its name, and the only one without', async () => {
      expect(await gateway.statuses(1, '/live/open')).toEqual([200]);
      expect(await gateway.statuses(1, '/open')).toEqual([200]);
    });

    it('tells a function the path that was asked, with the stage or without', async () => {
      const paths = ['/live/a', '/a'].map(async (path) => {
        const event = await (await gateway.get(path)).json();
        expect(event).toMatchObject({ requestContext: { path } });
      });
      await Promise.all(paths);
    });

    it('answers a path or method it does not have as API Gateway does', async () => {
      const missing = await gateway.get('/open/deeper');
      expect([missing.status, await missing.json()]).toEqual([403, { message: 'Missing Authentication Token' }]);
      expect((await fetch(`${gateway.url}/slow`, { method: 'POST' })).status).toBe(403);
    });

    it('answers a preflight from the mock', async () => {
      const answer = await fetch(`${gateway.url}/open`, { method: 'OPTIONS' });
      expect([answer.status, answer.headers.get('access-control-allow-methods')]).toEqual([204, 'GET,POST']);
    });

    it('refuses a template which does not let it invoke a function', () => {
      const { EchoPermission: _, ...rest } = Object.fromEntries(template.resources);
      expect(() => createGateway({ ...template, resources: new Map(Object.entries(rest)) }, gateway.options)).toThrow(
        'no AWS::Lambda::Permission',
      );
    });
  });

  describe('a function’s event', () => {
    it('holds path, query, headers and context', async () => {
      const answer = await gateway.get('/live/a%20b?tag=1&tag=2&q=x+y', { 'X-Custom': 'one' });
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
        const answer = await fetch(`${gateway.url}/open`, {
          method: 'POST',
          body: 'über',
          headers: { 'content-type': type },
        });
        const { body, isBase64Encoded } = (await answer.json()) as Event;
        return [body, isBase64Encoded];
      };
      expect(await post('application/json')).toEqual(['über', false]);
      expect(await post('image/png')).toEqual([Buffer.from('über').toString('base64'), true]);
    });
  });

  describe('payloads', () => {
    const TOO_LONG = [413, 'HTTP content length exceeded 10485760 bytes.'];

    it('refuses more than 10 MB', async () => {
      const answer = await fetch(`${gateway.url}/open`, { method: 'POST', body: Buffer.alloc(10_485_761) });
      expect([answer.status, await answer.text()]).toEqual(TOO_LONG);
      expect(gateway.asked).toEqual([]);
    });

    it('refuses more than 10 MB whose length is not announced', async () => {
      const pieces = (function* () {
        for (let sent = 0; sent < 11; sent++) yield Buffer.alloc(1024 * 1024);
      })();
      const request = { method: 'POST', body: ReadableStream.from(pieces), duplex: 'half' } as const;
      const answer = await fetch(`${gateway.url}/open`, request);
      expect([answer.status, await answer.text()]).toEqual(TOO_LONG);
    });

    it('refuses an event that is too large for the function', async () => {
      gateway.answers.echo = () => ({ status: 'too-large' });
      const answer = await gateway.get('/open');
      expect([answer.status, await answer.json()]).toEqual([413, { message: 'Request Too Long' }]);
    });

    it('gives invalid UTF-8 to a function as replacement characters', async () => {
      const body = Buffer.from([0x22, 0xfc, 0x22]);
      const answer = await fetch(`${gateway.url}/open`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json' },
      });
      expect(await answer.json()).toMatchObject({ body: '"\uFFFD"', isBase64Encoded: false });
    });
  });

  describe('validation', () => {
    it('holds a body to the model of its content type', async () => {
      const post = (body: string) =>
        fetch(`${gateway.url}/checked`, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
      const refused = await post('{"count":"many"}');
      expect([refused.status, await refused.json()]).toEqual([400, { message: 'Invalid request body' }]);
      expect((await post('no JSON')).status).toBe(400);
      expect((await post('{"count":1}')).status).toBe(200);
    });

    it('refuses a request without a required parameter', async () => {
      const answer = await gateway.get('/checked');
      expect([answer.status, await answer.json()]).toEqual([
        400,
        { message: 'Missing required request parameters: [size]' },
      ]);
      expect((await gateway.get('/checked?size=1')).status).toBe(200);
    });
  });

  describe('what it tells', () => {
    it('writes the stage’s log format, one line per request', async () => {
      await gateway.get('/guarded', { 'x-api-key': 'k', 'user-agent': 'me "quoted"' });
      await gateway.get('/nothing/here', { 'user-agent': 'me' });
      expect(gateway.lines.map((line) => JSON.parse(line))).toEqual([
        { status: 200, route: '/guarded', agent: 'me "quoted"', who: 'ada', error: '-' },
        { status: 403, route: '-', agent: 'me', who: '-', error: 'MISSING_AUTHENTICATION_TOKEN' },
      ]);
    });

    it('counts requests and errors, and measures latency', async () => {
      await gateway.get('/nothing/here');
      const byStage = gateway.metrics.filter(({ dimensions }) => dimensions.Stage === 'live');
      expect(byStage.map(({ metric, value }) => [metric, metric === 'Latency' ? 'measured' : value])).toEqual([
        ['Count', 1],
        ['4XXError', 1],
        ['5XXError', 0],
        ['Latency', 'measured'],
      ]);
    });
  });
});
