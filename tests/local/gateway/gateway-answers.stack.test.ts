import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { echo, failed, type RunningGateway, startGateway } from './running-gateway.ts';

let gateway: RunningGateway;
beforeEach(async () => {
  gateway = await startGateway();
});
afterEach(() => gateway.stop());

describe('createGateway', () => {
  describe('a function’s answer', () => {
    const answered = async (payload: unknown, headers = {}) => {
      gateway.answers.echo = () => ({ status: 'succeeded', payload });
      return gateway.get('/open', headers);
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
      gateway.answers.echo = () => failed('boom');
      const answer = await gateway.get('/open');
      expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([502, '*']);
    });

    it('is a 504 when it takes longer than the integration’s timeout', async () => {
      gateway.answers.echo = () => new Promise((resolve) => setTimeout(resolve, 200, echo({})));
      expect((await gateway.get('/timed')).status).toBe(504);
    });
  });
});
