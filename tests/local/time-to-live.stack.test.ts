import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeAssembly } from './fixtures/assembly.ts';
import { type Running, run, until } from './fixtures/running.ts';

const HOUR_SECONDS = 3600;

const table = (TableName: string, Enabled: boolean) => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    TableName,
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
    TimeToLiveSpecification: { AttributeName: 'until', Enabled },
  },
});

let running: Running;
let documents: DynamoDBDocumentClient;

beforeAll(async () => {
  running = await run(writeAssembly({ Short: table('short', true), Long: table('long', false) }));
  const { awsUrl: endpoint, region, credentials } = running.stack;
  documents = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint, region, credentials }));
});
afterAll(() => running.stack.stop());

async function idsIn(TableName: string): Promise<string[]> {
  const { Items = [] } = await documents.send(new ScanCommand({ TableName }));
  return Items.map(({ id }) => String(id)).toSorted();
}

describe('a time to live', () => {
  it('deletes the rows that are over, and no other', async () => {
    const now = Math.floor(Date.now() / 1000);
    const rows = [
      { id: 'in two hours', until: now + 2 * HOUR_SECONDS },
      { id: 'in four hours', until: now + 4 * HOUR_SECONDS },
      { id: 'of another type', until: String(now) },
      { id: 'without' },
    ];
    for (const TableName of ['short', 'long'])
      for (const Item of rows) await documents.send(new PutCommand({ TableName, Item }));

    running.clock.advance(3 * HOUR_SECONDS * 1000);
    await until('one is deleted', async () => (await idsIn('short')).length < rows.length);

    expect(await idsIn('short')).toEqual(['in four hours', 'of another type', 'without']);
    expect(await idsIn('long')).toHaveLength(rows.length);
  });
});
