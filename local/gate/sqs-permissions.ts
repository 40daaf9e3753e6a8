import { jsonOperation, textOf } from './json-operation.ts';
import { permission, type RequiredPermissions } from './service-request.ts';

/** IAM has no actions for batches: SQS authorizes the single operation. */
const SINGLE: { readonly [operation: string]: string } = {
  SendMessageBatch: 'SendMessage',
  DeleteMessageBatch: 'DeleteMessage',
  ChangeMessageVisibilityBatch: 'ChangeMessageVisibility',
};

/** The SQS permission that a request requires, on the queue in its URL or name. */
export const sqsPermissions: RequiredPermissions = (request, { partition, region, accountId }) => {
  const { operation, input } = jsonOperation(request);
  const queueUrl = textOf(input, 'QueueUrl');
  const byName = operation === 'GetQueueUrl' || operation === 'CreateQueue';
  const name = (byName ? textOf(input, 'QueueName') : queueUrl.slice(queueUrl.lastIndexOf('/') + 1)) || '*';
  return [permission(`sqs:${SINGLE[operation] ?? operation}`, `arn:${partition}:sqs:${region}:${accountId}:${name}`)];
};
