import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GatedStack, startGatedStack } from './gated-stack.ts';

let stack: GatedStack;
beforeAll(async () => {
  stack = await startGatedStack();
});
afterAll(() => stack.stop());

describe('createAwsGate', () => {
  describe('for presigned URLs', () => {
    const presign = (key: string, role: string) =>
      getSignedUrl(stack.s3(role), new GetObjectCommand({ Bucket: 'photos', Key: key }), { expiresIn: 60 });

    beforeAll(async () => {
      await stack.s3().send(new PutObjectCommand({ Bucket: 'photos', Key: 'own/shown', Body: 'shown' }));
    });

    it('serves one that an allowed role signed', async () => {
      const answer = await fetch(await presign('own/shown', 'Writer'));
      expect(await answer.text()).toBe('shown');
    });

    it('refuses what its signer may not read', async () => {
      expect((await fetch(await presign('secret/a', 'Tenant'))).status).toBe(403);
    });

    it('refuses an altered key', async () => {
      const url = (await presign('own/shown', 'Writer')).replace('/shown', '/other');
      expect(await (await fetch(url)).text()).toContain('<Code>SignatureDoesNotMatch</Code>');
    });

    it('refuses a longer life than was signed', async () => {
      const url = (await presign('own/shown', 'Writer')).replace('X-Amz-Expires=60', 'X-Amz-Expires=600');
      expect(await (await fetch(url)).text()).toContain('<Code>SignatureDoesNotMatch</Code>');
    });

    it('stores what an allowed role signed, and announces it', async () => {
      const before = stack.created.length;
      const url = await getSignedUrl(stack.s3('Writer'), new PutObjectCommand({ Bucket: 'photos', Key: 'own/put' }));
      expect((await fetch(url, { method: 'PUT', body: 'put' })).status).toBe(200);
      expect(stack.created.slice(before)).toEqual(['ObjectCreated:Put own/put stored']);
    });

    it('refuses headers that the signer did not sign', async () => {
      const url = await getSignedUrl(stack.s3('Writer'), new PutObjectCommand({ Bucket: 'photos', Key: 'own/put' }));
      const answer = await fetch(url, { method: 'PUT', headers: { 'x-amz-copy-source': 'photos/own/shown' } });
      expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('x-amz-copy-source')]);
    });

    it('refuses one that has expired', async () => {
      const url = await presign('own/shown', 'Writer');
      stack.clock.advance(61_000);
      expect(await (await fetch(url)).text()).toContain('<Message>Request has expired</Message>');
    });
  });

  describe('for anyone else', () => {
    it('refuses a wrong secret', async () => {
      const { credentials, ...rest } = stack.client('Writer');
      const wrong = { ...rest, credentials: { ...credentials, secretAccessKey: 'wrong' } };
      const put = new PutObjectCommand({ Bucket: 'photos', Key: 'own/a', Body: 'x' });
      await expect(new S3Client({ ...wrong, forcePathStyle: true }).send(put)).rejects.toMatchObject({
        name: 'SignatureDoesNotMatch',
      });
      const item = new PutItemCommand({ TableName: 'notes', Item: { pk: { S: 'x' } } });
      await expect(new DynamoDBClient(wrong).send(item)).rejects.toMatchObject({ name: 'InvalidSignatureException' });
    });

    it('refuses another region', async () => {
      const elsewhere = { ...stack.client('Writer'), region: 'eu-west-1' };
      const item = new PutItemCommand({ TableName: 'notes', Item: { pk: { S: 'x' } } });
      await expect(new DynamoDBClient(elsewhere).send(item)).rejects.toThrow("not 'eu-west-1'");
      const list = new S3Client({ ...elsewhere, forcePathStyle: true }).send(
        new ListObjectsV2Command({ Bucket: 'photos', Prefix: 'own/' }),
      );
      await expect(list).rejects.toMatchObject({ name: 'AuthorizationHeaderMalformed' });
    });

    it('refuses an unknown access key', async () => {
      const stranger = { ...stack.client(), credentials: { accessKeyId: 'AKIAUNKNOWN', secretAccessKey: 'x' } };
      const list = new S3Client({ ...stranger, forcePathStyle: true }).send(
        new ListObjectsV2Command({ Bucket: 'photos' }),
      );
      await expect(list).rejects.toMatchObject({ name: 'InvalidAccessKeyId' });
    });

    it.each([
      ['nothing', []],
      ['an unknown key', ['AKIAUNKNOWN']],
      ['a known key and a wrong signature', [() => stack.client('Writer').credentials.accessKeyId]],
    ])('refuses before a byte of the body has come, signed with %s', async (_what, [key]) => {
      const id = typeof key === 'function' ? key() : key;
      const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
      const scope = `${id}/${date.slice(0, 8)}/us-east-1/s3/aws4_request`;
      const authorization = `Authorization: AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=00`;
      const socket = connect(Number(new URL(stack.url).port), '127.0.0.1').on('error', () => undefined);
      const head = ['PUT /photos/own/a HTTP/1.1', 'Host: gate', 'Content-Length: 10000000', `X-Amz-Date: ${date}`];
      const signed = id ? [authorization, 'X-Amz-Content-Sha256: UNSIGNED-PAYLOAD'] : [];
      socket.write(`${[...head, ...signed].join('\r\n')}\r\n\r\n`);
      const [answer] = await once(socket, 'data');
      expect(String(answer)).toMatch(/^HTTP\/1\.1 403 /);
      await once(socket, 'close');
    });

    it('refuses a body that is not the signed one', async () => {
      const url = await getSignedUrl(stack.s3('Writer'), new PutObjectCommand({ Bucket: 'photos', Key: 'own/put' }), {
        unhoistableHeaders: new Set(['x-amz-content-sha256']),
      });
      const hash = createHash('sha256').update('signed').digest('hex');
      const answer = await fetch(url, { method: 'PUT', body: 'another', headers: { 'x-amz-content-sha256': hash } });
      expect(answer.status).toBeGreaterThanOrEqual(400);
    });

    it('refuses a request without a signature', async () => {
      const answer = await fetch(`${stack.url}/photos/own/shown`);
      expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('<Code>AccessDenied</Code>')]);
    });
  });
});
