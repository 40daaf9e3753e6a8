import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { AttributeType, BillingMode, ProjectionType, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { ENV } from '../../functions/platform/names/environment-variables.ts';
import {
  type IndexName,
  type PartitionName,
  TABLES,
  type TableDescription,
  type TableName,
} from '../../functions/platform/names/tables.ts';
import type { Foundation } from '../foundation.ts';
import { grant } from './grant.ts';
import { sumOf } from './metric-math.ts';
import { removalPolicyOf } from './removal.ts';

type TableAction = 'GetItem' | 'BatchGetItem' | 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'Query';

export type StoreTableProps<Name extends TableName> = Foundation & {
  readonly name: Name;
  /** environment variables of every function that uses the table, beside its name */
  readonly variables?: Readonly<Partial<Record<(typeof ENV)[keyof typeof ENV], string>>>;
};

/** A use of the table that a function can be granted. */
export type TableUse<Name extends TableName> = {
  readonly actions?: readonly TableAction[];
  /** indexes that it queries */
  readonly queries?: readonly IndexName<Name>[];
  /** the partitions that the actions are limited to; default: all */
  readonly partitions?: readonly PartitionName<Name>[];
};

/** One of TABLES, paid by request, with point-in-time recovery (35 days), and its alarm. */
export class StoreTable<Name extends TableName> extends Construct {
  readonly table: Table;
  private readonly name: Name;
  private readonly variables: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, { environment, alarms, name, variables = {} }: StoreTableProps<Name>) {
    super(scope, id);
    this.name = name;
    this.variables = variables;
    const { keys, indexes, timeToLive }: TableDescription = TABLES[name];
    this.table = new Table(this, 'Table', {
      ...schemaOf(keys),
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      // No deletion protection: a failed first deployment could not be undone. The stack has it, and point-in-time recovery.
      removalPolicy: removalPolicyOf(environment),
      ...(timeToLive && { timeToLiveAttribute: timeToLive }),
    });
    for (const [indexName, index] of Object.entries(indexes)) {
      this.table.addGlobalSecondaryIndex({ indexName, ...schemaOf(index.keys), ...projectionOf(index.projected) });
    }
    this.watch(id, Object.keys(indexes), alarms);
  }

  /** Grants a function these actions and queries, with the table's name in its environment. */
  grantUse(lambda: LambdaFunction, { actions = [], queries = [], partitions }: TableUse<Name>): void {
    const variable = { name: TABLES[this.name].variable, value: this.table.tableName };
    for (const [name, value] of Object.entries(this.variables)) lambda.addEnvironment(name, value);
    if (actions.length > 0) {
      grant(lambda, {
        actions: actions.map((action) => `dynamodb:${action}`),
        on: [this.table.tableArn],
        ...(partitions && {
          onlyIf: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': this.leadingKeys(partitions) } },
        }),
        variable,
      });
    }
    if (queries.length > 0) {
      const on = queries.map((index) => `${this.table.tableArn}/index/${index}`);
      grant(lambda, { actions: ['dynamodb:Query'], on, variable });
    }
  }

  private leadingKeys(partitions: readonly PartitionName<Name>[]): string[] {
    const prefixes: (typeof TABLES)[Name]['partitions'] = TABLES[this.name].partitions;
    return partitions.map((partition) => `${prefixes[partition]}*`);
  }

  /** Throttles of an index are not among those of its table. */
  private watch(id: string, indexes: readonly string[], alarms: Foundation['alarms']): void {
    const { tableName } = this.table;
    const throttled = [{}, ...indexes.map((index) => ({ GlobalSecondaryIndexName: index }))].flatMap((dimensions) =>
      ['ReadThrottleEvents', 'WriteThrottleEvents'].map(
        (metricName) =>
          new Metric({
            namespace: 'AWS/DynamoDB',
            metricName,
            statistic: Stats.SUM,
            dimensionsMap: { TableName: tableName, ...dimensions },
          }),
      ),
    );
    alarms.warn(`${id}-Throttled`, sumOf(...throttled), {
      above: 0,
      periods: 3,
      ofPeriods: 5,
      todo: 'Look for one hot partition key of the table or an index, or a burst beyond what they have grown to.',
    });
  }
}

const schemaOf = ({ partition, sort }: TableDescription['keys']) => ({
  partitionKey: { name: partition, type: AttributeType.STRING },
  sortKey: { name: sort, type: AttributeType.STRING },
});

const projectionOf = (attributes: readonly string[]) =>
  attributes.length > 0
    ? { projectionType: ProjectionType.INCLUDE, nonKeyAttributes: [...attributes] }
    : { projectionType: ProjectionType.KEYS_ONLY };
