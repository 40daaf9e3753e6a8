import { authorizerHandler } from '../platform/authorizer-handler.ts';
import { documents } from '../platform/dynamodb-client.ts';
import { environment } from '../platform/environment.ts';
import { isActive } from './api-key.ts';
import { gatewayKeyOf } from './gateway-key.ts';
import { keyOfSecret } from './key-store.ts';

const { accessTable, environment: environmentName } = environment('accessTable', 'environment');
const table = { documents, accessTable, environmentName };

/** Authorizes active API keys and returns their workspace, their role and the gateway's key of the workspace. Read-only, hence safe to run twice. */
export const handler = authorizerHandler(async (secret) => {
  const key = await keyOfSecret(table, secret);
  if (!key || !isActive(key)) return undefined;
  const { workspaceId, role, keyId } = key;
  return { caller: { workspaceId, role, keyId }, gatewayKey: gatewayKeyOf(environmentName, workspaceId) };
});
