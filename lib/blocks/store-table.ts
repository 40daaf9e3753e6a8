import { RemovalPolicy } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { AttributeType, BillingMode, ProjectionType, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { ENV } from '../../functions/platform/names/environment-variables.ts';
import { INDEX_KEYS } from '../../functions/platform/names/tables.ts';
import type { Foundation } from '../foundation.ts';
import { STATISTIC } from './alarm-board.ts';
import { grant } from './grant.ts';

type TableAction = 'GetItem' | 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'Query';

export type StoreTableProps = Foundation & {
  /** how functions learn the table's name */
  readonly variable: (typeof ENV)[keyof typeof ENV];
  /** attributes which an index holds beside the keys */
  readonly indexes: { readonly [Name in keyof typeof INDEX_KEYS]?: readonly string[] };
  /** the attribute with the second at which a row may be deleted */
  readonly expiresBy?: string;
};

/** What a function does with the table. */
export type TableUse = {
  readonly actions?: readonly TableAction[];
  /** indexes that it queries */
  readonly queries?: readonly (keyof typeof INDEX_KEYS)[];
  /** the beginnings of the partition keys that it may touch; left out: all */
  readonly partitions?: readonly string[];
};

/** A table paid by request, that can be set back to any second of the last 35 days, and the alarms on it. */
export class StoreTable extends Construct {
  readonly table: Table;
  private readonly variable: StoreTableProps['variable'];

  constructor(scope: Construct, id: string, { environment, alarms, variable, indexes, expiresBy }: StoreTableProps) {
    super(scope, id);
    this.variable = variable;
    const text = (name: string) => ({ name, type: AttributeType.STRING });
    this.table = new Table(this, 'Table', {
      partitionKey: text('pk'),
      sortKey: text('sk'),
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: environment.keepsData,
      removalPolicy: environment.keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      ...(expiresBy && { timeToLiveAttribute: expiresBy }),
    });
    for (const [indexName, nonKeyAttributes] of Object.entries(indexes)) {
      const { partition, sort } = INDEX_KEYS[indexName as keyof typeof INDEX_KEYS];
      this.table.addGlobalSecondaryIndex({
        indexName,
        partitionKey: text(partition),
        sortKey: text(sort),
        projectionType: nonKeyAttributes.length > 0 ? ProjectionType.INCLUDE : ProjectionType.KEYS_ONLY,
        ...(nonKeyAttributes.length > 0 && { nonKeyAttributes: [...nonKeyAttributes] }),
      });
    }
    this.watch(id, alarms);
  }

  /** Lets a function do this to the table, and tells it the table's name. */
  grantUse(lambda: LambdaFunction, { actions = [], queries = [], partitions }: TableUse): void {
    const told = { variable: this.variable, value: this.table.tableName };
    if (actions.length > 0) {
      grant(lambda, {
        actions: actions.map((action) => `dynamodb:${action}`),
        on: [this.table.tableArn],
        ...(partitions && {
          onlyIf: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': partitions.map((start) => `${start}*`) } },
        }),
        told,
      });
    }
    if (queries.length > 0) {
      const on = queries.map((name) => `${this.table.tableArn}/index/${name}`);
      grant(lambda, { actions: ['dynamodb:Query'], on, told });
    }
  }

  private watch(id: string, alarms: Foundation['alarms']): void {
    for (const metricName of ['ReadThrottleEvents', 'WriteThrottleEvents']) {
      const metric = new Metric({
        namespace: 'AWS/DynamoDB',
        metricName,
        dimensionsMap: { TableName: this.table.tableName },
      });
      alarms.warn(`${id}-${metricName}`, metric, {
        above: 0,
        statistic: STATISTIC.sum,
        periods: 3,
        ofPeriods: 5,
        todo: 'Look for one hot partition key, or a burst beyond what the table has grown to.',
      });
    }
  }
}
