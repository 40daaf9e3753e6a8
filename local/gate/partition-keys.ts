import { z } from 'zod';
import { resourcesOf } from '../template.ts';
import type { Template } from '../types.ts';
import type { PartitionKeyOf } from './dynamodb-permissions.ts';

const Keyed = z.object({
  KeySchema: z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) })),
});
const Index = Keyed.extend({ IndexName: z.string() });
/** The part of a table that names its partition key. */
const TableKeys = Keyed.extend({
  GlobalSecondaryIndexes: z.array(Index).default([]),
  LocalSecondaryIndexes: z.array(Index).default([]),
});

/** Looks up the partition keys of the template's tables and their indexes. */
export function readPartitionKeys(template: Template): PartitionKeyOf {
  const tables = resourcesOf(template, 'AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable');
  const keys = new Map<string, string>();
  for (const { physicalId, properties } of tables) {
    const table = TableKeys.parse(properties);
    keys.set(physicalId, hashKey(table));
    for (const index of [...table.GlobalSecondaryIndexes, ...table.LocalSecondaryIndexes]) {
      keys.set(`${physicalId}/${index.IndexName}`, hashKey(index));
    }
  }
  return (tableName, indexName) => keys.get(indexName === undefined ? tableName : `${tableName}/${indexName}`);
}

function hashKey({ KeySchema }: z.infer<typeof Keyed>): string {
  return KeySchema.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName ?? '';
}
