import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { ENV } from '../functions/platform/names/environment-variables.ts';
import { STATISTIC } from './blocks/alarm-board.ts';
import { grant } from './blocks/grant.ts';
import { NodeFunction } from './blocks/node-function.ts';
import { addOutput } from './blocks/output.ts';
import { ownMetric } from './blocks/own-metric.ts';
import { removalPolicyOf } from './blocks/removal.ts';
import type { Serving } from './blocks/serving.ts';
import { StoreTable } from './blocks/store-table.ts';
import type { Foundation } from './foundation.ts';
import { type Jobs, READ_POLICIES } from './jobs.ts';
import type { Workspaces } from './workspaces.ts';

export type ValuationsProps = Foundation & { readonly jobs: Jobs; readonly workspaces: Workspaces };

/** The table of comps, the keys of their providers, and the API of comps, valuations and grading advice. */
export class Valuations extends Construct {
  readonly serves: Serving<'valuations-api'>;
  private readonly table: StoreTable<'comps'>;

  constructor(scope: Construct, id: string, { jobs, workspaces, ...foundation }: ValuationsProps) {
    super(scope, id);
    this.table = new StoreTable(this, 'CompsTable', { ...foundation, name: 'comps' });
    const api = new NodeFunction(this, 'ValuationsApi', {
      ...foundation,
      entry: 'valuation/valuations-api',
      // Reads titles in one thread: one vCPU.
      memoryMb: 1769,
      timeoutSeconds: 25,
    });
    this.table.grantUse(api.lambda, {
      actions: ['BatchGetItem', 'PutItem', 'UpdateItem', 'Query'],
      partitions: ['comp', 'title'],
    });
    this.table.grantUse(api.lambda, { actions: ['GetItem', 'UpdateItem'], partitions: ['provider'] });
    this.table.grantUse(api.lambda, { actions: ['GetItem', 'PutItem', 'DeleteItem'], partitions: ['asked'] });
    this.grantKeys(api, foundation);
    jobs.table.grantUse(api.lambda, READ_POLICIES);
    workspaces.grantReplies(api.lambda);
    this.serves = { 'valuations-api': api };
    this.watchProviders(foundation);
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

  /** Grants a function to value by comps. */
  grantRead(lambda: LambdaFunction): void {
    this.table.grantUse(lambda, { actions: ['Query'], partitions: ['comp'] });
  }
}
