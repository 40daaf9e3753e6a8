import { createHmac } from 'node:crypto';
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost, type PresignedPost, type PresignedPostOptions } from '@aws-sdk/s3-presigned-post';
import { type MovableClock, movableClock } from '../../../local/clock.ts';
import type { OnObjectCreated } from '../../../local/types.ts';
import { allow, fixtureRole, fixtureTemplate } from '../fixture-template.ts';
import { type RunningGate, startGate } from '../gate/running-gate.ts';

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

/** What a test sends otherwise than the form says; no file at all when `null`. */
export type Change = {
  readonly fields?: { readonly [name: string]: string };
  readonly file?: string | Uint8Array<ArrayBuffer> | null;
  readonly filename?: string;
};

/** A gate in front of a bucket that `Uploader` may write to, under `uploads/`. */
export type UploadBucket = RunningGate & {
  readonly clock: MovableClock;
  /** what was announced of objects since the start, with what became of it */
  readonly created: readonly Created[];
  /** an expiration for a policy */
  readonly inAnHour: () => string;
  /** a form signed by the SDK */
  readonly presign: (options?: Partial<PresignedPostOptions>) => Promise<PresignedPost>;
  /** a form signed by hand, for policies that the SDK would not make */
  readonly signed: (policy: object | string, more?: { readonly [name: string]: string }) => PresignedPost;
  readonly stored: (
    key: string,
  ) => Promise<{ body: string | undefined; type: string | undefined; metadata: object | undefined }>;
  readonly keysIn: (prefix: string) => Promise<string[]>;
  /** at most 1000 objects, with their sizes */
  readonly objectsIn: (prefix: string) => Promise<{ key: string; bytes: number }[]>;
};

export async function startUploadBucket(): Promise<UploadBucket> {
  const clock = movableClock();
  const created: Created[] = [];
  const running = await startGate(template, { clock, onObjectCreated: (write) => follow(created, write) });
  const s3 = (role?: string) => new S3Client({ ...running.client(role), forcePathStyle: true });
  await s3().send(new CreateBucketCommand({ Bucket: 'photos' }));
  return {
    ...running,
    clock,
    created,
    inAnHour: () => new Date(clock.now() + 3600_000).toISOString(),
    presign: (options = {}) =>
      createPresignedPost(s3('Uploader'), {
        Bucket: 'photos',
        Key: 'uploads/one.jpg',
        Fields: { 'Content-Type': 'image/jpeg' },
        Conditions: [['content-length-range', 1, 1000]],
        Expires: 600,
        ...options,
      }),
    signed: (policy, more = {}) => signed(running, policy, more),
    ...contents(s3()),
  };
}

/** What the bucket holds, as the operator sees it. */
function contents(s3: S3Client): Pick<UploadBucket, 'stored' | 'keysIn' | 'objectsIn'> {
  const objectsIn = async (prefix: string) => {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: 'photos', Prefix: prefix }));
    return Contents.map(({ Key = '', Size = 0 }) => ({ key: Key, bytes: Size }));
  };
  return {
    objectsIn,
    stored: async (key) => {
      const { Body, ContentType, Metadata } = await s3.send(new GetObjectCommand({ Bucket: 'photos', Key: key }));
      return { body: await Body?.transformToString(), type: ContentType, metadata: Metadata };
    },
    keysIn: async (prefix) => (await objectsIn(prefix)).map(({ key }) => key),
  };
}

function follow(created: Created[], write: Parameters<OnObjectCreated>[0]): ReturnType<OnObjectCreated> {
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
}

/** Sends a form as a browser would. */
export async function post(
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

function signed(
  running: RunningGate,
  policy: object | string,
  more: { readonly [name: string]: string },
): PresignedPost {
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

/** The conditions that a form signed by hand needs, whatever else its policy says. */
export const LOOSE = [
  ['starts-with', '$x-amz-algorithm', ''],
  ['starts-with', '$x-amz-credential', ''],
  ['starts-with', '$x-amz-date', ''],
];
