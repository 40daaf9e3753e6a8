import { get, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import {
  CopyObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GatedStack, startGatedStack } from './gated-stack.ts';

let stack: GatedStack;
beforeAll(async () => {
  stack = await startGatedStack();
});
afterAll(() => stack.stop());

describe('createAwsGate', () => {
  describe('for S3', () => {
    it('lets a role write and read what its policy allows', async () => {
      await stack.s3('Writer').send(new PutObjectCommand({ Bucket: 'photos', Key: 'own/a (1)+ü.jpg', Body: 'bytes' }));
      const { Body } = await stack
        .s3('Writer')
        .send(new GetObjectCommand({ Bucket: 'photos', Key: 'own/a (1)+ü.jpg' }));
      expect(await Body?.transformToString()).toBe('bytes');
    });

    it('refuses a key outside of the policy, in the words AWS uses', async () => {
      const put = stack
        .s3('Writer')
        .send(new PutObjectCommand({ Bucket: 'photos', Key: 'other/a.jpg', Body: 'bytes' }));
      await expect(put).rejects.toMatchObject({
        name: 'AccessDenied',
        message:
          'User: arn:aws:sts::000000000000:assumed-role/Writer/local is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::photos/other/a.jpg" because no identity-based policy allows the s3:PutObject action',
      });
    });

    it('obeys a deny of the bucket policy', async () => {
      const put = stack
        .s3('Writer')
        .send(new PutObjectCommand({ Bucket: 'photos', Key: 'own/frozen/a', Body: 'bytes' }));
      await expect(put).rejects.toThrow('explicit deny in a resource-based policy');
    });

    it('obeys a deny of the role itself', async () => {
      const get = stack.s3('Tenant').send(new GetObjectCommand({ Bucket: 'photos', Key: 'secret/a' }));
      await expect(get).rejects.toThrow('explicit deny in an identity-based policy');
    });

    it('holds a listing to its prefix', async () => {
      const list = (Prefix: string) => stack.s3('Writer').send(new ListObjectsV2Command({ Bucket: 'photos', Prefix }));
      await expect(list('own/')).resolves.toBeDefined();
      await expect(list('')).rejects.toMatchObject({ name: 'AccessDenied' });
    });

    it('counts a head of the bucket as listing it', async () => {
      await expect(stack.s3('Tenant').send(new HeadBucketCommand({ Bucket: 'photos' }))).rejects.toMatchObject({
        $metadata: { httpStatusCode: 403 },
      });
    });

    it('does not tell those who may not list that an object is missing', async () => {
      const get = (role?: string) =>
        stack.s3(role).send(new GetObjectCommand({ Bucket: 'photos', Key: 'own/missing' }));
      await expect(get('Tenant')).rejects.toMatchObject({ name: 'AccessDenied' });
      await expect(get()).rejects.toMatchObject({ name: 'NoSuchKey' });
    });

    it('asks for the source of a copy too', async () => {
      await stack.s3().send(new PutObjectCommand({ Bucket: 'photos', Key: 'elsewhere', Body: 'x' }));
      const copy = new CopyObjectCommand({ Bucket: 'photos', Key: 'own/copy', CopySource: 'photos/elsewhere' });
      await expect(stack.s3('Writer').send(copy)).rejects.toThrow(
        's3:GetObject on resource: "arn:aws:s3:::photos/elsewhere"',
      );
    });

    it('deletes the keys that are allowed and names the others', async () => {
      const keys = ['own/a&b', 'own/<c>', 'other/d'];
      for (const Key of keys) await stack.s3().send(new PutObjectCommand({ Bucket: 'photos', Key, Body: 'x' }));
      const Objects = keys.map((Key) => ({ Key }));
      const { Deleted, Errors } = await stack
        .s3('Cleaner')
        .send(new DeleteObjectsCommand({ Bucket: 'photos', Delete: { Objects } }));
      expect(Deleted).toEqual([{ Key: 'own/a&b' }, { Key: 'own/<c>' }]);
      expect(Errors).toMatchObject([{ Key: 'other/d', Code: 'AccessDenied' }]);
      const { KeyCount } = await stack.s3().send(new ListObjectsV2Command({ Bucket: 'photos', Prefix: 'other/' }));
      expect(KeyCount).toBe(1);
    });

    it('takes a stream whose checksum comes after it', async () => {
      const Body = Readable.from([Buffer.from('in '), Buffer.from('parts')]);
      const put = new PutObjectCommand({ Bucket: 'photos', Key: 'own/stream', Body, ContentLength: 8 });
      await stack.s3('Writer').send(put);
      const { Body: stored } = await stack
        .s3('Writer')
        .send(new GetObjectCommand({ Bucket: 'photos', Key: 'own/stream' }));
      expect(await stored?.transformToString()).toBe('in parts');
    });

    it('refuses a body that is not the one signed', async () => {
      const client = stack.s3('Writer');
      client.middlewareStack.add(
        (next) => (args) => next({ ...args, request: Object.assign(args.request as object, { body: 'other' }) }),
        { step: 'finalizeRequest', priority: 'low' },
      );
      const put = client.send(new PutObjectCommand({ Bucket: 'photos', Key: 'own/x', Body: 'bytes' }));
      await expect(put).rejects.toMatchObject({ name: 'XAmzContentSHA256Mismatch' });
    });

    it('serves a bucket that is named in the host', async () => {
      await stack.s3().send(new PutObjectCommand({ Bucket: 'photos', Key: 'own/hosted', Body: 'hosted' }));
      const endpoint = stack.url.replace('127.0.0.1', 'localhost');
      const client = new S3Client({ ...stack.client('Writer'), endpoint });
      const url = new URL(await getSignedUrl(client, new GetObjectCommand({ Bucket: 'photos', Key: 'own/hosted' })));
      const { hostname, port } = new URL(stack.url);
      const answer = await new Promise<IncomingMessage>((resolve) =>
        get({ hostname, port, path: `${url.pathname}${url.search}`, headers: { host: url.host } }, resolve),
      );
      expect([url.hostname, await text(answer)]).toEqual(['photos.localhost', 'hosted']);
    });

    it('refuses keys that climb out of the bucket', async () => {
      const climbing = stack.s3().send(new PutObjectCommand({ Bucket: 'photos', Key: 'own/../../x', Body: 'x' }));
      await expect(climbing).rejects.toMatchObject({ name: 'InvalidURI' });
    });

    it('names a request that the emulator could not answer', async () => {
      const get = stack.s3().send(new GetObjectTaggingCommand({ Bucket: 'photos', Key: 'own/a' }));
      await expect(get).rejects.toMatchObject({
        name: 'NotImplemented',
        message: expect.stringContaining('tagging'),
      });
    });

    it('streams a head without a body', async () => {
      await stack.s3().send(new PutObjectCommand({ Bucket: 'photos', Key: 'own/head', Body: 'four' }));
      const { ContentLength } = await stack
        .s3('Writer')
        .send(new HeadObjectCommand({ Bucket: 'photos', Key: 'own/head' }));
      expect(ContentLength).toBe(4);
    });
  });
});
