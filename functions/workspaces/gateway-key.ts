import type { WorkspaceId } from '../platform/ids.ts';
import { GATEWAY_KEYS, gatewayKeyValue } from '../platform/names/api-keys.ts';
import { sha256 } from '../platform/sha256.ts';

/** The value of the gateway's key under which this workspace's requests are limited; workspaces spread evenly by their hash. */
export const gatewayKeyOf = (environmentName: string, workspaceId: WorkspaceId): string =>
  gatewayKeyValue(environmentName, Number.parseInt(sha256(workspaceId).slice(0, 8), 16) % GATEWAY_KEYS);
