import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Contracts } from '../../../functions/platform/contract.ts';
import { RequestError } from '../../../functions/platform/errors.ts';
import { httpHandler } from '../../../functions/platform/http-handler.ts';
import type { Admit } from '../../../functions/platform/operation.ts';
import { type Asked, context, requestTo } from './lambda-events.ts';

const about = { summary: '', description: '', problems: [], status: 200, reply: z.strictObject({}) } as const;
const API = {
  createJob: about,
  listJobs: { ...about, polled: true },
  getJob: { ...about, params: z.object({ jobId: z.string() }), polled: true },
  cancelJob: { ...about, params: z.object({ jobId: z.string() }) },
  startJob: { ...about, params: z.object({ jobId: z.string() }) },
} as const satisfies Contracts<'jobs-api'>;

let order: string[] = [];

/** Admits every caller but those of one workspace. */
const admit: Admit = async ({ workspaceId }) => {
  await sleep(20);
  order.push('counted');
  if (workspaceId === 'flood') throw new RequestError('rate_limited', 'Too many requests.', [], 7);
};

const work = async () => {
  order.push('done');
  return {};
};
const fail = async () => {
  order.push('failed');
  throw new Error('the table is gone');
};
const handler = httpHandler(
  API,
  { createJob: work, listJobs: work, getJob: fail, cancelJob: work, startJob: work },
  { admit },
);

async function ask(route: keyof typeof API, asked: Asked = {}, event: object = {}) {
  order = [];
  const request = requestTo(route, { params: { jobId: 'job' }, ...asked });
  const { statusCode, headers, body } = await handler({ ...request, ...event }, context);
  return { statusCode, code: JSON.parse(body).code, retryAfter: headers?.['Retry-After'] };
}

const REFUSED = { statusCode: 429, code: 'rate_limited', retryAfter: '7' };

describe('httpHandler', () => {
  it('counts a request before its work', async () => {
    await ask('createJob');
    expect(order).toEqual(['counted', 'done']);
  });

  it('answers a polled request while it is counted', async () => {
    await ask('listJobs');
    expect(order).toEqual(['done', 'counted']);
  });

  it('does nothing for a request beyond the limits, and says when to come again', async () => {
    expect(await ask('createJob', { workspaceId: 'flood' })).toEqual(REFUSED);
    expect(order).toEqual(['counted']);
  });

  it.each(['listJobs', 'getJob'] as const)('keeps the answer of %s from a caller who is refused', async (route) => {
    expect(await ask(route, { workspaceId: 'flood' })).toEqual(REFUSED);
  });

  it('says of an admitted polled request how it failed', async () => {
    expect(await ask('getJob')).toMatchObject({ statusCode: 500 });
  });

  it.each([
    [{}, 401],
    [{ 'X-Api-Key': ['a', 'b'] }, 400],
    [{ 'X-Api-Key': ['a'], 'x-api-key': ['a'] }, 400],
    [{ 'X-Api-Key': ['', 'a'] }, 400],
  ])('refuses a request without exactly one key, whatever its role: %j', async (multiValueHeaders, statusCode) => {
    for (const role of ['admin', 'viewer']) {
      expect(await ask('createJob', { role }, { multiValueHeaders })).toMatchObject({ statusCode });
    }
    expect(order).toEqual([]);
  });
});
