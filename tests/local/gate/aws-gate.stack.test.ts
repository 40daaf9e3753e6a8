import { GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { PublishCommand } from '@aws-sdk/client-sns';
import {
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type GatedStack, QUEUE, startGatedStack, TABLE, TOPIC } from './gated-stack.ts';

let stack: GatedStack;
beforeAll(async () => {
  stack = await startGatedStack();
});
beforeEach(() => stack.gate.faults.clear());
afterAll(() => stack.stop());

describe('createAwsGate', () => {
  describe('for DynamoDB', () => {
    it('allows the action and refuses the others', async () => {
      const item = { pk: { S: 't1' } };
      await stack.dynamodb('Writer').send(new PutItemCommand({ TableName: 'notes', Item: item }));
      await expect(
        stack.dynamodb('Writer').send(new GetItemCommand({ TableName: 'notes', Key: item })),
      ).rejects.toMatchObject({
        name: 'AccessDeniedException',
        message: expect.stringContaining(`dynamodb:GetItem on resource: ${TABLE} because`),
      });
    });

    it('tells an index from its table', async () => {
      const query = (IndexName: string | undefined, name: string) =>
        stack.dynamodb('Writer').send(
          new QueryCommand({
            TableName: 'notes',
            ...(IndexName && { IndexName }),
            KeyConditionExpression: `${name} = :one`,
            ExpressionAttributeValues: { ':one': { S: 'a' } },
          }),
        );
      await expect(query('byAuthor', 'author')).resolves.toMatchObject({ Count: 0 });
      await expect(query(undefined, 'pk')).rejects.toMatchObject({ name: 'AccessDeniedException' });
    });

    it('holds a tenant to its leading keys', async () => {
      const get = (pk: string) =>
        stack.dynamodb('Tenant').send(new GetItemCommand({ TableName: 'notes', Key: { pk: { S: pk } } }));
      await expect(get('t1')).resolves.toBeDefined();
      await expect(get('t2')).rejects.toMatchObject({ name: 'AccessDeniedException' });
    });

    it('throttles a table as often as a test asks', async () => {
      stack.gate.faults.throttleTable('notes', 1);
      const put = () =>
        stack.dynamodb('Writer').send(new PutItemCommand({ TableName: 'notes', Item: { pk: { S: 'x' } } }));
      await expect(put()).rejects.toMatchObject({ name: 'ProvisionedThroughputExceededException' });
      await expect(put()).resolves.toBeDefined();
    });
  });

  describe('for SQS', () => {
    it('lets a role send, alone and in batches', async () => {
      await stack.sqs('Writer').send(new SendMessageCommand({ QueueUrl: stack.queueUrl, MessageBody: 'one' }));
      const batch = new SendMessageBatchCommand({
        QueueUrl: stack.queueUrl,
        Entries: [{ Id: '1', MessageBody: 'two' }],
      });
      await expect(stack.sqs('Writer').send(batch)).resolves.toMatchObject({ Successful: [{ Id: '1' }] });
    });

    it('refuses to let the sender receive', async () => {
      const receive = stack.sqs('Writer').send(new ReceiveMessageCommand({ QueueUrl: stack.queueUrl }));
      await expect(receive).rejects.toMatchObject({
        name: expect.stringMatching(/^AccessDenied/),
        message: expect.stringContaining(`sqs:ReceiveMessage on resource: ${QUEUE}`),
      });
    });

    it('counts a batch of deletions as deletion', async () => {
      await stack.sqs('Writer').send(new SendMessageCommand({ QueueUrl: stack.queueUrl, MessageBody: 'gone' }));
      const { Messages } = await stack.sqs('Tenant').send(new ReceiveMessageCommand({ QueueUrl: stack.queueUrl }));
      const Entries = [{ Id: '1', ReceiptHandle: Messages?.[0]?.ReceiptHandle ?? '' }];
      const remove = stack.sqs('Tenant').send(new DeleteMessageBatchCommand({ QueueUrl: stack.queueUrl, Entries }));
      await expect(remove).resolves.toMatchObject({ Successful: [{ Id: '1' }] });
    });
  });

  describe('for SNS', () => {
    it('is not reached by a request that was allowed for SQS', async () => {
      const client = stack.sqs('Writer');
      const MessageBody = `&Action=Publish&TopicArn=${TOPIC}&Message=smuggled&`;
      client.middlewareStack.add(
        (next) => (args) => {
          const { headers } = args.request as { headers: Record<string, string> };
          headers['content-type'] = 'application/x-www-form-urlencoded';
          return next(args);
        },
        { step: 'build' },
      );
      const sent = await client.send(new SendMessageCommand({ QueueUrl: stack.queueUrl, MessageBody }));
      expect(sent.MD5OfMessageBody).toBeDefined();
    });

    it('lets a role publish to its topic only', async () => {
      const publish = (TopicArn: string) => stack.sns('Writer').send(new PublishCommand({ TopicArn, Message: 'm' }));
      await expect(publish(TOPIC)).resolves.toBeDefined();
      await expect(publish(`${TOPIC}-other`)).rejects.toMatchObject({ name: 'AuthorizationErrorException' });
    });
  });
});
