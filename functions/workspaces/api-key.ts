import { z } from 'zod';
import { KeyId, WorkspaceId } from '../platform/ids.ts';
import { ROLES } from '../platform/names/roles.ts';
import { sha256 } from '../platform/sha256.ts';
import { stored } from '../platform/stored.ts';

/** A stored API key, without its secret. */
export const ApiKey = z.object({
  keyId: KeyId,
  workspaceId: WorkspaceId,
  role: z.enum(ROLES),
  name: z.string().optional(),
  /** its id in API Gateway, which applies throttle and quota */
  gatewayKeyId: z.string(),
  createdAt: z.iso.datetime(),
  revokedAt: z.iso.datetime().optional(),
});
export type ApiKey = z.infer<typeof ApiKey>;

/** The schema of a stored key. */
export const StoredKey = stored(ApiKey);

/** Hex SHA-256 of a secret. It needs no salt: a secret has 256 random bits. */
export const hashOfSecret = (secret: string): string => sha256(secret);

/** The secret made of these random bytes. Its prefix identifies a leaked key, also for secret scanners. */
export const secretOf = (environmentName: string, random: Uint8Array): string =>
  `fettle_${environmentName}_${Buffer.from(random).toString('base64url')}`;

/** Active keys of one workspace; an AWS account is limited to 10,000 keys for all workspaces together. */
export const MAX_ACTIVE_KEYS = 100;

export const isActive = ({ revokedAt }: ApiKey): boolean => revokedAt === undefined;

/** Whether this is the workspace's only active admin key. */
export const isLastAdmin = (key: ApiKey, keysOfWorkspace: readonly ApiKey[]): boolean =>
  key.role === 'admin' &&
  isActive(key) &&
  !keysOfWorkspace.some((other) => other.keyId !== key.keyId && other.role === 'admin' && isActive(other));
