import { MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { ENV } from '../functions/platform/names/environment-variables.ts';
import { ContainerFunction } from './blocks/container-function.ts';
import { NodeFunction } from './blocks/node-function.ts';
import { addOutput } from './blocks/output.ts';
import { failureMetric, ownMetric } from './blocks/own-metric.ts';
import { QueueWorker } from './blocks/queue-worker.ts';
import type { Serving } from './blocks/serving.ts';
import type { StoreTable } from './blocks/store-table.ts';
import type { Foundation } from './foundation.ts';
import { type Jobs, READ_POLICIES } from './jobs.ts';
import type { Media } from './media.ts';
import type { Predictions } from './predictions.ts';
import type { Valuations } from './valuations.ts';

export type PipelineProps = Foundation & {
  readonly jobs: Jobs;
  readonly media: Media;
  readonly predictions: Predictions;
  readonly valuations: Valuations;
};

/** The photo's way through the queues, from upload to the conclusion of its job. */
export class Pipeline extends Construct {
  readonly photos: QueueWorker;
  readonly serves: Serving<'pictures-api'>;
  private readonly conclusions: QueueWorker;

  constructor(scope: Construct, id: string, { jobs, media, predictions, valuations, ...foundation }: PipelineProps) {
    super(scope, id);
    const jobsTable = jobs.table;
    this.conclusions = this.concludeJobs(foundation, jobsTable, predictions, valuations);
    jobs.concludeBy(this.conclusions);
    const deadPhotos = this.deadPhotos(foundation, jobsTable, media);
    this.photos = this.assessPhotos(foundation, jobsTable, media, this.drain(deadPhotos, foundation));
    this.photos.grantSend(deadPhotos.lambda, ENV.photosQueueUrl);
    this.serves = { 'pictures-api': this.showPictures(foundation, jobsTable, media) };
    media.notifyUploads(this.photos.queue);
    const { photosAtOnce } = foundation.environment;
    addOutput(
      this,
      'photosAtOnce',
      String(photosAtOnce),
      'Photos assessed at once at most; -c photosAtOnce=N changes it',
    );
    this.watch(foundation);
  }

  private watch({ alarms, environment }: Foundation): void {
    alarms.warn('PhotoFailed', ownMetric('PhotoFailed', environment), {
      above: 0,
      periodMinutes: 5,
      todo: 'Find the photo in the log, and whether it killed its worker or a model failed on it.',
    });
    alarms.page('PhotoHeld', ownMetric('PhotoHeld', environment), {
      above: 0,
      periodMinutes: 5,
      todo: 'Find out why AssessPhoto assesses no photo, not even its own test photo.',
    });
  }

  private concludeJobs(
    foundation: Foundation,
    jobsTable: StoreTable<'jobs'>,
    { layer }: Predictions,
    valuations: Valuations,
  ): QueueWorker {
    const worker = new NodeFunction(this, 'ConcludeJob', {
      ...foundation,
      entry: 'pipeline/conclude-job',
      memoryMb: 1024,
      timeoutSeconds: 30,
      layers: [layer, valuations.layer],
    });
    valuations.grantRead(worker.lambda);
    jobsTable.grantUse(worker.lambda, { actions: ['PutItem', 'UpdateItem', 'Query'], partitions: ['job'] });
    jobsTable.grantUse(worker.lambda, READ_POLICIES);
    return new QueueWorker(this, 'ConclusionsQueue', {
      ...foundation,
      worker,
      batchSize: 5,
      atOnce: foundation.environment.conclusionsAtOnce,
      lateAfterSeconds: 120,
    });
  }

  /** Marks photos that kill their worker as failed, so that their jobs conclude; returns others to their queue. */
  private deadPhotos(foundation: Foundation, jobsTable: StoreTable<'jobs'>, media: Media): NodeFunction {
    const worker = new NodeFunction(this, 'DeadPhotos', {
      ...foundation,
      entry: 'pipeline/dead-photos',
      memoryMb: 512,
      timeoutSeconds: 30,
    });
    jobsTable.grantUse(worker.lambda, { actions: ['GetItem', 'PutItem', 'UpdateItem', 'Query'], partitions: ['job'] });
    media.grantUse(worker.lambda, 'deleteUploadVersions');
    this.conclusions.grantSend(worker.lambda, ENV.conclusionsQueueUrl);
    return worker;
  }

  /** The dead-letter queue of `assess-photo`. */
  private drain(worker: NodeFunction, foundation: Foundation): QueueWorker {
    return new QueueWorker(this, 'DeadPhotosQueue', {
      ...foundation,
      worker,
      batchSize: 10,
      atOnce: foundation.environment.deadPhotosAtOnce,
      lateAfterSeconds: 300,
      // Without the jobs table no photo can be handled: nothing else pages for a few photos.
      pagesWhenLate: true,
      // At one in three minutes, six hours: as long as their jobs wait.
      deliveries: 120,
    });
  }

  private assessPhotos(
    foundation: Foundation,
    jobsTable: StoreTable<'jobs'>,
    media: Media,
    deadPhotos: QueueWorker,
  ): QueueWorker {
    const worker = new ContainerFunction(this, 'AssessPhoto', {
      ...foundation,
      entry: 'pipeline/assess-photo',
      // One vCPU for its one thread: more memory costs more and is no faster. Peak RSS is 700 MB.
      memoryMb: 1769,
      timeoutSeconds: 30,
      // A photo that kills its worker, which is nothing of a release, is delivered at most twice in five minutes.
      releaseAlarm: { failuresAbove: 2, periodMinutes: 5 },
    });
    jobsTable.grantUse(worker.lambda, { actions: ['GetItem', 'PutItem', 'UpdateItem', 'Query'], partitions: ['job'] });
    jobsTable.grantUse(worker.lambda, READ_POLICIES);
    media.grantUse(worker.lambda, 'getUploads', 'deleteUploadVersions', 'putPictures');
    this.conclusions.grantSend(worker.lambda, ENV.conclusionsQueueUrl);
    this.watchShare(worker, foundation);
    return new QueueWorker(this, 'PhotosQueue', {
      ...foundation,
      worker,
      // In a larger batch, a photo that kills its worker uses up deliveries of its neighbours.
      batchSize: 1,
      atOnce: foundation.environment.photosAtOnce,
      lateAfterSeconds: 300,
      deadLetters: deadPhotos.queue,
    });
  }

  /** The share of attempts that fail; one message is one photo. */
  private watchShare({ lambda, name }: ContainerFunction, { alarms, environment }: Foundation): void {
    const failed = 'FILL(ended, 0) + FILL(reported, 0) + FILL(lost, 0)';
    const share = new MathExpression({
      // One photo that kills its worker is delivered at most twice in five minutes.
      expression: `IF(${failed} >= 3, (${failed}) / attempts, 0)`,
      usingMetrics: {
        ended: lambda.metricErrors({ statistic: Stats.SUM }),
        reported: failureMetric(name, environment),
        lost: ownMetric('PhotoFailed', environment),
        attempts: lambda.metricInvocations({ statistic: Stats.SUM }),
      },
    });
    alarms.page('Photos-Failing', share, {
      above: 0.2,
      periodMinutes: 5,
      periods: 2,
      ofPeriods: 3,
      todo: 'Read the newest error of AssessPhoto. If it began with a deployment, deploy the previous commit.',
    });
  }

  /** Serves pictures; creates a photo's display copy at the first request. */
  private showPictures(foundation: Foundation, jobsTable: StoreTable<'jobs'>, media: Media): ContainerFunction {
    const api = new ContainerFunction(this, 'PicturesApi', {
      ...foundation,
      entry: 'pipeline/pictures-api',
      // Decodes a photo in one thread, like assess-photo: one vCPU.
      memoryMb: 1769,
      timeoutSeconds: 25,
    });
    jobsTable.grantUse(api.lambda, { actions: ['GetItem', 'Query'], partitions: ['job'] });
    media.grantUse(api.lambda, 'getUploads', 'putPictures', 'getPictures', 'listMedia');
    return api;
  }
}
