import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { healthLine, readyLine } from '../../../bin/doctor/api-checks.ts';
import { keyLine, photoJobLine, TRIAL_WORKSPACE } from '../../../bin/doctor/trial.ts';
import {
  EXAMPLE_ASSESSMENT,
  EXAMPLE_ASSET,
  EXAMPLE_JOB_ID,
  EXAMPLE_TIMES,
} from '../../../functions/jobs/example-job.ts';
import { KeyId } from '../../../functions/platform/ids.ts';
import packageJson from '../../../package.json' with { type: 'json' };

type Answers = Readonly<Record<string, { readonly status?: number; readonly body: unknown } | 'silence'>>;

let server: Server | undefined;
let asked: string[] = [];

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** An API that answers so; `{url}` in an answer is its own address. */
async function apiWith(answers: Answers): Promise<{ readonly url: string; readonly key: string }> {
  asked = [];
  let url = '';
  server = createServer((request, response) => {
    const operation = `${request.method} ${request.url}`;
    asked.push(operation);
    request.resume();
    const answer = answers[operation] ?? { status: 404, body: {} };
    if (answer === 'silence') return;
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer.body).replaceAll('{url}', url));
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, key: 'secret' };
}

const WAITS = { keyMs: 300, keyPollMs: 20, jobMs: 600 };
const KEY = { keyId: KeyId.parse(EXAMPLE_JOB_ID), workspaceId: TRIAL_WORKSPACE };

const CREATED = {
  status: 201,
  body: {
    jobId: EXAMPLE_JOB_ID,
    status: 'awaiting_photos',
    uploads: [{ photoId: 'p001', url: '{url}/upload', fields: { key: 'uploads/x' } }],
    expiresAt: EXAMPLE_TIMES.expiresAt,
    links: {},
  },
};
const { createdAt, expiresAt } = EXAMPLE_TIMES;
const view = (status: string, more: object = {}) => ({
  body: {
    jobId: EXAMPLE_JOB_ID,
    status,
    progress: { donePhotos: 0, totalPhotos: 1, stage: 'photos' },
    asset: EXAMPLE_ASSET,
    createdAt,
    expiresAt,
    links: {},
    ...more,
  },
});
const JOB = `GET /jobs/${EXAMPLE_JOB_ID}`;
const uploadable = { 'POST /jobs': CREATED, 'POST /upload': { body: {} } };
const allRejected = EXAMPLE_ASSESSMENT.photos.filter(({ status }) => status === 'rejected');

describe('healthLine', () => {
  const health = (version: string) => ({ 'GET /health': { body: { status: 'ok', version, environment: 'prod' } } });

  it('is ok when the API answers in this version', async () => {
    expect(await healthLine((await apiWith(health(packageJson.version))).url)).toMatchObject({ status: 'ok' });
  });

  it('warns of another version', async () => {
    expect(await healthLine((await apiWith(health('0.0.1'))).url)).toMatchObject({
      status: 'warn',
      found: expect.stringContaining('version 0.0.1'),
      todo: expect.stringContaining(packageJson.version),
    });
  });

  it('fails when nothing answers, with the reason', async () => {
    const { url } = await apiWith({});
    await new Promise((resolve) => server?.close(resolve));
    expect(await healthLine(url)).toMatchObject({ status: 'fail', found: expect.stringContaining('ECONNREFUSED') });
  });

  it('fails when something else answers', async () => {
    const { url } = await apiWith({ 'GET /health': { status: 502, body: { message: 'Bad gateway' } } });
    expect(await healthLine(url)).toMatchObject({ status: 'fail', found: expect.stringContaining('answered 502') });
  });
});

describe('readyLine', () => {
  const check = (status: string) => ({ status, durationMs: 1 });
  const checks = { table: check('ok'), bucket: check('ok'), queue: check('failed'), models: check('failed') };

  it('names what does not work', async () => {
    const { url } = await apiWith({ 'GET /ready': { status: 503, body: { status: 'not_ready', checks } } });
    expect(await readyLine(url)).toMatchObject({ status: 'fail', found: 'does not work: queue, models' });
  });

  it('fails when something else answers', async () => {
    const { url } = await apiWith({ 'GET /ready': { status: 504, body: { code: 'timed_out' } } });
    expect(await readyLine(url)).toMatchObject({ status: 'fail', found: expect.stringContaining('answered 504') });
  });
});

describe('keyLine', () => {
  it('fails when the API never accepts the key', async () => {
    const api = await apiWith({ 'GET /jobs?limit=1': { status: 403, body: { message: 'Forbidden' } } });
    expect(await keyLine(api, KEY, WAITS)).toMatchObject({ status: 'fail', found: expect.stringContaining('403') });
    expect(asked.length).toBeGreaterThan(2);
  });
});

describe('photoJobLine', () => {
  it('fails when no job is created', async () => {
    const api = await apiWith({ 'POST /jobs': { status: 500, body: { code: 'internal_error' } } });
    expect(await photoJobLine(api, WAITS)).toMatchObject({
      status: 'fail',
      found: expect.stringContaining('POST /jobs answered 500'),
    });
  });

  it('fails when the photo cannot be uploaded', async () => {
    const api = await apiWith({ 'POST /jobs': CREATED, 'POST /upload': { status: 403, body: {} } });
    expect(await photoJobLine(api, WAITS)).toMatchObject({ status: 'fail', found: expect.stringContaining('403') });
  });

  it('fails and cancels a job that does not end', async () => {
    const api = await apiWith({ ...uploadable, [JOB]: view('processing') });
    expect(await photoJobLine(api, WAITS)).toMatchObject({
      status: 'fail',
      found: expect.stringContaining('has not ended'),
    });
    expect(asked.at(-1)).toBe(`DELETE /jobs/${EXAMPLE_JOB_ID}`);
  });

  it.each([
    ['a job that failed', view('failed', { error: { code: 'not_concluded', detail: 'no conclusion' } }), 'is failed'],
    [
      'a photo that was not assessed',
      view('completed', { assessment: { ...EXAMPLE_ASSESSMENT, photos: allRejected } }),
      'its photo rejected',
    ],
  ])('fails on %s', async (_which, job, found) => {
    const api = await apiWith({ ...uploadable, [JOB]: job });
    expect(await photoJobLine(api, WAITS)).toMatchObject({ status: 'fail', found: expect.stringContaining(found) });
  });

  it('is ok when its photo is assessed', async () => {
    const api = await apiWith({ ...uploadable, [JOB]: view('completed', { assessment: EXAMPLE_ASSESSMENT }) });
    expect(await photoJobLine(api, WAITS)).toMatchObject({ status: 'ok' });
  });
});
