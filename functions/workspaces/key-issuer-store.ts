import { randomBytes } from 'node:crypto';
import { ulid } from 'ulid';
import { RequestError } from '../platform/errors.ts';
import { KeyId, type WorkspaceId } from '../platform/ids.ts';
import type { Role } from '../platform/names/roles.ts';
import { addActive, addAdmin, removeActive, removeActiveButLastAdmin } from './active-keys-store.ts';
import { type ApiKey, MAX_ACTIVE_KEYS } from './api-key.ts';
import { secretOf } from './key-secret.ts';
import { type AccessTable, type KeyRef, markRevoked, storeKey } from './key-store.ts';

const SECRET_BYTES = 32;

export type NewKey = { readonly workspaceId: WorkspaceId; readonly role: Role; readonly name?: string | undefined };

/**
 * Creates a key and returns its secret, which is not stored.
 *
 * The key is counted before it is stored, and counted as an admin key last: an admin key whose creation died keeps no other
 * from being revoked and replaces none.
 *
 * @param requestedId the key's id; a key that an earlier attempt created under it is revoked, because its secret is lost, and
 *   the new one has another id
 * @throws RequestError too_many_keys
 */
export async function issueKey(
  table: AccessTable,
  newKey: NewKey,
  now: Date,
  requestedId: KeyId = newKeyId(now),
): Promise<{ readonly key: ApiKey; readonly secret: string }> {
  const { workspaceId, role, name } = newKey;
  const ref = { workspaceId, keyId: requestedId };
  if (!(await addActive(table, ref, now))) throw tooManyKeys();
  const secret = secretOf(table.environmentName, requestedId, randomBytes(SECRET_BYTES));
  const key: ApiKey = { ...ref, role, ...(name !== undefined && { name }), createdAt: now.toISOString() };
  if (!(await storeKey(table, key, secret))) {
    await revokeKey(table, ref, now);
    return issueKey(table, newKey, now);
  }
  if (role === 'admin') await addAdmin(table, ref, now);
  return { key, secret };
}

const newKeyId = (now: Date): KeyId => KeyId.parse(ulid(now.getTime()));

const tooManyKeys = () =>
  new RequestError(
    'too_many_keys',
    `The workspace has ${MAX_ACTIVE_KEYS} active API keys, which is the limit. Revoke a key, then try again.`,
  );

/**
 * Revokes a key. The authorizer's cache may accept it for LIMITS.authorizerCacheSeconds more. Idempotent.
 *
 * @returns the key; undefined when this workspace has no key by this id
 */
export async function revokeKey(table: AccessTable, ref: KeyRef, now: Date): Promise<ApiKey | undefined> {
  await removeActive(table, ref, now);
  return markRevoked(table, ref, now);
}

/**
 * Revokes a key on behalf of the workspace's admin, except its last admin key. Of two admins who revoke each other's keys at
 * the same instant, one is refused.
 *
 * @throws RequestError not_found or last_admin_key
 */
export async function revokeOwnKey(table: AccessTable, ref: KeyRef, now: Date): Promise<ApiKey> {
  if (!(await removeActiveButLastAdmin(table, ref, now))) {
    throw new RequestError(
      'last_admin_key',
      'This is the last admin key of the workspace. Create another admin key, then revoke this one.',
    );
  }
  const key = await markRevoked(table, ref, now);
  if (!key) throw new RequestError('not_found', 'No such key.');
  return key;
}
