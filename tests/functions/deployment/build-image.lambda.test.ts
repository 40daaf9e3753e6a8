import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Context } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { context } from '../platform/lambda-events.ts';

type Call = { readonly what: string; readonly contentType: string | undefined; readonly body: Record<string, unknown> };

/** Stands for CodeBuild's API and for the presigned URL of CloudFormation. */
let calls: Call[];
let replies: Record<string, { readonly status: number; readonly body: unknown }>;
let url: string;
const server = createServer(async (request, response) => {
  const body = await textOf(request);
  const target = request.headers['x-amz-target'];
  const what = target === undefined ? `${request.method} ${request.url}` : String(target);
  calls.push({ what, contentType: request.headers['content-type'], body: JSON.parse(body) });
  const reply = replies[what] ?? { status: 200, body: {} };
  response.writeHead(reply.status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(reply.body));
});

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

let handler: (event: object, context: Context) => Promise<unknown>;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  Object.assign(process.env, {
    IMAGE_PROJECT: 'image-project',
    AWS_ENDPOINT_URL_CODEBUILD: url,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'id',
    AWS_SECRET_ACCESS_KEY: 'secret',
  });
  ({ handler } = await import('../../../functions/deployment/build-image.lambda.ts'));
});
afterAll(() => server.close());
beforeEach(() => {
  calls = [];
  replies = {};
});

const START = 'CodeBuild_20161006.StartBuild';
const FIND = 'CodeBuild_20161006.BatchGetBuilds';
const ANSWER = 'PUT /answer?signature=1';

const asked = () => ({
  ResponseURL: `${url}/answer?signature=1`,
  StackId: 'stack',
  RequestId: 'request-1',
  LogicalResourceId: 'Image',
});

const request = (RequestType: string) => ({
  ...asked(),
  RequestType,
  ResourceType: 'Custom::ContainerImage',
  ServiceToken: 'arn',
  ResourceProperties: { ServiceToken: 'arn', ServiceTimeout: '2700', imageTag: 'abc' },
});

const ended = {
  source: 'aws.codebuild',
  'detail-type': 'CodeBuild Build State Change',
  detail: { 'build-id': 'build-1' },
};

const build = (more: object, variables = [{ name: 'CLOUDFORMATION_REQUEST', value: JSON.stringify(asked()) }]) => ({
  status: 200,
  body: { builds: [{ environment: { environmentVariables: variables }, logs: { deepLink: 'https://log' }, ...more }] },
});

describe('build-image', () => {
  it.each(['Create', 'Update'])('starts a build for a %s, and leaves CloudFormation waiting', async (type) => {
    await handler(request(type), context);
    expect(calls).toMatchObject([
      {
        what: START,
        body: {
          projectName: 'image-project',
          idempotencyToken: 'request-1',
          environmentVariablesOverride: [
            { name: 'IMAGE_TAG', value: 'abc' },
            { name: 'CLOUDFORMATION_REQUEST', value: JSON.stringify(asked()) },
          ],
        },
      },
    ]);
  });

  it('answers at once when the build cannot be started', async () => {
    replies[START] = {
      status: 400,
      body: { __type: 'AccountLimitExceededException', message: 'Cannot have more than 0 builds in queue' },
    };
    await handler(request('Create'), context);
    expect(calls.at(-1)).toMatchObject({
      what: ANSWER,
      body: {
        Status: 'FAILED',
        Reason: 'The build of the image could not be started: Cannot have more than 0 builds in queue',
      },
    });
  });

  it('has nothing to delete', async () => {
    await handler(request('Delete'), context);
    expect(calls.map(({ what, body }) => [what, body.Status])).toEqual([[ANSWER, 'SUCCESS']]);
  });

  it('answers the request of a build that succeeded, as its URL is signed', async () => {
    replies[FIND] = build({ buildStatus: 'SUCCEEDED' });
    await handler(ended, context);
    expect(calls.at(-1)).toEqual({
      what: ANSWER,
      contentType: undefined,
      body: {
        Status: 'SUCCESS',
        StackId: 'stack',
        RequestId: 'request-1',
        LogicalResourceId: 'Image',
        PhysicalResourceId: 'Image',
      },
    });
  });

  it('says why a build failed, with the link to its log', async () => {
    replies[FIND] = build({
      buildStatus: 'FAILED',
      phases: [
        { phaseType: 'DOWNLOAD_SOURCE', phaseStatus: 'SUCCEEDED' },
        { phaseType: 'BUILD', phaseStatus: 'FAILED', contexts: [{ message: 'exit status 1' }] },
      ],
    });
    await handler(ended, context);
    expect(calls.at(-1)?.body).toMatchObject({
      Status: 'FAILED',
      Reason: 'The build of the image failed: BUILD FAILED. exit status 1 Log: https://log',
    });
  });

  it('keeps the link whatever CodeBuild says', async () => {
    const contexts = [{ message: 'x'.repeat(10_000) }];
    replies[FIND] = build({ buildStatus: 'FAILED', phases: [{ phaseType: 'BUILD', phaseStatus: 'FAILED', contexts }] });
    await handler(ended, context);
    expect(String(calls.at(-1)?.body.Reason)).toMatch(/^.{1000,2100} Log: https:\/\/log$/);
  });

  it('answers nobody when a person started the build', async () => {
    replies[FIND] = build({ buildStatus: 'FAILED' }, []);
    await handler(ended, context);
    expect(calls.map(({ what }) => what)).toEqual([FIND]);
  });

  it('throws when CloudFormation takes no answer, so that Lambda tries again', async () => {
    replies[ANSWER] = { status: 503, body: {} };
    await expect(handler(request('Delete'), context)).rejects.toThrow('503');
  });
});
