import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, call, ended, submit } from './client.ts';
import { smallPhotos } from './photos.ts';
import { type RunningFettle, startFettle } from './running-stack.ts';

let fettle: RunningFettle;
let jobId: string;
let neighboursJobId: string;
let url: URL;

beforeAll(async () => {
  fettle = await startFettle();
  const [client, neighbour] = await Promise.all([fettle.client('acme'), fettle.client('neighbour')]);
  [jobId, neighboursJobId] = await Promise.all([assessed(client), assessed(neighbour)]);
  // Copies that exist: what is refused is not merely missing.
  await Promise.all([pictureUrl(client, jobId, 'p002'), pictureUrl(neighbour, neighboursJobId, 'p001')]);
  url = await pictureUrl(client, jobId, 'p001');
});

afterAll(() => fettle?.stop());

async function assessed(client: Client): Promise<string> {
  const job = await submit(client, await smallPhotos(2));
  await ended(client, job);
  return job;
}

async function pictureUrl(client: Client, job: string, photoId: string): Promise<URL> {
  const { body } = await call(client, `GET /jobs/${job}/photos/${photoId}/display`);
  return new URL((body as { url: string }).url);
}

/** The status of a GET of the URL, changed. */
async function statusOf(change: (url: URL) => void, init: RequestInit = {}): Promise<number> {
  const changed = new URL(url);
  change(changed);
  return (await fetch(changed, init)).status;
}

const setting = (name: string, value: string) => (changed: URL) => changed.searchParams.set(name, value);
const nothing = () => undefined;

describe('the URL of a picture', () => {
  it('needs no key', async () => {
    expect(await statusOf(nothing)).toBe(200);
  });

  it.each<[string, (path: string) => string]>([
    ['another photo', (path) => path.replace('p001', 'p002')],
    ["another workspace's photo", (path) => path.replace(`acme/${jobId}`, `neighbour/${neighboursJobId}`)],
    ['the overlay', (path) => path.replace('display', 'overlay')],
    ['the original', (path) => path.replace('derived', 'uploads').replace('/display.jpg', '')],
    ['another bucket', (path) => path.replace('mediabucket', 'mediaaccesslog')],
    ['the bucket', (path) => path.split('/').slice(0, 2).join('/')],
  ])('opens no other: %s', async (_what, other) => {
    expect(other(url.pathname)).not.toBe(url.pathname);
    expect(
      await statusOf((changed) => {
        changed.pathname = other(changed.pathname);
      }),
    ).toBe(403);
  });

  it.each<[string, (changed: URL) => void]>([
    ['its expiry', setting('X-Amz-Expires', '3600')],
    ['its date', setting('X-Amz-Date', '20990101T000000Z')],
    ['its content type', setting('response-content-type', 'text/html')],
    ['its file name', setting('response-content-disposition', 'attachment; filename="evil.html"')],
    ['its caching', setting('response-cache-control', 'public')],
    ['a version', setting('versionId', 'null')],
    ['a subresource', setting('acl', '')],
    ['its signer', setting('X-Amz-Credential', 'AKIAIOSFODNN7EXAMPLE/20261122/us-east-1/s3/aws4_request')],
    ['its signature', setting('X-Amz-Signature', '0'.repeat(64))],
    ['no signature', (changed) => changed.searchParams.delete('X-Amz-Signature')],
  ])('is refused with a change of %s', async (_what, change) => {
    expect(await statusOf(change)).toBeGreaterThanOrEqual(400);
    expect(await statusOf(change)).toBeLessThan(500);
  });

  it.each(['PUT', 'DELETE', 'POST'])('permits no %s', async (method) => {
    expect(await statusOf(nothing, { method, ...(method !== 'DELETE' && { body: 'forged' }) })).toBe(403);
    expect(await statusOf(nothing)).toBe(200);
  });

  it('is refused after its five minutes', async () => {
    fettle.clock.advance(240_000);
    expect(await statusOf(nothing)).toBe(200);
    fettle.clock.advance(61_000);
    expect(await statusOf(nothing)).toBe(403);
  });
});
