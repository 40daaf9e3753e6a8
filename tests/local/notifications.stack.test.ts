import { mkdirSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { type MessageEmulators, startMessageEmulators } from '../../local/emulators/message-emulators.ts';
import { provision } from '../../local/emulators/provision.ts';
import { startTableEmulator } from '../../local/emulators/tables.ts';
import { bucketNotifications } from '../../local/events/bucket-notifications.ts';
import { loadTemplate } from '../../local/template.ts';
import { freshDirectory, writeAssembly } from './fixtures/assembly.ts';

const PLACE = { region: 'us-east-1', accountId: '000000000000', awsUrl: 'http://127.0.0.1:1' };
const QUEUE_ARN = { 'Fn::GetAtt': ['Told', 'Arn'] };
const STATEMENT = {
  Effect: 'Allow',
  Action: 'sqs:SendMessage',
  Principal: { Service: 's3.amazonaws.com' },
  Resource: QUEUE_ARN,
};
const template = loadTemplate(
  writeAssembly({
    Told: { Type: 'AWS::SQS::Queue' },
    May: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: { Queues: [{ Ref: 'Told' }], PolicyDocument: { Statement: [STATEMENT] } },
    },
    Media: {
      Type: 'AWS::S3::Bucket',
      Properties: {
        BucketName: 'media',
        NotificationConfiguration: { QueueConfigurations: [{ Event: 's3:ObjectCreated:*', Queue: QUEUE_ARN }] },
      },
    },
  }),
  PLACE,
);
const WRITE = {
  bucket: 'media',
  key: 'photo',
  eventName: 'ObjectCreated:Put',
  principalId: 'AWS:me',
  sourceIp: '127.0.0.1',
} as const;

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** The parts that notifications work on, over a data directory that the next start finds again. */
async function start(dataDir: string) {
  mkdirSync(dataDir, { recursive: true });
  const emulators = await startMessageEmulators(dataDir, 'us-east-1');
  const tables = startTableEmulator(freshDirectory());
  await provision(template, emulators, tables.call, () => undefined);
  const notifications = bucketNotifications(template, emulators, dataDir);
  const close = async () => {
    notifications.close();
    await tables.close();
    await emulators.close();
  };
  return { emulators, notifications, close };
}

const told = ({ queues }: MessageEmulators) => queues.getQueueByName('fixture-Told')?.messages.length;

describe('bucketNotifications', () => {
  it('tells of an object that was stored when the runner was killed, at the next start', async () => {
    const dataDir = freshDirectory();
    const first = await start(dataDir);
    first.notifications.onObjectCreated(WRITE);
    first.emulators.buckets.putObject('media', 'photo', Buffer.from('x'));
    await first.close();
    const second = await start(dataDir);
    open.push(second.close);
    expect(told(second.emulators)).toBe(1);
  });

  it('tells nothing of an object that was not stored yet when the runner was killed', async () => {
    const dataDir = freshDirectory();
    const first = await start(dataDir);
    first.emulators.buckets.putObject('media', 'photo', Buffer.from('an older one'));
    await new Promise((resolve) => setTimeout(resolve, 5));
    first.notifications.onObjectCreated(WRITE);
    await first.close();
    const second = await start(dataDir);
    open.push(second.close);
    expect(told(second.emulators)).toBe(0);
  });

  it('tells once of an object whose event was queued', async () => {
    const dataDir = freshDirectory();
    const first = await start(dataDir);
    const pending = first.notifications.onObjectCreated(WRITE);
    first.emulators.buckets.putObject('media', 'photo', Buffer.from('x'));
    pending?.stored();
    await first.close();
    const second = await start(dataDir);
    open.push(second.close);
    expect(told(second.emulators)).toBe(1);
  });

  it('forgets a write that was refused', async () => {
    const dataDir = freshDirectory();
    const first = await start(dataDir);
    first.notifications.onObjectCreated(WRITE)?.refused();
    await first.close();
    const second = await start(dataDir);
    open.push(second.close);
    expect(told(second.emulators)).toBe(0);
  });
});
