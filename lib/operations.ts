import { Construct } from 'constructs';
import { ENV } from '../functions/platform/names/environment-variables.ts';
import { ContainerFunction } from './blocks/container-function.ts';
import { grant } from './blocks/grant.ts';
import { NodeFunction } from './blocks/node-function.ts';
import type { QueueWorker } from './blocks/queue-worker.ts';
import type { StoreTable } from './blocks/store-table.ts';
import type { Foundation } from './foundation.ts';
import type { Media } from './media.ts';

export type OperationsProps = Foundation & {
  readonly jobsTable: StoreTable<'jobs'>;
  readonly media: Media;
  readonly photos: QueueWorker;
};

/** What says how the whole is: health, readiness, its models and the description of its API. */
export class Operations extends Construct {
  readonly serviceApi: NodeFunction;
  readonly modelsApi: ContainerFunction;

  constructor(scope: Construct, id: string, { jobsTable, media, photos, ...foundation }: OperationsProps) {
    super(scope, id);
    this.serviceApi = new NodeFunction(this, 'ServiceApi', {
      ...foundation,
      entry: 'operations/service-api',
      memoryMb: 512,
      timeoutSeconds: 10,
    });

    this.modelsApi = new ContainerFunction(this, 'ModelsApi', {
      ...foundation,
      entry: 'operations/models-api',
      // Loads all models, which takes about a second of one vCPU.
      memoryMb: 1769,
      timeoutSeconds: 25,
    });
    jobsTable.grantUse(this.modelsApi.lambda, { actions: ['GetItem', 'PutItem'], partitions: ['probe'] });
    media.grantUse(this.modelsApi.lambda, 'listMedia');
    grant(this.modelsApi.lambda, {
      actions: ['sqs:GetQueueAttributes'],
      on: [photos.queue.queueArn],
      told: { variable: ENV.photosQueueUrl, value: photos.queue.queueUrl },
    });
  }
}
