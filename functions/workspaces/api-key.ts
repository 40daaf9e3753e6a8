import { z } from 'zod';
import { KeyId, WorkspaceId } from '../platform/ids.ts';
import { ROLES } from '../platform/names/roles.ts';
import { stored } from '../platform/stored.ts';

/** An API key, without its secret. */
export const ApiKey = z.object({
  keyId: KeyId,
  workspaceId: WorkspaceId,
  role: z.enum(ROLES),
  name: z.string().optional(),
  createdAt: z.iso.datetime(),
  revokedAt: z.iso.datetime().optional(),
});
export type ApiKey = z.infer<typeof ApiKey>;

/** The schema of a stored key. */
export const StoredKey = stored(ApiKey);

/** Active keys of one workspace. Chosen by eye: more than one per program and person of a team. */
export const MAX_ACTIVE_KEYS = 100;

/** Retention of a revoked key, so that a key id in a log can be looked up. Chosen by eye: a quarter of a year. */
export const REVOKED_KEY_DAYS = 90;

export const isActive = ({ revokedAt }: ApiKey): boolean => revokedAt === undefined;

/** When a key that is revoked now expires, as a Unix time in seconds. */
export const expiryOf = (now: Date): number => Math.floor(now.getTime() / 1000) + REVOKED_KEY_DAYS * 24 * 3600;

/** Whether the key is expired: DynamoDB deletes expired rows within days. */
export const isExpired = ({ revokedAt }: ApiKey, now: Date): boolean =>
  revokedAt !== undefined && expiryOf(new Date(revokedAt)) * 1000 < now.getTime();
