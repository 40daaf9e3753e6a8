import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from '../../functions/platform/names/limits.ts';
import { API_PREFIX } from '../../functions/platform/names/routes.ts';
import { movableClock } from '../../local/clock.ts';
import { type Client, call, ended, look, postForm } from '../journeys/client.ts';
import { losses } from '../journeys/losses.ts';
import { smallPhotos } from '../journeys/photos.ts';
import { freshDataDir, jobsTableOf, type RunningFettle, startFettle } from '../journeys/running-stack.ts';
import { releases } from '../rows/frozen-rows.ts';
import { type Frozen, frozenReleases, unpack } from './frozen-data.ts';

/** What of an assessment later releases do not give: the judgement of a model that 0.2.0 removed. */
const GONE: Readonly<Record<string, string>> = { '0.1.0': 'evidence' };

/** The same without every field by this name. */
function without(name: string | undefined, value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, each) => (key === name ? undefined : each)));
}

type Key = { readonly keyId: string; readonly role: string; readonly revokedAt?: string };

/** The keys of the workspace, as its admin sees them. */
async function keysBy(admin: Client): Promise<readonly Key[]> {
  const { body } = await call(admin, 'GET /admin/keys');
  return (body as { readonly keys: readonly Key[] }).keys;
}

describe('frozen data folders', () => {
  it('are there of each release whose rows are frozen; of a new one by node tests/upgrade/freeze-data.ts', () => {
    expect(frozenReleases()).toEqual(releases().map(({ version }) => version));
  });
});

/**
 * A data folder and not the release's code, because it needs neither the history of the repository nor the packages of that
 * time, and is what a person who upgrades has.
 */
describe.each(frozenReleases())('today, on the data folder of release %s', (version) => {
  let fettle: RunningFettle;
  let frozen: Frozen;
  let member: Client;
  let admin: Client;

  beforeAll(async () => {
    const dataDir = freshDataDir();
    frozen = unpack(version, dataDir);
    // As if no time had gone by: else the retention of photos and messages would come first.
    const clock = movableClock();
    clock.advance(frozen.frozenAtMs - Date.now());
    fettle = await startFettle({}, dataDir, { clock });
    // Functions have no other clock than the machine's, by which the interrupted job is past its deadline.
    const sweeps = {
      service: 'dynamodb',
      action: 'dynamodb:Query',
      resource: `${jobsTableOf(fettle)}/index/unfinished`,
    } as const;
    fettle.stack.faults.add({
      ...sweeps,
      times: Number.POSITIVE_INFINITY,
      refusal: { statusCode: 500, code: 'InternalServerError', message: 'no sweep' },
    });
    const url = `${fettle.stack.apiUrl}${API_PREFIX}`;
    member = { url, key: frozen.keys.member };
    admin = { url, key: frozen.keys.admin };
  });

  afterAll(() => fettle?.stop());

  it('completes the job that was interrupted, with all its photos', async () => {
    const job = await ended(member, frozen.interruptedId);
    expect([job.status, job.assessment?.photos.map(({ status }) => status)]).toEqual([
      'completed',
      ['assessed', 'assessed', 'assessed'],
    ]);
    expect(Date.parse(job.finishedAt ?? '')).toBeGreaterThan(frozen.frozenAtMs);
  });

  it('reads an assessment as its release gave it, or what is left of it', async () => {
    const { body } = await call(member, `GET /jobs/${frozen.completed.jobId}`);
    expect(body).toMatchObject({
      status: 'completed',
      assessment: without(GONE[version], frozen.completed.assessment),
    });
  });

  it('lists every job, and knows which was cancelled', async () => {
    const { body } = await call(member, 'GET /jobs');
    const { jobs } = body as { readonly jobs: readonly { readonly jobId: string }[] };
    expect(jobs.map(({ jobId }) => jobId)).toEqual(frozen.jobIds);
    expect((await look(member, frozen.cancelledId)).status).toBe('cancelled');
  });

  it.each(['display', 'overlay'])('shows the picture of a photo: %s', async (picture) => {
    const { status, body } = await call(member, `GET /jobs/${frozen.completed.jobId}/photos/p001/${picture}`);
    expect(status).toBe(200);
    // Read by the operator: to the clock of then, the URL is of the future.
    const [, Bucket, ...key] = new URL((body as { readonly url: string }).url).pathname.split('/');
    const object = await new S3Client({ ...fettle.operator, forcePathStyle: true }).send(
      new GetObjectCommand({ Bucket, Key: key.join('/') }),
    );
    const pixels = await sharp(await object.Body?.transformToByteArray()).metadata();
    expect([object.ContentType, pixels.format]).toEqual(['image/jpeg', 'jpeg']);
  });

  it('takes a photo by the form of its release, and completes the job', async () => {
    const { jobId, upload } = frozen.awaiting;
    const [, second] = await smallPhotos(2, 11);
    // The port of then may be in use.
    const url = `${fettle.stack.awsUrl}${new URL(upload.url).pathname}`;
    const { status } = await postForm({ url, fields: upload.fields }, second?.content ?? new Uint8Array());
    expect(status).toBe(204);
    const { assessment } = await ended(member, jobId);
    expect(assessment?.quality.photos).toMatchObject({ total: 2, assessed: 2 });
  });

  it('knows the keys: those that work, and the one that was revoked', async () => {
    expect((await call({ ...member, key: frozen.keys.revoked }, 'GET /jobs')).status).toBe(401);
    const keys = await keysBy(admin);
    expect(keys.map(({ role }) => role).toSorted()).toEqual(['admin', 'member', 'viewer']);
    expect(keys.filter(({ revokedAt }) => revokedAt !== undefined).map(({ role }) => role)).toEqual(['viewer']);
  });

  it('lost nothing', async () => {
    expect(await losses(fettle)).toEqual([]);
  });

  it('revokes a key of then, for good', async () => {
    const key = (await keysBy(admin)).find(({ role }) => role === 'member');
    expect((await call(admin, `DELETE /admin/keys/${key?.keyId}`)).status).toBe(200);
    fettle.clock.advance((LIMITS.authorizerCacheSeconds + 1) * 1000);
    expect((await call(member, 'GET /jobs')).status).toBe(401);
  });
});
