import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Contracts } from '../../../functions/platform/contract.ts';
import { RequestError } from '../../../functions/platform/errors.ts';
import { httpHandler } from '../../../functions/platform/http-handler.ts';
import { KeyId } from '../../../functions/platform/ids.ts';
import { LIMITS } from '../../../functions/platform/names/limits.ts';
import type { CreateOnce } from '../../../functions/platform/operation.ts';
import { PageQuery } from '../../../functions/platform/paging.ts';
import { type Asked, context, GATEWAY_REQUEST_ID, requestTo } from './lambda-events.ts';

const about = { summary: '', description: '', problems: [] } as const;
const Reply = z.strictObject({
  workspaceId: z.string(),
  newId: z.string().optional(),
  body: z.unknown(),
  limit: z.number().optional(),
});

const API = {
  createKey: { ...about, body: z.strictObject({ name: z.string() }), status: 201, reply: Reply, creates: true },
  listKeys: { ...about, query: PageQuery, status: 200, reply: Reply },
  revokeKey: { ...about, params: z.object({ keyId: KeyId }), status: 200, reply: Reply },
} as const satisfies Contracts<'keys-api'>;

const PUBLIC_API = {
  getReady: { ...about, status: 200, alsoAnswers: [503], reply: z.strictObject({ ok: z.boolean() }) },
  listModels: { ...about, status: 200, reply: z.strictObject({}) },
} as const satisfies Contracts<'models-api'>;

const failures: Record<string, () => Error> = {
  ours: () => new Error('the secret of the house'),
  throttled: () => Object.assign(new Error('slow down'), { name: 'ProvisionedThroughputExceededException' }),
  refused: () => new RequestError('job_finished', 'It is over.'),
};

const admit = async () => undefined;

/** Gives each creation an id, and remembers nothing. */
const createAlways: CreateOnce = (_request, _input, create) => create('new');

const handler = httpHandler(
  API,
  {
    createKey: async ({ caller: { workspaceId }, body, newId }) => {
      const failure = failures[body.name];
      if (failure) throw failure();
      if (body.name === 'slow') await new Promise((resolve) => setTimeout(resolve, 200));
      return { workspaceId, newId, body };
    },
    listKeys: async ({ caller: { workspaceId }, query }) => ({ workspaceId, body: null, limit: query.limit }),
    revokeKey: async ({ caller: { workspaceId }, params }) => ({ workspaceId, body: params.keyId }),
  },
  { admit, createOnce: createAlways },
);

const publicHandler = httpHandler(
  PUBLIC_API,
  { getReady: async () => ({ status: 503, reply: { ok: false } }), listModels: async () => ({}) },
  { admit },
);

async function ask(route: Parameters<typeof requestTo>[0], asked?: Asked, event: object = {}, remainingMs = 10_000) {
  const invocation = { ...context, getRemainingTimeInMillis: () => remainingMs };
  const serving = route in PUBLIC_API ? publicHandler : handler;
  const { statusCode, headers = {}, body } = await serving({ ...requestTo(route, asked), ...event }, invocation);
  return { statusCode, headers, body: JSON.parse(body) };
}

const create = (asked: Asked = {}, event?: object) => ask('createKey', { body: { name: 'a' }, ...asked }, event);

describe('httpHandler', () => {
  it('answers with the status of the contract', async () => {
    expect(await create()).toMatchObject({ statusCode: 201, body: { body: { name: 'a' } } });
  });

  it('gives a step that creates something the id to create it under', async () => {
    expect((await create()).body.newId).toBe('new');
  });

  it('takes the workspace from the authorizer', async () => {
    expect((await create({ workspaceId: 'other' })).body.workspaceId).toBe('other');
  });

  it('refuses a role that is too small, and names the one it needs', async () => {
    const { statusCode, body } = await create({ role: 'viewer' });
    expect([statusCode, body.code, body.detail]).toEqual([
      403,
      'forbidden',
      'This operation needs an API key with the role admin; yours has the role viewer.',
    ]);
  });

  it.each([
    ['', 'acme'],
    ['king', 'acme'],
    ['admin', 'Not/A/Workspace'],
  ])('refuses a caller whom the authorizer did not vouch for: role %j, workspace %j', async (role, workspaceId) =>
    expect(await create({ role, workspaceId })).toMatchObject({ statusCode: 401 }),
  );

  it('serves public routes without a caller, with the status they choose', async () => {
    expect(
      await ask('getReady', {}, { requestContext: { requestId: 'r', path: '/api/v1/ready', stage: 'live' } }),
    ).toMatchObject({
      statusCode: 503,
      body: { ok: false },
    });
  });

  it('refuses on public routes, too, what the contract does not describe', async () => {
    expect(await ask('getReady', { query: { verbose: '1' } })).toMatchObject({
      statusCode: 400,
      body: { errors: [{ path: 'query.verbose' }] },
    });
  });

  it('answers a route that it does not serve with 404', async () => {
    expect(await ask('listJobs')).toMatchObject({ statusCode: 404, body: { code: 'not_found' } });
  });

  it('answers a path that does not exist with 404', async () => {
    expect(await create({}, { resource: '/api/v1/nothing' })).toMatchObject({ statusCode: 404 });
  });

  it('lists every violation of body and query at once', async () => {
    const { statusCode, headers, body } = await create({ body: { name: 1, extra: 1 }, query: { a: 'b' } });
    expect(statusCode).toBe(400);
    expect(headers['Content-Type']).toBe('application/problem+json');
    expect(body.errors.map(({ path }: { path: string }) => path)).toEqual(['query.a', 'body.name', 'body.extra']);
  });

  it.each([
    ['no body', { body: '' }, {}, 400, 'invalid_json'],
    ['no JSON', { body: '{"name":' }, {}, 400, 'invalid_json'],
    ['JSON of another kind', { body: '"text"' }, {}, 400, 'invalid_request'],
    [
      'a form',
      { headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      {},
      415,
      'unsupported_content_type',
    ],
    [
      'another encoding',
      { headers: { 'content-type': 'application/json; charset=latin1' } },
      {},
      415,
      'unsupported_content_type',
    ],
    ['no content type', {}, { headers: {} }, 415, 'unsupported_content_type'],
    ['too many bytes', { body: 'x'.repeat(LIMITS.requestBytes + 1) }, {}, 413, 'request_too_large'],
  ])('refuses %s', async (_, asked, event, statusCode, code) => {
    expect(await create(asked, event)).toMatchObject({ statusCode, body: { code, status: statusCode } });
  });

  it('reads a body in base64', async () => {
    const body = Buffer.from('{"name":"é"}').toString('base64');
    expect((await create({}, { body, isBase64Encoded: true })).body.body).toEqual({ name: 'é' });
  });

  it('answers a malformed id like one that does not exist', async () => {
    const { statusCode, body } = await ask('revokeKey', { params: { keyId: '../../etc' } });
    expect([statusCode, body.code]).toEqual([404, 'not_found']);
  });

  it('refuses a body where none belongs', async () => {
    expect(await ask('revokeKey', { params: { keyId: '01KAQ6R4ZB2N7T9X3M5V8W1C0D' }, body: { a: 1 } })).toMatchObject({
      statusCode: 400,
    });
  });

  it.each([
    [undefined, 20],
    ['1', 1],
    ['100', 100],
  ])('takes limit %j as %i', async (limit, taken) => {
    expect((await ask('listKeys', limit === undefined ? {} : { query: { limit } })).body.limit).toBe(taken);
  });

  it.each(['0', '101', '-1', '1.5', '1e1', '', ' 1', '0x1'])('refuses limit %j', async (limit) => {
    expect(await ask('listKeys', { query: { limit } })).toMatchObject({
      statusCode: 400,
      body: { code: 'invalid_request' },
    });
  });

  it('refuses a parameter that is given twice', async () => {
    const twice = { multiValueQueryStringParameters: { limit: ['1', '2'] } };
    expect(await ask('listKeys', {}, twice)).toMatchObject({ statusCode: 400 });
  });

  it('passes refusals of a step on', async () => {
    expect(await create({ body: { name: 'refused' } })).toMatchObject({
      statusCode: 409,
      body: { code: 'job_finished' },
    });
  });

  it('says nothing of our own errors but the id that the gateway gave the request', async () => {
    const { statusCode, body } = await create({ body: { name: 'ours' } });
    expect([statusCode, body.code, body.instance]).toEqual([
      500,
      'internal_error',
      `urn:fettle:request:${GATEWAY_REQUEST_ID}`,
    ]);
    expect(JSON.stringify(body)).not.toContain('secret');
  });

  it('sends Retry-After when a table is throttled', async () => {
    const { statusCode, headers, body } = await create({ body: { name: 'throttled' } });
    expect([statusCode, headers['Retry-After']]).toEqual([503, '2']);
    expect(body.detail).toBe('Too many requests. Try again in 2 s.');
  });

  it('answers before its time is up', async () => {
    expect(await ask('createKey', { body: { name: 'slow' } }, {}, 520)).toMatchObject({
      statusCode: 504,
      body: { code: 'timed_out' },
    });
  });

  it.each([
    ['good', { name: 'a' }],
    ['bad', { name: 1 }],
  ])('gives %s answers the same headers', async (_, body) => {
    const { headers } = await create({ body });
    expect(headers).toMatchObject({
      'Access-Control-Allow-Origin': '*',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      'X-Request-Id': GATEWAY_REQUEST_ID,
    });
  });
});
