import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { worker, writeAssembly } from './fixtures/assembly.ts';
import { type Running, run, until } from './fixtures/running.ts';

/** The longest visibility timeout of the queues below, in milliseconds. */
const VISIBILITY_MS = 30_000;

let running: Running;

beforeAll(async () => {
  const only = { FilterCriteria: { Filters: [{ Pattern: JSON.stringify({ body: { kind: ['wanted'] } }) }] } };
  const notification = {
    Event: 's3:ObjectCreated:*',
    Queue: { 'Fn::GetAtt': ['UploadsQueue', 'Arn'] },
    Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: 'uploads/' }] } },
  };
  const assembly = writeAssembly({
    ...worker('Plain', 'drain.handler'),
    ...worker('Single', 'drain.handler', { mapping: { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } } }),
    ...worker('Filtered', 'drain.handler', { mapping: only }),
    ...worker('Uploads', 'uploads.handler'),
    Disabled: { Type: 'AWS::SQS::Queue' },
    Media: {
      Type: 'AWS::S3::Bucket',
      Properties: { NotificationConfiguration: { QueueConfigurations: [notification] } },
    },
    UploadsPolicy: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: {
        Queues: [{ Ref: 'UploadsQueue' }],
        PolicyDocument: {
          Statement: [
            {
              Effect: 'Allow',
              Action: 'sqs:SendMessage',
              Principal: { Service: 's3.amazonaws.com' },
              Resource: { 'Fn::GetAtt': ['UploadsQueue', 'Arn'] },
            },
          ],
        },
      },
    },
  });
  running = await run(assembly);
});

afterAll(async () => {
  await running.stack.stop();
});

const logged = (functionId: string, line: object) => running.logOf(functionId).includes(JSON.stringify(line));
const passVisibility = () => running.clock.advance(VISIBILITY_MS);

describe('an event source mapping', () => {
  it('deletes what the function dealt with', async () => {
    await running.send('PlainQueue', { name: 'fine' });
    await until('it is done', () => logged('Plain', { done: 'fine' }));
    await until('the queue is empty', () => running.messagesIn('PlainQueue') === 0);
  });

  it('keeps only those of a batch that failed', async () => {
    await running.send('PlainQueue', { name: 'hold', holdMs: 200 });
    await running.send('PlainQueue', { name: 'good' }, { name: 'bad', fail: true });
    await until('the good one is done', () => logged('Plain', { done: 'good' }));
    await until('the bad one alone is left', () => running.messagesIn('PlainQueue') === 1);
  });

  it('moves a message that fails again and again to the dead-letter queue', async () => {
    const before = running.messagesIn('PlainDeadLetters');
    await running.send('PlainQueue', { name: 'poison', fail: true });
    await until('it came once', () => logged('Plain', { received: 'poison', times: 1 }));
    passVisibility();
    await until('it came twice', () => logged('Plain', { received: 'poison', times: 2 }));
    passVisibility();
    await until('it is in the dead-letter queue', () => running.messagesIn('PlainDeadLetters') > before);
  });

  it('restarts the receive count in the dead-letter queue', async () => {
    const sqs = new SQSClient({
      endpoint: running.stack.awsUrl,
      region: running.stack.region,
      credentials: running.stack.credentials,
    });
    const QueueUrl = running.stack.template.resources.get('PlainDeadLetters')?.physicalId;
    const MessageSystemAttributeNames = ['ApproximateReceiveCount' as const];
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MessageSystemAttributeNames }));
    expect(Messages?.[0]?.Attributes?.ApproximateReceiveCount).toBe('1');
  });

  it('deletes nothing of a batch whose invocation failed', async () => {
    const before = running.messagesIn('SingleQueue');
    await running.send('SingleQueue', { name: 'thrower', all: true });
    await until('it came', () => logged('Single', { received: 'thrower', times: 1 }));
    expect(running.messagesIn('SingleQueue')).toBe(before + 1);
  });

  it('gives a batch no more messages than its size', async () => {
    await running.send('SingleQueue', { name: 'a' }, { name: 'b' }, { name: 'c' });
    await until('all are done', () => ['a', 'b', 'c'].every((name) => logged('Single', { done: name })));
    expect(['a', 'b', 'c'].every((name) => logged('Single', { batch: [name] }))).toBe(true);
  });

  it('drops what its filter does not want', async () => {
    await running.send('FilteredQueue', { name: 'no', kind: 'other' }, { name: 'yes', kind: 'wanted' });
    await until('the wanted one is done', () => logged('Filtered', { done: 'yes' }));
    await until('both are gone', () => running.messagesIn('FilteredQueue') === 0);
    expect(logged('Filtered', { done: 'no' })).toBe(false);
  });
});

describe('a bucket', () => {
  const put = async (Key: string) => {
    const { awsUrl, region, credentials } = running.stack;
    const s3 = new S3Client({ endpoint: awsUrl, region, credentials, forcePathStyle: true });
    await s3.send(new PutObjectCommand({ Bucket: 'fixture-media', Key, Body: 'a photo' }));
  };

  it('tells its queue of a stored object', async () => {
    await put('uploads/one two.jpg');
    const told = { event: 'ObjectCreated:Put', bucket: 'fixture-media', key: 'uploads/one+two.jpg', size: 7 };
    await until('the function was told', () => logged('Uploads', told));
  });

  it('tells nothing of keys outside of the prefix', async () => {
    await put('elsewhere/first.jpg');
    await put('uploads/second.jpg');
    await until('the second is told', () => running.logOf('Uploads').some((line) => line.includes('second')));
    expect(running.logOf('Uploads').some((line) => line.includes('first'))).toBe(false);
  });
});
