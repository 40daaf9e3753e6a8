import { cannotRun } from '../errors.ts';
import type { Emulator } from '../gate/forward.ts';
import { readProperties } from '../read-properties.ts';
import { Bucket, STORAGE } from '../template/known/storage.ts';
import { resourcesOf } from '../template.ts';
import type { Json, Log, Resource, Template } from '../types.ts';
import type { MessageEmulators } from './message-emulators.ts';
import { ensureTable } from './tables.ts';

/** Creates the template's missing buckets, queues, topics and tables, and updates the settings of existing ones. */
export async function provision(
  template: Template,
  emulators: MessageEmulators,
  tables: Emulator,
  log: Log,
): Promise<void> {
  for (const bucket of resourcesOf(template, 'AWS::S3::Bucket')) ensureBucket(emulators, bucket);
  for (const queue of resourcesOf(template, 'AWS::SQS::Queue')) ensureQueue(emulators, queue);
  // Topics hold no messages. Recreated, they have no subscription that the template no longer has.
  for (const arn of [...emulators.topics.topics.keys()]) emulators.topics.deleteTopic(arn);
  for (const topic of resourcesOf(template, 'AWS::SNS::Topic')) ensureTopic(emulators, topic, template.region);
  for (const subscription of resourcesOf(template, 'AWS::SNS::Subscription'))
    ensureSubscription(emulators, subscription, log);
  const wanted = resourcesOf(template, 'AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable');
  await Promise.all(wanted.map((table) => ensureTable(tables, table)));
}

function ensureBucket({ buckets, store }: MessageEmulators, bucket: Resource): void {
  buckets.createBucket(bucket.physicalId);
  const { VersioningConfiguration } = readProperties(bucket, Bucket);
  if (VersioningConfiguration?.Status === 'Suspended')
    throw cannotRun(`${bucket.logicalId} (${bucket.type})`, 'suspended versioning is not supported');
  if (VersioningConfiguration) store.versioned.add(bucket.physicalId);
}

const QUEUE_ATTRIBUTES = [
  'VisibilityTimeout',
  'MessageRetentionPeriod',
  'DelaySeconds',
  'MaximumMessageSize',
  'ReceiveMessageWaitTimeSeconds',
  'RedrivePolicy',
  'FifoQueue',
  'ContentBasedDeduplication',
] as const;

function ensureQueue({ queues }: MessageEmulators, resource: Resource): void {
  const { QueueName = '' } = resource.attributes;
  const attributes = attributesOf(resource);
  const existing = queues.getQueueByName(QueueName);
  const queue = existing ?? queues.createQueue(QueueName, resource.physicalId, resource.arn ?? '', attributes);
  // The address of this run, for GetQueueUrl.
  Object.assign(queue, { url: resource.physicalId });
  // Removes a policy that the template no longer has.
  queue.setAttributes({ RedrivePolicy: '', ...attributes });
}

function attributesOf(resource: Resource): Record<string, string> {
  const schema = STORAGE[resource.type]?.honours;
  if (!schema) throw cannotRun(resource.logicalId, 'is no queue');
  const properties = readProperties(resource, schema);
  return Object.fromEntries(
    QUEUE_ATTRIBUTES.flatMap((name) => {
      const value = properties[name];
      if (value === undefined) return [];
      return [[name, typeof value === 'object' ? JSON.stringify(value) : String(value)]];
    }),
  );
}

function ensureTopic({ topics }: MessageEmulators, { attributes, properties }: Resource, region: string): void {
  const given = Object.entries(properties).filter(([name]) => ['DisplayName', 'FifoTopic'].includes(name));
  const { TopicName = '' } = attributes;
  topics.createTopic(
    TopicName,
    Object.fromEntries(given.map(([name, value]) => [name, String(value)])),
    undefined,
    region,
  );
}

function ensureSubscription({ topics }: MessageEmulators, resource: Resource, log: Log): void {
  const { TopicArn, Protocol, Endpoint, ...settings } = resource.properties;
  if (Protocol !== 'sqs') {
    log(`${resource.logicalId}: ${text(Protocol)} to ${text(Endpoint)} is shown on this terminal instead`);
    return;
  }
  const attributes = Object.entries(settings).map(([name, value]) => [name, text(value)]);
  topics.subscribe(text(TopicArn), text(Protocol), text(Endpoint), Object.fromEntries(attributes));
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
