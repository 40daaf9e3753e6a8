import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDirectory, writeAssembly } from './fixtures/assembly.ts';
import { type Running, run, until } from './fixtures/running.ts';

const DAY_MS = 86_400_000;
const lifecycle = {
  Rules: [
    { Status: 'Enabled', Prefix: 'kept/', ExpirationInDays: 6 },
    { Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 2 } },
    { Status: 'Disabled', ExpirationInDays: 1 },
  ],
};
const assembly = writeAssembly({
  Versioned: {
    Type: 'AWS::S3::Bucket',
    Properties: {
      BucketName: 'versioned',
      VersioningConfiguration: { Status: 'Enabled' },
      LifecycleConfiguration: lifecycle,
    },
  },
  Plain: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'plain', LifecycleConfiguration: lifecycle } },
});
const dataDir = freshDirectory();
let running: Running;
let s3: S3Client;

async function start(): Promise<void> {
  running = await run(assembly, dataDir);
  const { awsUrl: endpoint, region, credentials } = running.stack;
  s3 = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
}

beforeAll(start);
afterAll(() => running.stack.stop());

const put = async (Key: string, text: string, Bucket = 'versioned') =>
  (await s3.send(new PutObjectCommand({ Bucket, Key, Body: text, Metadata: { text } }))).VersionId;

/** The content and metadata, or the name of the error. */
async function read(Key: string, VersionId?: string, Bucket = 'versioned'): Promise<string> {
  try {
    const { Body, Metadata } = await s3.send(new GetObjectCommand({ Bucket, Key, VersionId }));
    expect(await Body?.transformToString()).toBe(Metadata?.text);
    return Metadata?.text ?? '';
  } catch (error) {
    return (error as Error).name;
  }
}

const remove = (Key: string, VersionId?: string, Bucket = 'versioned') =>
  s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));

describe('a versioned bucket', () => {
  it('keeps each version under an id of its own', async () => {
    const ids = [await put('each', 'one'), await put('each', 'two'), await put('each', 'two')];
    expect(new Set(ids).size).toBe(3);
    expect(await Promise.all(ids.map((id) => read('each', id)))).toEqual(['one', 'two', 'two']);
    expect(await read('each')).toBe('two');
  });

  it('names the version that it gives', async () => {
    const id = await put('named', 'one');
    expect((await s3.send(new GetObjectCommand({ Bucket: 'versioned', Key: 'named' }))).VersionId).toBe(id);
  });

  it('has the version before the current one again when that is deleted by its id', async () => {
    const [first, second, third] = [await put('back', 'one'), await put('back', 'two'), await put('back', 'three')];
    await remove('back', third);
    expect([await read('back'), await read('back', third)]).toEqual(['two', 'NoSuchVersion']);
    await remove('back', first);
    expect(await read('back')).toBe('two');
    await remove('back', second);
    expect(await read('back')).toBe('NoSuchKey');
  });

  it('puts a delete marker before the versions, which stay', async () => {
    const first = await put('marked', 'one');
    await remove('marked');
    expect([await read('marked'), await read('marked', first)]).toEqual(['NoSuchKey', 'one']);
    const second = await put('marked', 'two');
    await remove('marked', second);
    expect([await read('marked'), await read('marked', first)]).toEqual(['NoSuchKey', 'one']);
  });

  it('gives no version of another key, and none for a made-up id', async () => {
    const id = await put('mine', 'one');
    expect([await read('yours', id), await read('mine', 'x'.repeat(32))]).toEqual(['NoSuchVersion', 'NoSuchVersion']);
    await remove('mine', 'x'.repeat(32));
    expect(await read('mine')).toBe('one');
  });

  it('has all of them after the runner was killed', async () => {
    const [first, second] = [await put('lasting', 'one'), await put('lasting', 'two')];
    await running.stack.kill();
    await start();
    expect([await read('lasting', first), await read('lasting', second)]).toEqual(['one', 'two']);
    await remove('lasting', second);
    expect(await read('lasting')).toBe('one');
  });
});

describe('a bucket without versions', () => {
  it('gives no ids, and forgets what is replaced', async () => {
    expect(await put('each', 'one', 'plain')).toBeUndefined();
    await put('each', 'two', 'plain');
    expect(await read('each', undefined, 'plain')).toBe('two');
    await remove('each', undefined, 'plain');
    expect(await read('each', undefined, 'plain')).toBe('NoSuchKey');
  });
});

describe('the lifecycle rules of a bucket', () => {
  const gone = (Key: string, Bucket: string) =>
    s3.send(new HeadObjectCommand({ Bucket, Key })).then(
      () => false,
      () => true,
    );

  it('expire what their prefix selects, and delete noncurrent versions for good', async () => {
    const kept = await put('kept/one', 'one');
    await put('other', 'one');
    await put('kept/one', 'one', 'plain');
    const replaced = await put('kept/two', 'one');
    await put('kept/two', 'two');

    running.clock.advance(5 * DAY_MS);
    await until('the replaced version is deleted', async () => (await read('kept/two', replaced)) === 'NoSuchVersion');
    expect([await read('kept/one'), await read('kept/two')]).toEqual(['one', 'two']);

    running.clock.advance(2 * DAY_MS);
    await until('both expire', async () => (await gone('kept/one', 'versioned')) && (await gone('kept/one', 'plain')));
    expect([await read('kept/one', kept), await read('other')]).toEqual(['one', 'one']);

    running.clock.advance(4 * DAY_MS);
    await until('its version is deleted', async () => (await read('kept/one', kept)) === 'NoSuchVersion');
    expect(await read('other')).toBe('one');
  });

  it('count from the moment an object is stored, however far the clock has been moved', async () => {
    await put('kept/late', 'one');
    running.clock.advance(DAY_MS);
    expect(await read('kept/late')).toBe('one');
  });
});
