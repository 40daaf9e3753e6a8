import type { Clock, Measure } from '../types.ts';
import type { Refusal, ServiceName } from './refusal.ts';

const READS = /^dynamodb:(GetItem|BatchGetItem|Query|Scan)$/;

/** Measures DynamoDB's throttles, as CloudWatch does: those of an index under the table and the index, not under the table alone. */
export function measureThrottle(
  measure: Measure | undefined,
  clock: Clock,
  service: ServiceName,
  { action, resource }: { readonly action: string; readonly resource: string },
  refusal: Refusal | undefined,
): void {
  if (service !== 'dynamodb' || refusal?.code !== 'ProvisionedThroughputExceededException') return;
  const [, TableName, GlobalSecondaryIndexName] = /:table\/([^/]+)(?:\/index\/(.+))?$/.exec(resource) ?? [];
  if (TableName === undefined) return;
  measure?.({
    namespace: 'AWS/DynamoDB',
    metric: READS.test(action) ? 'ReadThrottleEvents' : 'WriteThrottleEvents',
    dimensions: { TableName, ...(GlobalSecondaryIndexName !== undefined && { GlobalSecondaryIndexName }) },
    value: 1,
    atMs: clock.now(),
  });
}
