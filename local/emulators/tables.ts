import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import dynalite from 'dynalite';
import type { z } from 'zod';
import { cannotRun } from '../errors.ts';
import type { Forwarded, ForwardedAnswer } from '../gate/forward.ts';
import { readProperties } from '../read-properties.ts';
import { Table } from '../template/known/storage.ts';
import type { Resource } from '../types.ts';
import { makeWritesAtomic } from './atomic-writes.ts';
import { inProcess } from './in-process.ts';
import { lateIndexes } from './late-indexes.ts';

export type TableEmulator = {
  readonly url: string;
  /** the same without a connection */
  readonly call: (request: Forwarded) => Promise<ForwardedAnswer>;
  readonly close: () => Promise<void>;
};

/** @param indexLagMs how much later than its table a global secondary index is written */
export async function startTableEmulator(dataDir: string, indexLagMs = 0): Promise<TableEmulator> {
  makeWritesAtomic();
  const indexes = indexLagMs > 0 ? lateIndexes(indexLagMs) : undefined;
  const server = dynalite({ path: dataDir, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0, indexes });
  surviveAbortedRequests(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    call: inProcess((request, response) => server.emit('request', request, response)),
    close: async () => {
      server.closeAllConnections();
      await indexes?.written();
      await new Promise<void>((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())));
    },
  };
}

/** dynalite throws outside any handler when a client (a killed function) disconnects before its response. */
function surviveAbortedRequests(server: Server): void {
  const [handle] = server.listeners('request');
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    handle?.call(server, request, response);
    request.removeAllListeners('error');
    request.on('error', () => undefined);
  });
}

/**
 * Creates the table unless it exists.
 *
 * @throws CannotRunError when it exists with other keys or indexes than the template's
 */
export async function ensureTable(url: string, resource: Resource): Promise<void> {
  const wanted = creationOf(resource);
  const found = await callTables(url, 'DescribeTable', { TableName: wanted.TableName });
  if (found.status === 200) return compareTables(resource, wanted, tableOf(found));
  const made = await callTables(url, 'CreateTable', wanted);
  if (made.status !== 200) throw cannotRun(`${resource.logicalId} (${resource.type})`, JSON.stringify(made.body));
  await untilActive(url, wanted.TableName);
}

type Columns = Pick<z.infer<typeof Table>, 'AttributeDefinitions' | 'KeySchema'>;
type IndexShape = Pick<
  z.infer<typeof Table>['GlobalSecondaryIndexes'][number],
  'IndexName' | 'KeySchema' | 'Projection'
>;
type TableShape = Columns & {
  readonly TableName: string;
  readonly TableStatus?: string;
  readonly GlobalSecondaryIndexes?: readonly IndexShape[];
  readonly LocalSecondaryIndexes?: readonly IndexShape[];
};

function creationOf(resource: Resource): TableShape & { readonly BillingMode: string } {
  const { AttributeDefinitions, KeySchema, ...indexes } = readProperties(resource, Table);
  const bare = (list: (typeof indexes)['GlobalSecondaryIndexes']) =>
    list.map(({ IndexName, KeySchema: keys, Projection }) => ({ IndexName, KeySchema: keys, Projection }));
  const global = bare(indexes.GlobalSecondaryIndexes);
  const localIndexes = bare(indexes.LocalSecondaryIndexes);
  return {
    TableName: resource.physicalId,
    AttributeDefinitions,
    KeySchema,
    BillingMode: 'PAY_PER_REQUEST',
    // DynamoDB refuses empty lists.
    ...(global.length > 0 && { GlobalSecondaryIndexes: global }),
    ...(localIndexes.length > 0 && { LocalSecondaryIndexes: localIndexes }),
  };
}

function compareTables({ logicalId, type }: Resource, wanted: TableShape, found: TableShape): void {
  const shapes = { wanted: shapeOf(wanted), found: shapeOf(found) };
  for (const part of ['keys', 'indexes'] as const) {
    if (shapes.wanted[part] === shapes.found[part]) continue;
    throw cannotRun(
      `${logicalId} (${type})`,
      `the data directory holds this table with other ${part}: it has ${shapes.found[part]}, the template has ` +
        `${shapes.wanted[part]}. Use another data directory, or start with --fresh`,
    );
  }
}

/** Keys and indexes, which cannot change under existing data, as sorted text to compare. */
function shapeOf(table: TableShape): { keys: string; indexes: string } {
  const types = new Map(
    table.AttributeDefinitions.map(({ AttributeName, AttributeType }) => [AttributeName, AttributeType]),
  );
  const keysOf = (keys: TableShape['KeySchema']) =>
    (keys ?? [])
      .map(({ AttributeName, KeyType }) => `${KeyType} ${AttributeName}:${types.get(AttributeName)}`)
      .join(', ');
  const indexes = [...(table.GlobalSecondaryIndexes ?? []), ...(table.LocalSecondaryIndexes ?? [])];
  const described = indexes.map(({ IndexName, KeySchema, Projection }) => {
    const attributes = [...(Projection.NonKeyAttributes ?? [])].sort().join(' ');
    return `${IndexName} (${keysOf(KeySchema)}; ${Projection.ProjectionType} ${attributes})`;
  });
  return { keys: keysOf(table.KeySchema), indexes: described.sort().join(', ') || 'none' };
}

async function untilActive(url: string, TableName: string): Promise<void> {
  for (;;) {
    const { TableStatus } = tableOf(await callTables(url, 'DescribeTable', { TableName }));
    if (TableStatus === 'ACTIVE') return;
  }
}

/** The emulator requires a signature and does not verify it; the gate does. */
const UNCHECKED_SIGNATURE = 'AWS4-HMAC-SHA256 Credential=local, SignedHeaders=host, Signature=unchecked';

type Reply = { readonly status: number; readonly body: { readonly Table?: TableShape } };

function tableOf({ body }: Reply): TableShape {
  return body.Table ?? { TableName: '', AttributeDefinitions: [], KeySchema: [] };
}

/** One request to the emulator, without the gate. */
export async function callTables(url: string, action: string, input: object): Promise<Reply> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${action}`,
      'x-amz-date': new Date().toISOString().replaceAll(/[-:]|\.\d+/g, ''),
      authorization: UNCHECKED_SIGNATURE,
    },
    body: JSON.stringify(input),
  });
  return { status: response.status, body: (await response.json()) as Reply['body'] };
}
