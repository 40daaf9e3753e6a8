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

describe('an uploaded table of comps', () => {
  it('is taken by its form, imported by the schedule, and listed with the rows that were rejected', async () => {
    const rows = Array.from({ length: 500 }, (_, at) => `Lamp ${at} of brass,sold,${10 + at},EUR,own sales,L-${at}`);
    const file = `title,status,price,currency,source,sourceId\n${rows.join('\n')}\nLamp,sold,"1.234,50",EUR,own sales,wrong\n`;
    const body = { kind: 'product', bytes: Buffer.byteLength(file) };
    const created = await call(member, 'POST /comps/uploads', { body });
    expect(created.status).toBe(201);
    const { uploadId, upload } = created.body as {
      uploadId: string;
      upload: { url: string; fields: Record<string, string> };
    };
    const post = (content: string) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(upload.fields)) form.append(name, value);
      form.append('file', new Blob([content]));
      return fetch(upload.url, { method: 'POST', body: form });
    };
    expect((await post(`${file}one row more\n`)).status).toBe(400);
    expect((await post(file)).status).toBe(204);
    fettle.clock.advance(60_000);
    const result = async () => (await call(member, `GET /comps/uploads/${uploadId}`)).body as Record<string, unknown>;
    await until('the upload has ended', async () => (await result()).status === 'completed');
    const ended = (await result()) as { rejectedRows: { url: string } };
    expect(ended).toMatchObject({ result: { rows: 501, stored: 500, rejected: 1 } });
    const rejected = await (await fetch(ended.rejectedRows.url)).text();
    expect(rejected).toContain('502,price,"expected a price such as 1234.50, received ""1.234,50"""');
    const question = { kind: 'product', query: 'brass lamp 7', currency: 'EUR' };
    expect((await call(member, 'POST /valuations', { body: question })).body).toMatchObject({ isComplete: true });
    const { body: page } = await call(member, 'GET /comps?kind=product&limit=100');
    expect((page as { comps: unknown[] }).comps).toHaveLength(100);
  });
});
