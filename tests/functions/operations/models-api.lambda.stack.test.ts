import { setTimeout as sleep } from 'node:timers/promises';
import { CreateBucketCommand, DeleteBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, describe, expect, it } from 'vitest';
import type { ModelView } from '../../../functions/condition/model-card.ts';
import { context, requestTo } from '../platform/lambda-events.ts';
import { startStores } from '../stores.ts';

const stores = await startStores();
afterAll(stores.close);
const { handler } = await import('../../../functions/operations/models-api.lambda.ts');
const { CACHED_FOR_MILLISECONDS } = await import('../../../functions/operations/readiness.ts');

async function ready() {
  await sleep(CACHED_FOR_MILLISECONDS + 1);
  const { statusCode, body } = await handler({ ...requestTo('getReady') }, context);
  return { statusCode, ...JSON.parse(body) };
}

describe('models-api', () => {
  it('is ready when all that a job needs works', async () => {
    const { statusCode, checks } = await ready();
    expect(checks).toMatchObject({
      table: { status: 'ok' },
      bucket: { status: 'ok' },
      queue: { status: 'ok' },
      models: { status: 'ok' },
    });
    expect(statusCode).toBe(200);
  });

  it('is not ready without its bucket, and ready again with it', async () => {
    const s3 = new S3Client({});
    await s3.send(new DeleteBucketCommand({ Bucket: 'media' }));
    expect(await ready()).toMatchObject({
      statusCode: 503,
      status: 'not_ready',
      checks: { bucket: { status: 'failed' } },
    });
    await s3.send(new CreateBucketCommand({ Bucket: 'media' }));
    expect(await ready()).toMatchObject({ statusCode: 200, status: 'ready' });
  });

  it('gives everybody the same answer for a moment', async () => {
    const first = await ready();
    const { body } = await handler(requestTo('getReady'), context);
    expect(JSON.parse(body).checks).toEqual(first.checks);
  });

  it('lists each model in use once, and each question at one of them', async () => {
    const { body } = await handler(requestTo('listModels'), context);
    const models: ModelView[] = JSON.parse(body).models;

    expect(new Set(models.map(({ name }) => name)).size).toBe(models.length);
    expect(models.flatMap(({ usedFor }) => usedFor).toSorted()).toEqual(['subject', 'surface', 'vehicle']);
  });
});
