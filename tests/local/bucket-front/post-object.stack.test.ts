import { connect, type Socket } from 'node:net';
import type { PresignedPost } from '@aws-sdk/s3-presigned-post';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LOOSE, post, startUploadBucket, type UploadBucket } from './upload-bucket.ts';

let bucket: UploadBucket;
beforeAll(async () => {
  bucket = await startUploadBucket();
});
afterAll(() => bucket.stop());

/** Sends the fields of a form and the first bytes of its file, over a connection of its own. */
function beginUpload({ fields }: PresignedPost, contentLength: number): Socket {
  const parts = Object.entries(fields).map(
    ([name, value]) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const file = '--b\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\nhalf';
  const { hostname, port } = new URL(bucket.url);
  const head = [
    'POST /photos HTTP/1.1',
    `Host: ${hostname}:${port}`,
    'Content-Type: multipart/form-data; boundary=b',
    `Content-Length: ${contentLength}`,
  ];
  const socket = connect(Number(port), hostname);
  socket.write(`${head.join('\r\n')}\r\n\r\n${parts.join('')}${file}`);
  return socket;
}

describe('postObject', () => {
  it('stores a form that fulfils its policy, with type and metadata, and announces it', async () => {
    const form = await bucket.presign({ Fields: { 'Content-Type': 'image/jpeg', 'x-amz-meta-from': 'phone' } });
    expect((await post(form)).status).toBe(204);
    expect(await bucket.stored('uploads/one.jpg')).toEqual({
      body: 'photo',
      type: 'image/jpeg',
      metadata: { from: 'phone' },
    });
    expect(bucket.created).toMatchObject([
      {
        bucket: 'photos',
        key: 'uploads/one.jpg',
        eventName: 'ObjectCreated:Post',
        principalId: 'AWS:Uploader:local',
        outcome: 'stored',
      },
    ]);
  });

  it('accepts the same form again until it expires, as S3 does', async () => {
    const form = await bucket.presign({ Key: 'uploads/again' });
    await post(form, { file: 'first' });
    expect((await post(form, { file: 'second' })).status).toBe(204);
    expect(await bucket.stored('uploads/again')).toMatchObject({ body: 'second' });
  });

  it('returns 201 with a document when success_action_status is 201', async () => {
    const form = await bucket.presign({ Fields: { 'Content-Type': 'image/jpeg', success_action_status: '201' } });
    const { status, text } = await post(form);
    expect([status, text]).toEqual([201, expect.stringContaining('<Key>uploads/one.jpg</Key>')]);
  });

  it('puts the file’s name, without directories, where the key says so', async () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: S3's own notation
    const form = await bucket.presign({ Key: 'uploads/u1/${filename}' });
    expect((await post(form, { filename: '../../etc/$&-passwd' })).status).toBe(204);
    expect(await bucket.keysIn('uploads/u1/')).toEqual(['uploads/u1/$&-passwd']);
  });

  it('holds the expanded key to the policy', async () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: S3's own notation
    const key = 'uploads/${filename}';
    const conditions = [{ key: 'uploads/cat.jpg' }, { bucket: 'photos' }, ...LOOSE];
    const form = () => bucket.signed({ expiration: bucket.inAnHour(), conditions }, { key });
    expect((await post(form(), { filename: 'dog.jpg' })).message).toContain('["eq","$key","uploads/cat.jpg"]');
    expect((await post(form(), { filename: 'cat.jpg' })).status).toBe(204);
  });

  it('cuts an endless upload off while it arrives', async () => {
    const form = await bucket.presign();
    const socket = beginUpload(form, 9_000_000_000);
    socket.on('error', () => undefined);
    const sending = setInterval(() => socket.write(Buffer.alloc(500)), 5);
    const answer = await new Promise<string>((resolve) => socket.once('data', (data) => resolve(data.toString())));
    await new Promise((resolve) => socket.once('close', resolve));
    clearInterval(sending);
    expect(answer).toContain('<Code>EntityTooLarge</Code>');
  });

  it('stores nothing of an upload that breaks off', async () => {
    const form = await bucket.presign({ Key: 'uploads/broken' });
    const before = bucket.created.length;
    const socket = beginUpload(form, 90_000);
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect([await bucket.keysIn('uploads/broken'), bucket.created.slice(before)]).toEqual([[], []]);
  });

  describe('CORS', () => {
    it('answers a preflight by the bucket’s rules', async () => {
      const ask = (origin: string, headers: string) =>
        fetch(`${bucket.url}/photos`, {
          method: 'OPTIONS',
          headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': headers },
        });
      const allowed = await ask('https://app.example.com', 'content-type');
      expect([
        allowed.status,
        allowed.headers.get('access-control-allow-origin'),
        allowed.headers.get('access-control-max-age'),
      ]).toEqual([200, 'https://app.example.com', '600']);
      expect((await ask('https://evil.test', 'content-type')).status).toBe(403);
      expect((await ask('https://app.example.com', 'x-other')).status).toBe(403);
    });

    it('sends CORS headers with refusals, too', async () => {
      const answer = await fetch(`${bucket.url}/photos`, {
        method: 'POST',
        headers: { origin: 'https://app.example.com' },
        body: new FormData(),
      });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.headers.get('access-control-allow-origin')).toBe('https://app.example.com');
    });
  });
});
