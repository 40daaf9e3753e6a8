import { z } from 'zod';
import { KeyId, WorkspaceId } from '../platform/ids.ts';
import { ROLES } from '../platform/names/roles.ts';
import { sha256 } from '../platform/sha256.ts';
import { stored } from '../platform/stored.ts';

/** An API key as it is stored: everything but the secret. */
export const ApiKey = z.object({
  keyId: KeyId,
  workspaceId: WorkspaceId,
  role: z.enum(ROLES),
  name: z.string().optional(),
  /** its id in API Gateway, where throttle and quota apply to it */
  gatewayKeyId: z.string(),
  createdAt: z.iso.datetime(),
  revokedAt: z.iso.datetime().optional(),
});
export type ApiKey = z.infer<typeof ApiKey>;

/** As it is read back. */
export const StoredKey = stored(ApiKey);

/** Hex SHA-256 of a secret. It needs no salt: a secret has 256 random bits. */
export const hashOfSecret = (secret: string): string => sha256(secret);

/** The secret made of these random bytes; tells its finder at a glance what it opens. */
export const secretOf = (environmentName: string, random: Uint8Array): string =>
  `fettle_${environmentName}_${Buffer.from(random).toString('base64url')}`;

/** Keys of one workspace that are not revoked; an AWS account has 10,000 for all of them together. */
export const MAX_ACTIVE_KEYS = 100;

export const isActive = ({ revokedAt }: ApiKey): boolean => revokedAt === undefined;

/** Whether the workspace would have no admin left without this key. */
export const isLastAdmin = (key: ApiKey, keysOfWorkspace: readonly ApiKey[]): boolean =>
  key.role === 'admin' &&
  isActive(key) &&
  !keysOfWorkspace.some((other) => other.keyId !== key.keyId && other.role === 'admin' && isActive(other));
