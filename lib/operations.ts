import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ENV } from '../functions/platform/names/environment-variables.ts';
import { STATISTIC } from './blocks/alarm-board.ts';
import { ContainerFunction } from './blocks/container-function.ts';
import { grant } from './blocks/grant.ts';
import { NodeFunction } from './blocks/node-function.ts';
import type { Serving } from './blocks/serving.ts';
import type { Foundation } from './foundation.ts';
import type { Jobs } from './jobs.ts';
import type { Media } from './media.ts';
import type { Pipeline } from './pipeline.ts';

export type OperationsProps = Foundation & {
  readonly jobs: Jobs;
  readonly media: Media;
  readonly pipeline: Pipeline;
};

/** Health, readiness, the active models and the OpenAPI document. */
export class Operations extends Construct {
  readonly serves: Serving<'service-api' | 'models-api'>;

  constructor(scope: Construct, id: string, { jobs, media, pipeline, ...foundation }: OperationsProps) {
    super(scope, id);
    const serviceApi = new NodeFunction(this, 'ServiceApi', {
      ...foundation,
      entry: 'operations/service-api',
      memoryMb: 512,
      timeoutSeconds: 10,
    });

    const modelsApi = new ContainerFunction(this, 'ModelsApi', {
      ...foundation,
      entry: 'operations/models-api',
      // Loads all models, about a second of one vCPU.
      memoryMb: 1769,
      timeoutSeconds: 25,
    });
    jobs.table.grantUse(modelsApi.lambda, { actions: ['GetItem', 'PutItem'], partitions: ['probe'] });
    media.grantUse(modelsApi.lambda, 'listMedia');
    grant(modelsApi.lambda, {
      actions: ['sqs:GetQueueAttributes'],
      on: [pipeline.photos.queue.queueArn],
      variable: { name: ENV.photosQueueUrl, value: pipeline.photos.queue.queueUrl },
    });
    this.serves = { 'service-api': serviceApi, 'models-api': modelsApi };
    // All functions of the account and region share one concurrency.
    foundation.alarms.warn('Functions-Throttled', LambdaFunction.metricAllThrottles(), {
      above: 0,
      statistic: STATISTIC.sum,
      periods: 3,
      ofPeriods: 5,
      todo: 'Compare the concurrent executions of the account with its quota.',
    });
  }
}
