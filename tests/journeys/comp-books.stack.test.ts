import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, call } from './client.ts';
import { documentsOf } from './losses.ts';
import { nameOf, type RunningFettle, startFettle, until } from './running-stack.ts';

const WORKSPACE = 'acme';
const QUESTION = { kind: 'collectible', query: '1989 Upper Deck Ken Griffey Jr #1', currency: 'USD' };

let fettle: RunningFettle;
let member: Client;

beforeAll(async () => {
  fettle = await startFettle();
  member = await fettle.client(WORKSPACE);
});
afterAll(() => fettle?.stop());

const value = async () => (await call(member, 'POST /valuations', { body: QUESTION })).body;

describe('the book of a workspace', () => {
  it('is written by a function of its schedule, and read by one that takes DuckDB from a layer', async () => {
    const comps = Array.from({ length: 30 }, (_, at) => ({
      title: QUESTION.query,
      status: 'sold',
      priceCents: 6000 + at,
      currency: 'USD',
      source: 'own sales',
      sourceId: `A-${at}`,
    }));
    expect(await call(member, 'POST /comps', { body: { kind: QUESTION.kind, comps } })).toMatchObject({ status: 201 });
    const before = await value();
    expect(before).toMatchObject({ status: 'valued', keptCount: 30, isComplete: true });

    const documents = documentsOf(fettle);
    const TableName = nameOf(fettle, 'AWS::DynamoDB::Table', 'CompsTable');
    const work = {
      pk: 'COMPWORK#open',
      sk: `${WORKSPACE}#${QUESTION.kind}`,
      workspaceId: WORKSPACE,
      kind: QUESTION.kind,
    };
    await documents.send(new PutCommand({ TableName, Item: work }));
    fettle.clock.advance(60_000);
    const inTable = async () => {
      const ExpressionAttributeValues = { ':pk': `COMP#${WORKSPACE}#${QUESTION.kind}` };
      const { Count } = await documents.send(
        new QueryCommand({ TableName, KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues }),
      );
      return Count;
    };
    await until('the comps have left the table', async () => (await inTable()) === 0);
    expect(await value()).toEqual(before);
  });
});
