import { authorizerHandler } from '../platform/authorizer-handler.ts';
import { documents } from '../platform/dynamodb-client.ts';
import { environment } from '../platform/environment.ts';
import { isActive } from './api-key.ts';
import { keyOfSecret } from './key-store.ts';

const table = { documents, ...environment('accessTable') };

/** Authorizes active API keys and returns their workspace and role. Read-only, hence safe to run twice. */
export const handler = authorizerHandler(async (secret) => {
  const key = await keyOfSecret(table, secret);
  if (!key || !isActive(key)) return undefined;
  const { workspaceId, role, keyId } = key;
  return { workspaceId, role, keyId };
});
