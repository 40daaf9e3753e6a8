import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PhotoRow, photoKey } from '../../functions/jobs/job-rows.ts';
import { PhotoRef } from '../../functions/platform/ids.ts';
import { environmentNamed } from '../../lib/environments.ts';
import { type Client, call, ended, submit } from './client.ts';
import { documentsOf } from './losses.ts';
import { smallPhotos } from './photos.ts';
import { jobsTableOf, nameOf, type RunningFettle, startFettle, until } from './running-stack.ts';

const DAY_MS = 86_400_000;
const { originalsDays, jobDays } = environmentNamed('dev');

let fettle: RunningFettle;
let client: Client;
let daysPassed = 0;

beforeAll(async () => {
  fettle = await startFettle();
  client = await fettle.client('acme');
});

afterAll(() => fettle?.stop());

/** Moves time on to so many days after the start. */
function passTo(days: number): void {
  fettle.clock.advance(Math.round((days - daysPassed) * DAY_MS));
  daysPassed = days;
}

const pictureOf = async (jobId: string, photoId: string, kind = 'display') => {
  const { status, body } = await call(client, `GET /jobs/${jobId}/photos/${photoId}/${kind}`);
  return status === 200 ? status : { status, code: (body as { code: string }).code };
};
/** The error of reading the assessed version with the operator's permissions; undefined where it is stored. */
async function originalOf(jobId: string, photoId: string): Promise<string | undefined> {
  const Key = photoKey(PhotoRef.parse({ workspaceId: 'acme', jobId, photoId }));
  const { Item } = await documentsOf(fettle).send(new GetCommand({ TableName: jobsTableOf(fettle), Key }));
  const { versionId: VersionId } = PhotoRow.parse(Item);
  const Bucket = nameOf(fettle, 'AWS::S3::Bucket', 'MediaBucket');
  const s3 = new S3Client({ ...fettle.operator, forcePathStyle: true });
  return s3.send(new GetObjectCommand({ Bucket, Key: `uploads/acme/${jobId}/${photoId}`, VersionId })).then(
    () => undefined,
    ({ name }: Error) => name,
  );
}

const GONE = { status: 410, code: 'picture_expired' };
const UNKNOWN = { status: 404, code: 'not_found' };

describe('as days pass', () => {
  it('pictures are gone (410) before their job is (404), each after the days of its environment', async () => {
    const jobId = await submit(client, await smallPhotos(2));
    await ended(client, jobId);
    expect(await pictureOf(jobId, 'p001')).toBe(200);
    const shareOfDay = (Date.now() % DAY_MS) / DAY_MS;

    passTo(originalsDays - 0.01);
    expect(await originalOf(jobId, 'p002')).toBeUndefined();

    // S3 rounds up twice.
    passTo(originalsDays + 2);
    await until('the original is gone', async () => (await originalOf(jobId, 'p002')) === 'NoSuchVersion');
    expect(await pictureOf(jobId, 'p002')).toEqual(GONE);
    expect(await pictureOf(jobId, 'p002', 'overlay')).toEqual(GONE);
    expect(await pictureOf(jobId, 'p001')).toBe(200);
    expect(await pictureOf(jobId, 'p003')).toEqual(UNKNOWN);
    expect((await call(client, `GET /jobs/${jobId}`)).status).toBe(200);

    // Copies are gone at midnight, rows at the minute.
    passTo(jobDays - shareOfDay / 2);
    await until('its display copy is gone', async () => (await pictureOf(jobId, 'p001')) !== 200);
    expect(await pictureOf(jobId, 'p001')).toEqual(GONE);
    expect((await call(client, `GET /jobs/${jobId}`)).status).toBe(200);

    passTo(jobDays + 0.1);
    await until('the job is gone', async () => (await call(client, `GET /jobs/${jobId}`)).status === 404);
    expect(await pictureOf(jobId, 'p001')).toEqual(UNKNOWN);
    await until(
      'its list is empty',
      async () => JSON.stringify((await call(client, 'GET /jobs')).body) === '{"jobs":[]}',
    );
  });
});
