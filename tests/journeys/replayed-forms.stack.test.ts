import { createHash } from 'node:crypto';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PhotoRow, photoKey } from '../../functions/jobs/job-rows.ts';
import type { Upload } from '../../functions/jobs/jobs-contract.ts';
import { KeyId, PhotoRef, WorkspaceId } from '../../functions/platform/ids.ts';
import { revokeKey } from '../../functions/workspaces/key-issuer-store.ts';
import { type Client, call, createJob, ended, look, type Photo, postForm } from './client.ts';
import { allHandled, documentsOf } from './losses.ts';
import { smallPhoto } from './photos.ts';
import {
  countOf,
  jobsTableOf,
  logicalIdOf,
  nameOf,
  type RunningFettle,
  redeliver,
  startFettle,
  totalOf,
  until,
} from './running-stack.ts';

let fettle: RunningFettle;
let client: Client;
let s3: S3Client;

beforeAll(async () => {
  fettle = await startFettle();
  client = await fettle.client('acme');
  s3 = new S3Client({ ...fettle.operator, forcePathStyle: true });
});

afterAll(() => fettle?.stop());

const sha256Of = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** The stored original, of a version or as everybody sees it. */
async function original(jobId: string, VersionId?: string) {
  const get = new GetObjectCommand({
    Bucket: nameOf(fettle, 'AWS::S3::Bucket', 'MediaBucket'),
    Key: `uploads/acme/${jobId}/p001`,
    VersionId,
  });
  return s3.send(get).then(
    async ({ Body }) => sha256Of(await (Body?.transformToByteArray() ?? new Uint8Array())),
    ({ name }: Error) => name,
  );
}

async function storedVersion(jobId: string): Promise<string | undefined> {
  const Key = photoKey(PhotoRef.parse({ workspaceId: 'acme', jobId, photoId: 'p001' }));
  const { Item } = await documentsOf(fettle).send(new GetCommand({ TableName: jobsTableOf(fettle), Key }));
  return Item && PhotoRow.parse(Item).versionId;
}

/** Two photos, the larger one first: its form takes the other, too. */
async function twoPhotos(): Promise<readonly [Photo, Photo]> {
  const [one, other] = [await smallPhoto(1), await smallPhoto(2)];
  return one.content.length >= other.content.length ? [one, other] : [other, one];
}

async function jobWithForm(photo: Photo, by: Client = client) {
  const { jobId, uploads } = await createJob(by, [photo]);
  return { jobId, form: uploads[0] as Upload };
}

/** Uploads by a form; returns the id of the new version. */
async function upload(form: Upload, { content }: Photo): Promise<string> {
  const response = await postForm(form, content);
  expect(response.status).toBe(204);
  return response.headers.get('x-amz-version-id') ?? '';
}

/** Uploads again, and waits until the worker has ignored it. */
async function replay(form: Upload, photo: Photo): Promise<string> {
  const ignored = totalOf(fettle, 'PhotoIgnored');
  const version = await upload(form, photo);
  await until('it is ignored', () => totalOf(fettle, 'PhotoIgnored') > ignored);
  await allHandled(fettle);
  return version;
}

describe('a form that is used again', () => {
  it('after the completion of its job leaves the assessed original in place, and is told', async () => {
    const [photo, forged] = await twoPhotos();
    const { jobId, form } = await jobWithForm(photo);
    const first = await upload(form, photo);
    const completed = await ended(client, jobId);

    const second = await replay(form, forged);

    expect(await storedVersion(jobId)).toBe(first);
    expect(await original(jobId)).toBe(sha256Of(photo.content));
    expect(await original(jobId, second)).toBe('NoSuchVersion');
    expect(await look(client, jobId)).toEqual(completed);
  });

  it('changes no picture even while its version cannot be deleted, which is tried again', async () => {
    const [photo, forged] = await twoPhotos();
    const { jobId, form } = await jobWithForm(photo);
    await upload(form, photo);
    await ended(client, jobId);
    const failures = countOf(fettle, 'Invocations', 'AssessPhoto');

    fettle.stack.faults.failService('s3', 1000, 's3:DeleteObjectVersion');
    const second = await upload(form, forged);
    await until('the worker has tried', () => countOf(fettle, 'Invocations', 'AssessPhoto') > failures);
    expect(await original(jobId)).toBe(sha256Of(forged.content));
    expect(await call(client, `GET /jobs/${jobId}/photos/p001/display`)).toMatchObject({ status: 200 });

    fettle.stack.faults.clear();
    redeliver(fettle);
    await until('it is deleted', async () => (await original(jobId, second)) === 'NoSuchVersion');
    expect(await original(jobId)).toBe(sha256Of(photo.content));
  });

  it('ten times at once leaves one version, which was assessed', async () => {
    const [photo, forged] = await twoPhotos();
    const { jobId, form } = await jobWithForm(photo);
    const contents = Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? photo : forged));
    const versions = await Promise.all(contents.map((each) => upload(form, each)));
    const { assessment } = await ended(client, jobId);
    await allHandled(fettle);

    const kept = await storedVersion(jobId);
    const others = versions.filter((version) => version !== kept);
    expect(versions).toContain(kept);
    expect(assessment?.photos).toMatchObject([{ media: { sha256: await original(jobId) } }]);
    expect(await original(jobId, kept)).toBe(await original(jobId));
    expect(await Promise.all(others.map((version) => original(jobId, version)))).toEqual(
      others.map(() => 'NoSuchVersion'),
    );
  });

  it('while its job waits for another photo leaves the assessed original in place', async () => {
    const [photo, forged] = await twoPhotos();
    const { jobId, uploads } = await createJob(client, [photo, await smallPhoto(3)]);
    const form = uploads[0] as Upload;
    await upload(form, photo);
    await until('the first is counted', async () => (await look(client, jobId)).progress.donePhotos === 1);

    await replay(form, forged);

    expect(await original(jobId)).toBe(sha256Of(photo.content));
  });

  it('with the same content again adds no version', async () => {
    const [photo] = await twoPhotos();
    const { jobId, form } = await jobWithForm(photo);
    const first = await upload(form, photo);
    await ended(client, jobId);
    const second = await replay(form, photo);
    expect(await storedVersion(jobId)).toBe(first);
    expect(await original(jobId, second)).toBe('NoSuchVersion');
  });

  it('after the key was revoked leaves the assessed original in place', async () => {
    const [photo, forged] = await twoPhotos();
    const leaver = await fettle.client('acme');
    const { jobId, form } = await jobWithForm(photo, leaver);
    await upload(form, photo);
    await ended(client, jobId);
    const ref = { workspaceId: WorkspaceId.parse('acme'), keyId: KeyId.parse(leaver.keyId) };
    await revokeKey(fettle.accessTable, ref, new Date());

    await replay(form, forged);

    expect(await original(jobId)).toBe(sha256Of(photo.content));
  });
});

describe('a form that is used for the first time', () => {
  it('after its job was cancelled leaves nothing behind', async () => {
    const [photo] = await twoPhotos();
    const { jobId, form } = await jobWithForm(photo);
    await call(client, `DELETE /jobs/${jobId}`);
    const version = await replay(form, photo);
    expect(await original(jobId, version)).toBe('NoSuchVersion');
    expect(await original(jobId)).toBe('NoSuchKey');
  });

  it('after its job was started without the photo leaves nothing behind', async () => {
    const [photo] = await twoPhotos();
    const { jobId, uploads } = await createJob(client, [photo, await smallPhoto(3)]);
    await postForm(uploads[1] as Upload, (await smallPhoto(3)).content);
    await until('one is counted', async () => (await look(client, jobId)).progress.donePhotos === 1);
    await call(client, `POST /jobs/${jobId}/start`);
    await ended(client, jobId);
    await replay(uploads[0] as Upload, photo);
    expect(await original(jobId)).toBe('NoSuchKey');
  });
});

describe('an original', () => {
  it('of a job that is cancelled after it was counted stays', async () => {
    const [photo, forged] = await twoPhotos();
    const { jobId, uploads } = await createJob(client, [photo, await smallPhoto(3)]);
    const form = uploads[0] as Upload;
    await upload(form, photo);
    await until('it is counted', async () => (await look(client, jobId)).progress.donePhotos === 1);
    await call(client, `DELETE /jobs/${jobId}`);

    await replay(form, forged);

    expect(await original(jobId)).toBe(sha256Of(photo.content));
  });

  it.each(['AssessPhoto', 'DeadPhotos'])(
    'is neither deleted nor found by %s without the id of its version',
    async (name) => {
      const [photo] = await twoPhotos();
      const { jobId, form } = await jobWithForm(photo);
      await upload(form, photo);
      await ended(client, jobId);
      const credentials = fettle.stack.credentialsFor(logicalIdOf(fettle, 'AWS::IAM::Role', `${name}Role`));
      const worker = new S3Client({ ...fettle.operator, credentials, forcePathStyle: true });
      const object = { Bucket: nameOf(fettle, 'AWS::S3::Bucket', 'MediaBucket'), Key: `uploads/acme/${jobId}/p001` };

      const attempts = await Promise.allSettled([
        worker.send(new DeleteObjectCommand(object)),
        worker.send(new ListObjectsV2Command({ Bucket: object.Bucket, Prefix: 'uploads/acme/' })),
        worker.send(new PutObjectCommand({ ...object, Body: 'forged' })),
      ]);

      const reasons = attempts.map((attempt) => (attempt.status === 'rejected' ? attempt.reason.name : 'allowed'));
      expect(reasons).toEqual(['AccessDenied', 'AccessDenied', 'AccessDenied']);
      expect(await original(jobId)).toBe(sha256Of(photo.content));
    },
  );
});
