import type { Server } from 'node:http';
import { json } from 'node:stream/consumers';
import dynalite from 'dynalite';
import type { Store } from 'dynalite/db/index.js';
import type { z } from 'zod';
import { cannotRun } from '../errors.ts';
import type { Emulator } from '../gate/forward.ts';
import { readProperties } from '../read-properties.ts';
import { Table } from '../template/known/storage.ts';
import type { Resource } from '../types.ts';
import { makeWritesAtomic } from './atomic-writes.ts';
import { inProcess } from './in-process.ts';
import { lateIndexes } from './late-indexes.ts';

export type TableEmulator = {
  readonly call: Emulator;
  readonly close: () => Promise<void>;
};

/** @param indexLagMs how much later than its table a global secondary index is written */
export function startTableEmulator(dataDir: string, indexLagMs = 0): TableEmulator {
  makeWritesAtomic();
  const indexes = indexLagMs > 0 ? lateIndexes(indexLagMs) : undefined;
  let store: Store | undefined;
  const onStore = (made: Store) => {
    store = made;
  };
  // Never listens, so that its own `close`, which is that of a server, does nothing.
  const server = dynalite({ path: dataDir, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0, indexes, onStore });
  surviveAbortedRequests(server);
  return {
    call: inProcess((request, response) => server.emit('request', request, response)),
    close: async () => {
      await indexes?.written();
      await store?.lifecycleManager.gracefulClose();
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
export async function ensureTable(tables: Emulator, resource: Resource): Promise<void> {
  const wanted = creationOf(resource);
  const found = await callTables(tables, 'DescribeTable', { TableName: wanted.TableName });
  if (found.status === 200) return compareTables(resource, wanted, tableOf(found));
  const made = await callTables(tables, 'CreateTable', wanted);
  if (made.status !== 200) throw cannotRun(`${resource.logicalId} (${resource.type})`, JSON.stringify(made.body));
  await untilActive(tables, wanted.TableName);
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

async function untilActive(tables: Emulator, TableName: string): Promise<void> {
  for (;;) {
    const { TableStatus } = tableOf(await callTables(tables, 'DescribeTable', { TableName }));
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
export async function callTables(tables: Emulator, action: string, input: object): Promise<Reply> {
  const answer = await tables({
    method: 'POST',
    path: '/',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${action}`,
      'x-amz-date': new Date().toISOString().replaceAll(/[-:]|\.\d+/g, ''),
      authorization: UNCHECKED_SIGNATURE,
    },
    body: JSON.stringify(input),
  });
  return { status: answer.statusCode ?? 0, body: (await json(answer)) as Reply['body'] };
}
