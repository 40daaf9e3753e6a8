import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as FunctionTarget } from 'aws-cdk-lib/aws-events-targets';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { ENV } from '../functions/platform/names/environment-variables.ts';
import { STATISTIC } from './blocks/alarm-board.ts';
import { grant } from './blocks/grant.ts';
import { NativeLayer } from './blocks/native-layer.ts';
import { NodeFunction } from './blocks/node-function.ts';
import { addOutput } from './blocks/output.ts';
import { ownMetric } from './blocks/own-metric.ts';
import { removalPolicyOf } from './blocks/removal.ts';
import type { Serving } from './blocks/serving.ts';
import { StoreTable } from './blocks/store-table.ts';
import type { Foundation } from './foundation.ts';
import { type Jobs, READ_POLICIES } from './jobs.ts';
import type { Media } from './media.ts';
import type { Workspaces } from './workspaces.ts';

export type ValuationsProps = Foundation & {
  readonly jobs: Jobs;
  readonly media: Media;
  readonly workspaces: Workspaces;
};

/** The table of comps, their books in Parquet, the keys of their providers, and the API of comps, valuations and grading advice. */
export class Valuations extends Construct {
  readonly serves: Serving<'valuations-api'>;
  /** what reads books */
  readonly layer: NativeLayer;
  private readonly table: StoreTable<'comps'>;
  private readonly media: Media;

  constructor(scope: Construct, id: string, { jobs, media, workspaces, ...foundation }: ValuationsProps) {
    super(scope, id);
    this.media = media;
    this.table = new StoreTable(this, 'CompsTable', { ...foundation, name: 'comps' });
    this.layer = new NativeLayer(this, 'DuckDb', { bundles: foundation.bundles, name: 'duckdb' });
    const api = new NodeFunction(this, 'ValuationsApi', {
      ...foundation,
      entry: 'valuation/valuations-api',
      // Reads titles in one thread: one vCPU.
      memoryMb: 1769,
      timeoutSeconds: 25,
      layers: [this.layer],
    });
    this.table.grantUse(api.lambda, {
      actions: ['BatchGetItem', 'PutItem', 'UpdateItem', 'Query'],
      partitions: ['comp', 'title'],
    });
    this.table.grantUse(api.lambda, { actions: ['GetItem'], partitions: ['book'] });
    this.table.grantUse(api.lambda, { actions: ['PutItem'], partitions: ['work'] });
    this.table.grantUse(api.lambda, { actions: ['GetItem', 'PutItem'], partitions: ['upload'] });
    this.media.grantUse(api.lambda, 'getBooks', 'putImports', 'getImports');
    this.table.grantUse(api.lambda, { actions: ['GetItem', 'UpdateItem'], partitions: ['provider'] });
    this.table.grantUse(api.lambda, { actions: ['GetItem', 'PutItem', 'DeleteItem'], partitions: ['asked'] });
    this.grantKeys(api, foundation);
    jobs.table.grantUse(api.lambda, READ_POLICIES);
    workspaces.grantReplies(api.lambda);
    this.serves = { 'valuations-api': api };
    this.fileComps(foundation, jobs);
    this.watchProviders(foundation);
  }

  /** Writes books. By a schedule and not by a queue, whose least concurrency of two a new account does not bear beside the others. */
  private fileComps(foundation: Foundation, jobs: Jobs): void {
    const worker = new NodeFunction(this, 'FileComps', {
      ...foundation,
      entry: 'valuation/file-comps',
      // DuckDB sorts and compresses in one thread: one vCPU.
      memoryMb: 1769,
      timeoutSeconds: 300,
      layers: [this.layer],
    });
    this.table.grantUse(worker.lambda, {
      actions: ['BatchGetItem', 'PutItem', 'DeleteItem', 'Query'],
      partitions: ['comp', 'title'],
    });
    this.table.grantUse(worker.lambda, { actions: ['GetItem', 'PutItem'], partitions: ['book'] });
    this.table.grantUse(worker.lambda, { actions: ['Query', 'UpdateItem', 'DeleteItem'], partitions: ['work'] });
    this.table.grantUse(worker.lambda, { actions: ['GetItem', 'UpdateItem'], partitions: ['upload'] });
    jobs.table.grantUse(worker.lambda, READ_POLICIES);
    this.media.grantUse(worker.lambda, 'getBooks', 'putBooks', 'deleteBooks');
    this.media.grantUse(worker.lambda, 'putImports', 'getImports', 'listImports');
    new Rule(this, 'EveryMinute', {
      description: 'Writes books of comps',
      schedule: Schedule.rate(Duration.minutes(1)),
      // An event that cannot be delivered is dropped: the next run finds the same work. One that throws is repeated twice by Lambda,
      // which is safe.
      targets: [new FunctionTarget(worker.live, { retryAttempts: 0, maxEventAge: Duration.minutes(1) })],
    });
  }

  /**
   * One secret for all workspaces: the contracts with the providers are the operator's, and so are their quotas. It has no value
   * until the operator puts one, and no name, since that of a deleted secret is taken for weeks.
   */
  private grantKeys({ lambda }: NodeFunction, { environment }: Foundation): void {
    const secret = new CfnSecret(this, 'ProviderKeys', {
      description: `Keys of the providers of comps (${environment.name}), as "fettle providers set" writes them`,
    });
    secret.applyRemovalPolicy(removalPolicyOf(environment));
    grant(lambda, {
      actions: ['secretsmanager:GetSecretValue'],
      on: [secret.ref],
      variable: { name: ENV.providerKeys, value: secret.ref },
    });
    addOutput(this, 'providerKeys', secret.ref, 'The secret with the keys of the providers of comps');
  }

  private watchProviders({ alarms, environment }: Foundation): void {
    alarms.warn('ProviderFailed', ownMetric('ProviderFailed', environment), {
      above: 2,
      periodMinutes: 5,
      todo: 'Find out in the log of ValuationsApi which provider of comps failed, and how.',
    });
    alarms.warn('ProviderQuotaUsed', ownMetric('ProviderQuotaUsed', environment), {
      // Percent of the calls of a UTC day.
      above: 80,
      statistic: STATISTIC.largest,
      periodMinutes: 5,
      todo: 'Find out in the table of comps whose calls are nearly used up, and in the access log who asks so much.',
    });
  }

  /** Grants a function with the layer to value by comps. */
  grantRead(lambda: LambdaFunction): void {
    this.table.grantUse(lambda, { actions: ['Query'], partitions: ['comp'] });
    this.table.grantUse(lambda, { actions: ['GetItem'], partitions: ['book'] });
    this.media.grantUse(lambda, 'getBooks');
  }
}
