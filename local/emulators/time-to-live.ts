import { z } from 'zod';
import type { Emulator } from '../gate/forward.ts';
import { readProperties } from '../read-properties.ts';
import { Table } from '../template/known/storage.ts';
import { resourcesOf } from '../template.ts';
import type { Template } from '../types.ts';
import { callTables } from './tables.ts';

const Item = z.record(z.string(), z.unknown());
const Page = z.object({ Items: z.array(Item), LastEvaluatedKey: Item.optional() });

/** Deletes the rows of every table whose time to live is over at this time. DynamoDB does it within days. */
export async function deleteExpiredRows(template: Template, tables: Emulator, nowMs: number): Promise<void> {
  for (const table of resourcesOf(template, 'AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable')) {
    const { TimeToLiveSpecification: ttl, KeySchema } = readProperties(table, Table);
    if (!ttl?.Enabled || ttl.AttributeName === undefined) continue;
    const over = {
      ExpressionAttributeNames: { '#ttl': ttl.AttributeName },
      ExpressionAttributeValues: { ':now': { N: String(Math.floor(nowMs / 1000)) } },
    };
    for await (const row of expiredRows(tables, table.physicalId, over)) {
      const Key = Object.fromEntries(KeySchema.map(({ AttributeName }) => [AttributeName, row[AttributeName]]));
      // A row whose time was moved meanwhile stays.
      const deletion = { TableName: table.physicalId, Key, ConditionExpression: '#ttl < :now', ...over };
      await callTables(tables, 'DeleteItem', deletion);
    }
  }
}

async function* expiredRows(tables: Emulator, TableName: string, over: object): AsyncGenerator<z.infer<typeof Item>> {
  let ExclusiveStartKey: z.infer<typeof Item> | undefined;
  do {
    const scan = {
      TableName,
      FilterExpression: '#ttl < :now',
      ...over,
      ...(ExclusiveStartKey && { ExclusiveStartKey }),
    };
    const page = Page.parse((await callTables(tables, 'Scan', scan)).body);
    yield* page.Items;
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
}
