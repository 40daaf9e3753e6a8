import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KeyId, WorkspaceId } from '../../functions/platform/ids.ts';
import { LIMITS } from '../../functions/platform/names/limits.ts';
import { revokeKey } from '../../functions/workspaces/key-issuer-store.ts';
import { secretOf } from '../../functions/workspaces/key-secret.ts';
import { type Client, call, createJob, ended, jobOf, submit } from './client.ts';
import { smallPhotos } from './photos.ts';
import { logicalIdOf, nameOf, type RunningFettle, startFettle } from './running-stack.ts';

let fettle: RunningFettle;
let member: Client;
let viewer: Client;
let admin: Client;
let neighbour: Client;
let jobId: string;

beforeAll(async () => {
  fettle = await startFettle();
  [member, viewer, admin, neighbour] = await Promise.all([
    fettle.client('acme'),
    fettle.client('acme', 'viewer'),
    fettle.client('acme', 'admin'),
    fettle.client('neighbour', 'admin'),
  ]);
  jobId = await submit(member, await smallPhotos(1));
  await ended(member, jobId);
});

afterAll(() => fettle?.stop());

const refusal = (status: number, code: string) => ({
  status,
  body: { status, code, type: `urn:fettle:problem:${code}` },
});

const OPERATIONS = [
  'POST /jobs',
  'GET /jobs',
  'GET /jobs/{jobId}',
  'DELETE /jobs/{jobId}',
  'POST /jobs/{jobId}/start',
  'GET /jobs/{jobId}/photos/p001/display',
  'GET /jobs/{jobId}/photos/p001/overlay',
  'GET /admin/keys',
  'POST /admin/keys',
  'GET /models',
  'GET /openapi.json',
];

const on = (operation: string) => operation.replace('{jobId}', jobId);
const bodyFor = (operation: string) => (operation.startsWith('POST') ? { body: {} } : {});

describe('without a valid key', () => {
  it.each(OPERATIONS)('a caller may not %s', async (operation) => {
    const stranger = { url: member.url };
    expect(await call(stranger, on(operation), bodyFor(operation))).toMatchObject(refusal(401, 'unauthorized'));
  });

  it.each([
    ['unknown', secretOf('dev', KeyId.parse('01KAQ6QJ8Y4H2K6P9S3E7R5T1A'), new Uint8Array(32))],
    ['unknown, of a former form', `fettle_dev_${'A'.repeat(43)}`],
    ['short', 'x'],
    ['of all kinds of characters', `'; DROP TABLE keys; -- ${'%00'}`],
    ['enormous', 'A'.repeat(4000)],
  ])('an %s one is refused', async (_kind, key) => {
    expect(await call({ url: member.url, key }, 'GET /jobs')).toMatchObject(refusal(401, 'unauthorized'));
  });

  it('only health and readiness are public', async () => {
    const stranger = { url: member.url };
    expect((await call(stranger, 'GET /health')).status).toBe(200);
    expect(await call(stranger, 'GET /ready')).toMatchObject({ status: 200, body: { status: 'ready' } });
    expect(await call(stranger, 'GET /nowhere')).toMatchObject(refusal(404, 'not_found'));
  });
});

describe('a revoked key', () => {
  it('is refused within a minute', async () => {
    const leaver = await fettle.client('acme');
    expect((await call(leaver, 'GET /jobs')).status).toBe(200);
    const ref = { workspaceId: WorkspaceId.parse('acme'), keyId: KeyId.parse(leaver.keyId) };

    await revokeKey(fettle.accessTable, ref, new Date());
    fettle.clock.advance(60_000);

    expect(await call(leaver, 'GET /jobs')).toMatchObject(refusal(401, 'unauthorized'));
  });
});

describe('a viewer', () => {
  it.each(['POST /jobs', 'DELETE /jobs/{jobId}', 'POST /jobs/{jobId}/start', 'GET /admin/keys', 'POST /admin/keys'])(
    'may not %s',
    async (operation) => {
      expect(await call(viewer, on(operation), bodyFor(operation))).toMatchObject(refusal(403, 'forbidden'));
    },
  );

  it('may read', async () => {
    expect((await call(viewer, `GET /jobs/${jobId}`)).status).toBe(200);
  });
});

describe('a member', () => {
  it('may not create keys', async () => {
    expect(await call(member, 'POST /admin/keys', { body: { role: 'admin' } })).toMatchObject(
      refusal(403, 'forbidden'),
    );
  });
});

describe('another workspace', () => {
  it.each([
    'GET /jobs/{jobId}',
    'DELETE /jobs/{jobId}',
    'POST /jobs/{jobId}/start',
    'GET /jobs/{jobId}/photos/p001/display',
    'GET /jobs/{jobId}/photos/p001/overlay',
  ])('gets 404 for %s', async (operation) => {
    const absent = on(operation).replace(jobId, '01ARZ3NDEKTSV4RRFFQ69G5FAV');
    const theirs = await call(neighbour, on(operation));
    expect(theirs).toMatchObject(refusal(404, 'not_found'));
    const { detail } = (await call(neighbour, absent)).body as { detail: string };
    expect(theirs.body).toMatchObject({ detail });
  });

  it('does not see its jobs', async () => {
    expect((await call(neighbour, 'GET /jobs')).body).toEqual({ jobs: [] });
  });

  it('cannot use the cursor of its list', async () => {
    await createJob(member, await smallPhotos(1));
    const { body } = await call(member, 'GET /jobs?limit=1');
    const { nextCursor } = body as { nextCursor: string };
    expect(nextCursor).toBeDefined();
    const stolen = await call(neighbour, `GET /jobs?limit=1&cursor=${nextCursor}`);
    expect(stolen).toMatchObject(refusal(400, 'invalid_cursor'));
  });

  it('does not see or revoke its keys', async () => {
    const { keyId } = await fettle.client('acme');
    expect(await call(neighbour, `DELETE /admin/keys/${keyId}`)).toMatchObject(refusal(404, 'not_found'));
    const { body } = await call(neighbour, 'GET /admin/keys');
    expect((body as { keys: unknown[] }).keys).toHaveLength(1);
    expect((await call(admin, `DELETE /admin/keys/${keyId}`)).status).toBe(200);
  });

  it('cannot be named in a request', async () => {
    const body = { ...jobOf(await smallPhotos(1)), workspaceId: 'acme' };
    expect(await call(neighbour, 'POST /jobs', { body })).toMatchObject(refusal(400, 'invalid_request'));
  });
});

describe('a bad request', () => {
  const post = (body: unknown, headers = {}) => call(member, 'POST /jobs', { body, headers });

  it('with unknown fields is refused with their names', async () => {
    const body = { ...jobOf(await smallPhotos(1)), priority: 'high' };
    const answer = await post(body);
    expect(answer).toMatchObject(refusal(400, 'invalid_request'));
    expect(JSON.stringify(answer.body)).toContain('priority');
  });

  it.each(['{', '', 'null', '[]', '"jobs"', '{"asset":'])('with the body %j is refused', async (body) => {
    const answer = await post(body);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('Content-Type')).toContain('application/problem+json');
  });

  it('of another content type is refused', async () => {
    const body = JSON.stringify(jobOf(await smallPhotos(1)));
    expect(await post(body, { 'Content-Type': 'text/xml' })).toMatchObject(refusal(415, 'unsupported_content_type'));
  });

  it('of 11 MB is refused', async () => {
    const body = JSON.stringify({ padding: 'x'.repeat(11 * 1024 * 1024) });
    const headers = { 'X-Api-Key': member.key ?? '', 'Content-Type': 'application/json' };
    const response = await fetch(`${member.url}/jobs`, { method: 'POST', headers, body });
    // Of API Gateway itself, which has no other words for it.
    expect([response.status, await response.text()]).toEqual([413, 'HTTP content length exceeded 10485760 bytes.']);
  });

  it('with a photo over the limit is refused', async () => {
    const body = jobOf(await smallPhotos(1));
    const photos = body.photos.map((photo) => ({ ...photo, bytes: LIMITS.photoBytes + 1 }));
    expect(await post({ ...body, photos })).toMatchObject(refusal(400, 'invalid_request'));
  });

  it.each(['nonsense', '%00', 'eyJhIjoxfQ', 'x'.repeat(600)])('with the cursor %s is refused', async (cursor) => {
    const answer = await call(member, `GET /jobs?cursor=${cursor}`);
    expect(answer.status).toBe(400);
  });

  it.each(['../../etc/passwd', '..%2f..%2fx', '%00', 'ÄÖÜ', `${'0'.repeat(300)}`])(
    'with the job id %s finds nothing',
    async (id) => {
      const answer = await call(member, `GET /jobs/${id}`);
      expect(answer).toMatchObject(refusal(404, 'not_found'));
    },
  );
});

describe('an Idempotency-Key', () => {
  const headers = { 'Idempotency-Key': 'one-and-only' };

  it('gives the same reply to the same request', async () => {
    const body = jobOf(await smallPhotos(1));
    const first = await call(member, 'POST /jobs', { body, headers });
    const second = await call(member, 'POST /jobs', { body, headers });
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('Idempotent-Replayed')).toBe('true');
  });

  it('is refused for another request', async () => {
    const body = jobOf(await smallPhotos(2));
    expect(await call(member, 'POST /jobs', { body, headers })).toMatchObject(refusal(422, 'idempotency_key_reused'));
  });

  it('of one workspace is independent of another', async () => {
    const body = jobOf(await smallPhotos(1));
    const { status, headers: answered } = await call(neighbour, 'POST /jobs', { body, headers });
    expect({ status, replayed: answered.get('Idempotent-Replayed') }).toEqual({ status: 201, replayed: null });
  });
});

describe('a function', () => {
  it('has only the permissions of its role', async () => {
    const roleId = logicalIdOf(fettle, 'AWS::IAM::Role', 'ConcludeJobRole');
    const credentials = fettle.stack.credentialsFor(roleId);
    const s3 = new S3Client({ ...fettle.operator, credentials, forcePathStyle: true });
    const Bucket = nameOf(fettle, 'AWS::S3::Bucket', 'MediaBucket');
    const read = s3.send(new GetObjectCommand({ Bucket, Key: `uploads/acme/${jobId}/p001` }));
    await expect(read).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});
