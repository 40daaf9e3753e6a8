import { authorizerHandler } from '../platform/authorizer-handler.ts';
import { documents } from '../platform/dynamodb-client.ts';
import { environment } from '../platform/environment.ts';
import { isActive } from './api-key.ts';
import { keyOfSecret } from './key-store.ts';

const table = { documents, ...environment('accessTable') };

/** Lets in who holds a key that is not revoked, as the workspace and role which the key stands for. Only reads. */
export const handler = authorizerHandler(async (secret) => {
  const key = await keyOfSecret(table, secret);
  if (!key || !isActive(key)) return undefined;
  const { workspaceId, role, keyId } = key;
  return { workspaceId, role, keyId };
});
