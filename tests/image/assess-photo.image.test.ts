import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { accessTableOf } from '../../bin/deployment.ts';
import { WorkspaceId } from '../../functions/platform/ids.ts';
import { API_PREFIX } from '../../functions/platform/names/routes.ts';
import { issueKey } from '../../functions/workspaces/key-issuer-store.ts';
import { type Client, ended, submit } from '../journeys/client.ts';
import { smallPhoto } from '../journeys/photos.ts';
import { invokeImage, runInImage } from './container.ts';
import { stackWithoutPhotoWorker } from './quiet-stack.ts';

/** Built from functions/pipeline/Dockerfile by .ci/run, which also runs this file. */
const IMAGE = 'localhost/fettle-assess-photo';

const ImageFunction = z.object({
  Role: z.string(),
  ImageConfig: z.object({ Command: z.array(z.string()) }),
  Environment: z.object({ Variables: z.record(z.string(), z.string()) }),
  MemorySize: z.number(),
  Timeout: z.number(),
});

let stack: Awaited<ReturnType<typeof stackWithoutPhotoWorker>>;
let client: Client;

beforeAll(async () => {
  stack = await stackWithoutPhotoWorker();
  const { region, credentials, awsUrl, apiUrl, template } = stack;
  const outputs = Object.fromEntries(Object.entries(template.outputs).map(([name, value]) => [name, String(value)]));
  const table = accessTableOf({ environmentName: 'dev', region, outputs, local: { endpoint: awsUrl, credentials } });
  const { secret } = await issueKey(table, { workspaceId: WorkspaceId.parse('image'), role: 'member' }, new Date());
  client = { url: `${apiUrl}${API_PREFIX}`, key: secret };
});

afterAll(() => stack?.stop());

/** The only resource of a type whose logical id contains `part`. */
function resource(type: string, part: string) {
  const found = [...stack.template.resources.values()].find(
    (each) => each.type === type && each.logicalId.includes(part),
  );
  if (!found) throw new Error(`the template has no ${type} ${part}`);
  return found;
}

/** The event that Lambda makes of the next message in the photos queue. */
async function nextPhotoEvent() {
  const queue = resource('AWS::SQS::Queue', 'PipelinePhotosQueue');
  const sqs = new SQSClient({ region: stack.region, endpoint: stack.awsUrl, credentials: stack.credentials });
  const { Messages: [message] = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: queue.physicalId,
      WaitTimeSeconds: 20,
      MessageSystemAttributeNames: ['All'],
    }),
  );
  if (!message) throw new Error('no event came into the photos queue');
  const record = {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: message.Attributes,
    messageAttributes: {},
    eventSource: 'aws:sqs',
    eventSourceARN: queue.arn,
    awsRegion: stack.region,
  };
  return { Records: [record] };
}

function invokeAssessPhoto(event: unknown): Promise<unknown> {
  const { arn = '', physicalId, properties } = resource('AWS::Lambda::Function', 'AssessPhoto');
  const { Role, ImageConfig, Environment, MemorySize, Timeout } = ImageFunction.parse(properties);
  const role = [...stack.template.resources.values()].find((each) => each.arn === Role);
  const { accessKeyId, secretAccessKey } = stack.credentialsFor(role?.logicalId ?? '');
  const environment = {
    ...Environment.Variables,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_ENDPOINT_URL: stack.awsUrl,
    AWS_REGION: stack.region,
    AWS_LAMBDA_FUNCTION_NAME: physicalId,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(MemorySize),
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_LOG_GROUP_NAME: physicalId,
    AWS_LAMBDA_LOG_STREAM_NAME: 'image',
  };
  const run = { image: IMAGE, command: ImageConfig.Command, environment, functionArn: arn, timeoutSeconds: Timeout };
  return invokeImage(run, event);
}

describe('the image of assess-photo', () => {
  it('runs without privileges, and writes to /tmp only', () => {
    const wrote = runInImage(
      IMAGE,
      'id -u; for dir in /var/task /var /tmp; do touch $dir/file 2>&- && echo $dir; done; true',
    );
    expect(wrote.trim().split('\n')).toEqual(['993', '/tmp']);
  });

  it('assesses a photo that S3 has announced, with its own native libraries and models', async () => {
    const jobId = await submit(client, [await smallPhoto(1, { widthPx: 1600, heightPx: 1200 })]);

    const answer = await invokeAssessPhoto(await nextPhotoEvent());

    const job = await ended(client, jobId);
    expect(answer).toEqual({ batchItemFailures: [] });
    expect(job.assessment?.photos).toMatchObject([{ status: 'assessed', models: { photo: expect.any(String) } }]);
  });
});
