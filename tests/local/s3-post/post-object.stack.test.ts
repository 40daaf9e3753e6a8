import { createHash, createHmac } from 'node:crypto';
import { connect } from 'node:net';
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost, type PresignedPost, type PresignedPostOptions } from '@aws-sdk/s3-presigned-post';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { movableClock } from '../../../local/clock.ts';
import type { OnObjectCreated } from '../../../local/types.ts';
import { allow, fixtureRole, fixtureTemplate } from '../fixture-template.ts';
import { type RunningGate, startGate } from '../iam/running-gate.ts';

const template = fixtureTemplate({
  ...fixtureRole('Uploader', allow('s3:PutObject', 'arn:aws:s3:::photos/uploads/*')),
  Photos: {
    type: 'AWS::S3::Bucket',
    physicalId: 'photos',
    properties: {
      CorsConfiguration: {
        CorsRules: [
          {
            AllowedOrigins: ['https://*.example.com'],
            AllowedMethods: ['POST'],
            AllowedHeaders: ['content-*'],
            ExposedHeaders: ['ETag'],
            MaxAge: 600,
          },
        ],
      },
    },
  },
});

type Created = Parameters<OnObjectCreated>[0] & { outcome: 'announced' | 'stored' | 'refused' };
let created: Created[] = [];
const clock = movableClock();
let running: RunningGate;

beforeAll(async () => {
  running = await startGate(template, {
    clock,
    onObjectCreated: (write) => {
      const event: Created = { ...write, outcome: 'announced' };
      created.push(event);
      return {
        stored: () => {
          event.outcome = 'stored';
        },
        refused: () => {
          event.outcome = 'refused';
        },
      };
    },
  });
  await s3().send(new CreateBucketCommand({ Bucket: 'photos' }));
});
beforeEach(() => {
  created = [];
});
afterAll(() => running.stop());

const s3 = (role?: string) => new S3Client({ ...running.client(role), forcePathStyle: true });
const presign = (options: Partial<PresignedPostOptions> = {}) =>
  createPresignedPost(s3('Uploader'), {
    Bucket: 'photos',
    Key: 'uploads/one.jpg',
    Fields: { 'Content-Type': 'image/jpeg' },
    Conditions: [['content-length-range', 1, 1000]],
    Expires: 600,
    ...options,
  });

type Change = {
  fields?: { [name: string]: string };
  file?: string | Uint8Array<ArrayBuffer> | null;
  filename?: string;
};

async function post(
  { url, fields }: PresignedPost,
  { fields: changed = {}, file = 'photo', filename = 'my photo.jpg' }: Change = {},
) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...fields, ...changed })) form.append(name, value);
  if (file !== null) form.append('file', new Blob([file]), filename);
  const answer = await fetch(url, { method: 'POST', body: form });
  const text = await answer.text();
  const code = /<Code>(.*?)<\/Code>/.exec(text)?.[1];
  const message = /<Message>(.*?)<\/Message>/.exec(text)?.[1]?.replaceAll('&#34;', '"');
  return { status: answer.status, headers: answer.headers, text, code, message };
}

async function stored(key: string) {
  const { Body, ContentType, Metadata } = await s3().send(new GetObjectCommand({ Bucket: 'photos', Key: key }));
  return { body: await Body?.transformToString(), type: ContentType, metadata: Metadata };
}

async function keysIn(prefix: string) {
  const { Contents = [] } = await s3().send(new ListObjectsV2Command({ Bucket: 'photos', Prefix: prefix }));
  return Contents.map(({ Key }) => Key);
}

/** A form signed by hand, for policies that the SDK would not make. */
function signed(policy: object | string, more: { [name: string]: string } = {}): PresignedPost {
  const { accessKeyId, secretAccessKey } = running.credentials.credentialsFor('Uploader');
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const scope = `${date.slice(0, 8)}/us-east-1/s3/aws4_request`;
  const text = Buffer.from(typeof policy === 'string' ? policy : JSON.stringify(policy)).toString('base64');
  const key = scope
    .split('/')
    .reduce<string | Buffer>(
      (secret, part) => createHmac('sha256', secret).update(part).digest(),
      `AWS4${secretAccessKey}`,
    );
  const signature = createHmac('sha256', key).update(text).digest('hex');
  const fields = {
    'x-amz-algorithm': 'AWS4-HMAC-SHA256',
    'x-amz-credential': `${accessKeyId}/${scope}`,
    'x-amz-date': date,
    policy: text,
    'x-amz-signature': signature,
  };
  return { url: `${running.url}/photos`, fields: { ...fields, ...more } };
}

const inAnHour = () => new Date(clock.now() + 3600_000).toISOString();
const LOOSE = [
  ['starts-with', '$x-amz-algorithm', ''],
  ['starts-with', '$x-amz-credential', ''],
  ['starts-with', '$x-amz-date', ''],
];

describe('postObject', () => {
  it('stores a form that fulfils its policy, with type and metadata, and announces it', async () => {
    const form = await presign({ Fields: { 'Content-Type': 'image/jpeg', 'x-amz-meta-from': 'phone' } });
    expect((await post(form)).status).toBe(204);
    expect(await stored('uploads/one.jpg')).toEqual({ body: 'photo', type: 'image/jpeg', metadata: { from: 'phone' } });
    expect(created).toMatchObject([
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
    const form = await presign({ Key: 'uploads/again' });
    await post(form, { file: 'first' });
    expect((await post(form, { file: 'second' })).status).toBe(204);
    expect(await stored('uploads/again')).toMatchObject({ body: 'second' });
  });

  it('answers 201 with a document where the form asks so', async () => {
    const form = await presign({ Fields: { 'Content-Type': 'image/jpeg', success_action_status: '201' } });
    const { status, text } = await post(form);
    expect([status, text]).toEqual([201, expect.stringContaining('<Key>uploads/one.jpg</Key>')]);
  });

  it('puts the file’s name, without directories, where the key says so', async () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: S3's own notation
    const form = await presign({ Key: 'uploads/u1/${filename}' });
    expect((await post(form, { filename: '../../etc/$&-passwd' })).status).toBe(204);
    expect(await keysIn('uploads/u1/')).toEqual(['uploads/u1/$&-passwd']);
  });

  it('holds the expanded key to the policy', async () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: S3's own notation
    const key = 'uploads/${filename}';
    const conditions = [{ key: 'uploads/cat.jpg' }, { bucket: 'photos' }, ...LOOSE];
    const form = () => signed({ expiration: inAnHour(), conditions }, { key });
    expect((await post(form(), { filename: 'dog.jpg' })).message).toContain('["eq","$key","uploads/cat.jpg"]');
    expect((await post(form(), { filename: 'cat.jpg' })).status).toBe(204);
  });

  describe('refuses', () => {
    const refusedWith = async (form: PresignedPost, change?: Change) => {
      const { status, code, message } = await post(form, change);
      expect(created.filter(({ outcome }) => outcome === 'stored')).toEqual([]);
      return [status, code, message];
    };

    it('an expired form', async () => {
      const form = await presign({ Expires: 60 });
      clock.advance(61_000);
      expect(await refusedWith(form)).toEqual([403, 'AccessDenied', 'Invalid according to Policy: Policy expired.']);
    });

    it('another key than was signed', async () => {
      expect(await refusedWith(await presign(), { fields: { key: 'uploads/two.jpg' } })).toEqual([
        403,
        'AccessDenied',
        'Invalid according to Policy: Policy Condition failed: ["eq","$key","uploads/one.jpg"]',
      ]);
    });

    it('another content type than was signed', async () => {
      const refusal = await refusedWith(await presign(), { fields: { 'Content-Type': 'text/html' } });
      expect(refusal[2]).toBe(
        'Invalid according to Policy: Policy Condition failed: ["eq","$Content-Type","image/jpeg"]',
      );
    });

    it('fields which no condition covers', async () => {
      const refusal = await refusedWith(await presign(), { fields: { 'x-amz-meta-more': '1', 'x-ignore-this': '2' } });
      expect(refusal[2]).toBe('Invalid according to Policy: Extra input fields: x-amz-meta-more');
    });

    it('an altered policy', async () => {
      const form = await presign();
      const policy = Buffer.from(form.fields.Policy ?? '', 'base64')
        .toString()
        .replace('1000', '9000');
      const fields = { Policy: Buffer.from(policy).toString('base64') };
      expect((await refusedWith(form, { fields })).slice(0, 2)).toEqual([403, 'SignatureDoesNotMatch']);
    });

    it('a form that it cannot know the signer of', async () => {
      const form = await presign();
      const credential = form.fields['X-Amz-Credential']?.replace(/^[^/]+/, 'AKIAUNKNOWN') ?? '';
      expect((await refusedWith(form, { fields: { 'X-Amz-Credential': credential } })).slice(0, 2)).toEqual([
        403,
        'InvalidAccessKeyId',
      ]);
    });

    it('a form without policy', async () => {
      const form = { url: `${running.url}/photos`, fields: { key: 'uploads/x' } };
      expect((await refusedWith(form)).slice(0, 2)).toEqual([403, 'AccessDenied']);
    });

    it('a key that the signer itself may not write', async () => {
      const refusal = await refusedWith(await presign({ Key: 'derived/one.jpg' }));
      expect(refusal).toEqual([
        403,
        'AccessDenied',
        expect.stringContaining('not authorized to perform: s3:PutObject'),
      ]);
    });

    it('a larger file than the form allows, with the sizes', async () => {
      const { code, text } = await post(await presign(), { file: 'x'.repeat(1001) });
      expect([code, text]).toEqual([
        'EntityTooLarge',
        expect.stringContaining('<MaxSizeAllowed>1000</MaxSizeAllowed>'),
      ]);
    });

    it('an empty file where the form wants something', async () => {
      const { code, text } = await post(await presign(), { file: '' });
      expect([code, text]).toEqual(['EntityTooSmall', expect.stringContaining('<ProposedSize>0</ProposedSize>')]);
    });

    it('a form without a file', async () => {
      expect((await refusedWith(await presign(), { file: null })).slice(0, 2)).toEqual([400, 'InvalidArgument']);
    });

    it('bytes that do not have the sum signed', async () => {
      const sum = createHash('sha256').update('photo').digest('base64');
      const form = await presign({ Fields: { 'Content-Type': 'image/jpeg', 'x-amz-checksum-sha256': sum } });
      expect((await refusedWith(form, { file: 'other' })).slice(0, 2)).toEqual([400, 'BadDigest']);
      expect((await post(form)).status).toBe(204);
    });

    it('the same field twice', async () => {
      const form = await presign();
      expect((await refusedWith(form, { fields: { KEY: 'uploads/other' } })).slice(0, 2)).toEqual([
        400,
        'InvalidArgument',
      ]);
    });

    it('keys that climb out of the bucket', async () => {
      expect((await refusedWith(await presign({ Key: 'uploads/../../x' }))).slice(0, 2)).toEqual([400, 'InvalidURI']);
    });

    it('a policy that is none', async () => {
      expect((await refusedWith(signed('{}', { key: 'uploads/x' }))).slice(0, 2)).toEqual([
        400,
        'InvalidPolicyDocument',
      ]);
      expect((await refusedWith(signed('no JSON', { key: 'uploads/x' }))).slice(0, 2)).toEqual([
        400,
        'InvalidPolicyDocument',
      ]);
    });

    it('a policy for another bucket', async () => {
      const policy = { expiration: inAnHour(), conditions: [{ bucket: 'other' }, { key: 'uploads/x' }, ...LOOSE] };
      expect((await refusedWith(signed(policy, { key: 'uploads/x' })))[2]).toContain('["eq","$bucket","other"]');
    });

    it('another bucket field than the URL’s', async () => {
      const policy = { expiration: inAnHour(), conditions: [{ bucket: 'other' }, { key: 'uploads/x' }, ...LOOSE] };
      expect((await refusedWith(signed(policy, { key: 'uploads/x', bucket: 'other' }))).slice(0, 2)).toEqual([
        403,
        'AccessDenied',
      ]);
    });

    it('a body that is no form', async () => {
      const answer = await fetch(`${running.url}/photos`, {
        method: 'POST',
        headers: { 'content-type': 'multipart/form-data; boundary=x' },
        body: 'nothing',
      });
      expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('MalformedPOSTRequest')]);
    });
  });

  it('cuts an endless upload off while it arrives', async () => {
    const form = await presign();
    const fields = Object.entries(form.fields).map(
      ([name, value]) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    );
    const head = `${fields.join('')}--b\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n`;
    const { hostname, port } = new URL(running.url);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined);
    socket.write(
      `POST /photos HTTP/1.1\r\nHost: ${hostname}:${port}\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 9000000000\r\n\r\n${head}`,
    );
    const sending = setInterval(() => socket.write(Buffer.alloc(500)), 5);
    const answer = await new Promise<string>((resolve) => socket.once('data', (data) => resolve(data.toString())));
    await new Promise((resolve) => socket.once('close', resolve));
    clearInterval(sending);
    expect(answer).toContain('<Code>EntityTooLarge</Code>');
  });

  it('stores nothing of an upload that breaks off', async () => {
    const form = await presign({ Key: 'uploads/broken' });
    const body = Object.entries(form.fields).map(
      ([name, value]) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    );
    const { hostname, port } = new URL(running.url);
    const socket = connect(Number(port), hostname);
    socket.write(
      `POST /photos HTTP/1.1\r\nHost: ${hostname}:${port}\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 90000\r\n\r\n${body.join('')}--b\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\nhalf`,
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect([await keysIn('uploads/broken'), created]).toEqual([[], []]);
  });

  describe('CORS', () => {
    it('answers a preflight by the bucket’s rules', async () => {
      const ask = (origin: string, headers: string) =>
        fetch(`${running.url}/photos`, {
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

    it('lets a page of an allowed origin read refusals, too', async () => {
      const answer = await fetch(`${running.url}/photos`, {
        method: 'POST',
        headers: { origin: 'https://app.example.com' },
        body: new FormData(),
      });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.headers.get('access-control-allow-origin')).toBe('https://app.example.com');
    });
  });
});
