import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDirectory, writeAssembly } from './fixtures/assembly.ts';
import { type Running, run, until } from './fixtures/running.ts';

/** Longer than two requests take on a busy machine. */
const LAG_MS = 1500;
const TableName = 'jobs';

const assembly = writeAssembly({
  Jobs: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      TableName,
      AttributeDefinitions: ['id', 'state'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'byState',
          KeySchema: [{ AttributeName: 'state', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    },
  },
});
const dataDir = freshDirectory();
let running: Running;
let table: DynamoDBDocumentClient;

async function start(): Promise<void> {
  running = await run(assembly, dataDir, { indexLagMs: LAG_MS });
  const { awsUrl: endpoint, region, credentials } = running.stack;
  table = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint, region, credentials }));
}
beforeAll(start);
afterAll(() => running.stack.stop());

async function inState(state: string): Promise<string[]> {
  const { Items = [] } = await table.send(
    new QueryCommand({
      TableName,
      IndexName: 'byState',
      KeyConditionExpression: '#state = :state',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: { ':state': state },
    }),
  );
  return Items.map(({ id, round }) => `${id} ${round}`);
}
const put = (id: string, state: string, round: number) =>
  table.send(new PutCommand({ TableName, Item: { id, state, round } }));

describe('a global secondary index that lags', () => {
  it('does not show what its table shows at once', async () => {
    await put('one', 'open', 1);
    expect((await table.send(new GetCommand({ TableName, Key: { id: 'one' } }))).Item).toMatchObject({ round: 1 });
    expect(await inState('open')).toEqual([]);
    await until('the index shows it', async () => (await inState('open')).includes('one 1'));
  });

  it('shows an item as it was, until it shows it as it is', async () => {
    const moved = { TableName, Key: { id: 'one' }, ExpressionAttributeNames: { '#state': 'state' } };
    const move = new UpdateCommand({
      ...moved,
      UpdateExpression: 'SET #state = :state, round = :round',
      ExpressionAttributeValues: { ':state': 'done', ':round': 2 },
    });
    await table.send(move);
    expect([await inState('open'), await inState('done')]).toEqual([['one 1'], []]);
    await until('the index shows the move', async () => (await inState('done')).includes('one 2'));
    expect(await inState('open')).toEqual([]);
  });

  it('shows many writes in their order', async () => {
    for (let round = 1; round <= 20; round++) await put('busy', round % 2 ? 'open' : 'done', round);
    await until('the index shows the last', async () => (await inState('done')).includes('busy 20'));
    expect(await inState('open')).toEqual([]);
    await table.send(new DeleteCommand({ TableName, Key: { id: 'busy' } }));
    expect(await inState('done')).toContain('busy 20');
    await until('the index shows its deletion', async () => !(await inState('done')).includes('busy 20'));
  });

  it('loses nothing when the stack stops before it has caught up', async () => {
    await put('late', 'open', 1);
    await running.stack.stop();
    await start();
    expect(await inState('open')).toEqual(['late 1']);
  });
});
