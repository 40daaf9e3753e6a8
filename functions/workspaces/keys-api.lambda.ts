import { createOnce } from '../platform/creation.ts';
import { cursorAt, positionOf } from '../platform/cursor.ts';
import { documents } from '../platform/dynamodb-client.ts';
import { environment } from '../platform/environment.ts';
import { httpHandler } from '../platform/http-handler.ts';
import { KeyId } from '../platform/ids.ts';
import { count } from '../platform/observability.ts';
import { admit } from '../platform/request-limits-store.ts';
import { issueKey, revokeOwnKey } from './key-issuer-store.ts';
import { type AccessTable, pageOfKeys } from './key-store.ts';
import { KEYS_API, viewOfKey } from './keys-contract.ts';

const { accessTable, environment: environmentName } = environment('accessTable', 'environment');
const table: AccessTable = { documents, accessTable, environmentName };

export const handler = httpHandler(
  KEYS_API,
  {
    /** A repeat with the same Idempotency-Key returns the same secret, or, when the first attempt died, revokes its key. */
    createKey: async ({ caller: { workspaceId }, body, newId, now }) => {
      const { key, secret } = await issueKey(table, { workspaceId, ...body }, now, KeyId.parse(newId));
      count('KeyCreated');
      return { ...viewOfKey(key), secret };
    },

    listKeys: async ({ caller: { workspaceId }, query: { limit, cursor }, now }) => {
      const scope = ['keys', workspaceId];
      const before = cursor === undefined ? undefined : positionOf(scope, cursor, KeyId);
      const { entries, nextPosition } = await pageOfKeys(table, workspaceId, { limit, before }, now);
      return { keys: entries.map(viewOfKey), ...(nextPosition && { nextCursor: cursorAt(scope, nextPosition) }) };
    },

    revokeKey: async ({ caller: { workspaceId }, params: { keyId }, now }) => {
      const key = await revokeOwnKey(table, { workspaceId, keyId }, now);
      count('KeyRevoked');
      return viewOfKey(key);
    },
  },
  { admit, createOnce },
);
