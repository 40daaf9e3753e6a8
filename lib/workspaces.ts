import { Aws } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ENV } from '../functions/platform/names/environment-variables.ts';
import { grant } from './blocks/grant.ts';
import { NodeFunction } from './blocks/node-function.ts';
import { addOutput } from './blocks/output.ts';
import type { Serving } from './blocks/serving.ts';
import { StoreTable } from './blocks/store-table.ts';
import type { Foundation } from './foundation.ts';

/** API keys, the authorizer that looks them up, and the stored replies of idempotent requests. */
export class Workspaces extends Construct {
  readonly authorize: NodeFunction;
  readonly serves: Serving<'keys-api'>;
  private readonly table: StoreTable<'access'>;
  private readonly keysApi: NodeFunction;

  constructor(scope: Construct, id: string, foundation: Foundation) {
    super(scope, id);
    this.table = new StoreTable(this, 'AccessTable', { ...foundation, name: 'access' });

    this.authorize = new NodeFunction(this, 'Authorize', {
      ...foundation,
      entry: 'workspaces/authorize',
      memoryMb: 512,
      timeoutSeconds: 10,
    });
    this.table.grantUse(this.authorize.lambda, { actions: ['GetItem'], partitions: ['keys'] });

    this.keysApi = new NodeFunction(this, 'KeysApi', {
      ...foundation,
      entry: 'workspaces/keys-api',
      memoryMb: 1024,
      timeoutSeconds: 15,
    });
    this.table.grantUse(this.keysApi.lambda, {
      actions: ['PutItem', 'UpdateItem'],
      queries: ['byWorkspace'],
      partitions: ['keys'],
    });
    this.grantReplies(this.keysApi.lambda);
    this.serves = { 'keys-api': this.keysApi };
    addOutput(this, 'accessTable', this.table.table.tableName, 'API keys, by their hashes');
  }

  /** Grants a function access to the stored replies of idempotent requests, and to no API key. */
  grantReplies(lambda: LambdaFunction): void {
    this.table.grantUse(lambda, {
      actions: ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'],
      partitions: ['replies'],
    });
  }

  /** Grants `keys-api` permission to create API keys, add them to this usage plan, and delete them. */
  grantManageKeys(usagePlanId: string): void {
    const gateway = `arn:${Aws.PARTITION}:apigateway:${Aws.REGION}::`;
    const variable = { name: ENV.usagePlanId, value: usagePlanId };
    grant(this.keysApi.lambda, {
      actions: ['apigateway:POST'],
      on: [`${gateway}/apikeys`, `${gateway}/usageplans/${usagePlanId}/keys`],
      variable,
    });
    grant(this.keysApi.lambda, { actions: ['apigateway:DELETE'], on: [`${gateway}/apikeys/*`] });
  }
}
