import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ENV } from '../functions/platform/names/environment-variables.ts';
import { NodeFunction } from './blocks/node-function.ts';
import { addOutput } from './blocks/output.ts';
import type { Serving } from './blocks/serving.ts';
import { StoreTable } from './blocks/store-table.ts';
import type { Environment } from './environments.ts';
import type { Foundation } from './foundation.ts';

/** API keys, the authorizer that looks them up, and the stored replies of idempotent requests. */
export class Workspaces extends Construct {
  readonly authorize: NodeFunction;
  readonly serves: Serving<'keys-api'>;
  private readonly table: StoreTable<'access'>;
  private readonly environment: Environment;

  constructor(scope: Construct, id: string, foundation: Foundation) {
    super(scope, id);
    this.environment = foundation.environment;
    this.table = new StoreTable(this, 'AccessTable', { ...foundation, name: 'access' });

    this.authorize = new NodeFunction(this, 'Authorize', {
      ...foundation,
      entry: 'workspaces/authorize',
      memoryMb: 512,
      timeoutSeconds: 10,
    });
    this.table.grantUse(this.authorize.lambda, { actions: ['GetItem'], partitions: ['keys'] });

    const keysApi = new NodeFunction(this, 'KeysApi', {
      ...foundation,
      entry: 'workspaces/keys-api',
      memoryMb: 1024,
      timeoutSeconds: 15,
    });
    this.table.grantUse(keysApi.lambda, {
      actions: ['PutItem', 'UpdateItem'],
      queries: ['byWorkspace'],
      partitions: ['keys'],
    });
    this.table.grantUse(keysApi.lambda, {
      actions: ['GetItem', 'PutItem', 'UpdateItem'],
      partitions: ['workspaces'],
    });
    this.grantReplies(keysApi.lambda);
    this.serves = { 'keys-api': keysApi };
    addOutput(this, 'accessTable', this.table.table.tableName, 'API keys, with hashes of their secrets');
  }

  /** Grants a function of the API to count the requests of each key, within the environment's limits. */
  grantCounting(lambda: LambdaFunction): void {
    const { requestsPerSecond: perSecond, requestBurst: burst, requestsPerDay: perDay } = this.environment;
    this.table.grantUse(lambda, { actions: ['GetItem', 'UpdateItem'], partitions: ['use'] });
    lambda.addEnvironment(ENV.requestLimits, JSON.stringify({ perSecond, burst, perDay }));
  }

  /** Grants a function access to the stored replies of idempotent requests, and to no API key. */
  grantReplies(lambda: LambdaFunction): void {
    this.table.grantUse(lambda, {
      actions: ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'],
      partitions: ['replies'],
    });
  }
}
