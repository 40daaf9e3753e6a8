import { apiGateway } from '../platform/api-gateway-client.ts';
import { createOnce } from '../platform/creation.ts';
import { cursorAt, positionOf } from '../platform/cursor.ts';
import { documents } from '../platform/dynamodb-client.ts';
import { environment } from '../platform/environment.ts';
import { httpHandler } from '../platform/http-handler.ts';
import { KeyId } from '../platform/ids.ts';
import { count } from '../platform/observability.ts';
import { issueKey, type KeyIssuer, revokeOwnKey } from './key-issuer-store.ts';
import { pageOfKeys } from './key-store.ts';
import { KEYS_API, viewOfKey } from './keys-contract.ts';

const {
  accessTable,
  usagePlanId,
  environment: environmentName,
} = environment('accessTable', 'usagePlanId', 'environment');
const issuer: KeyIssuer = { documents, accessTable, apiGateway, usagePlanId, environmentName };

export const handler = httpHandler(
  KEYS_API,
  {
    /** A repeat with the same Idempotency-Key returns the same secret, or, when the first attempt died, revokes its key. */
    createKey: async ({ caller: { workspaceId }, body, newId, now }) => {
      const { key, secret } = await issueKey(issuer, { workspaceId, ...body }, now, KeyId.parse(newId));
      count('KeyCreated');
      return { ...viewOfKey(key), secret };
    },

    listKeys: async ({ caller: { workspaceId }, query: { limit, cursor } }) => {
      const scope = ['keys', workspaceId];
      const before = cursor === undefined ? undefined : positionOf(scope, cursor, KeyId);
      const { entries, nextPosition } = await pageOfKeys(issuer, workspaceId, { limit, before });
      return { keys: entries.map(viewOfKey), ...(nextPosition && { nextCursor: cursorAt(scope, nextPosition) }) };
    },

    revokeKey: async ({ caller: { workspaceId }, params: { keyId }, now }) => {
      const key = await revokeOwnKey(issuer, { workspaceId, keyId }, now);
      count('KeyRevoked');
      return viewOfKey(key);
    },
  },
  createOnce,
);
