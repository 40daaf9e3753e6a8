import { randomBytes } from 'node:crypto';
import { ulid } from 'ulid';
import { RequestError } from '../platform/errors.ts';
import { KeyId, type WorkspaceId } from '../platform/ids.ts';
import type { Role } from '../platform/names/roles.ts';
import { type ApiKey, isActive, isLastAdmin, MAX_ACTIVE_KEYS, secretOf } from './api-key.ts';
import { forgetSecret, registerSecret, type UsagePlan } from './gateway-keys-client.ts';
import { type AccessTable, keysOfWorkspace, markRevoked, storeKey } from './key-store.ts';

/** Where keys are made: the API's functions have it from their environment, the operator's command line from the stack. */
export type KeyIssuer = AccessTable & UsagePlan & { readonly environmentName: string };

const SECRET_BYTES = 32;

export type NewKey = { readonly workspaceId: WorkspaceId; readonly role: Role; readonly name?: string | undefined };

/**
 * Makes a key and gives its secret, which is kept nowhere and can never be seen again.
 *
 * The gateway knows the secret before the table does. A crash between the two leaves a key there that opens nothing.
 *
 * @param requestedId the key's id; when an earlier attempt has used it, that key is revoked, because its secret is lost, and the
 *   new one has another id
 * @throws RequestError too_many_keys
 */
export async function issueKey(
  issuer: KeyIssuer,
  { workspaceId, role, name }: NewKey,
  now: Date,
  requestedId: KeyId = newKeyId(now),
): Promise<{ readonly key: ApiKey; readonly secret: string }> {
  const lost = await revokeKey(issuer, { workspaceId, keyId: requestedId }, now);
  const keyId = lost ? newKeyId(now) : requestedId;
  refuseTooMany(await keysOfWorkspace(issuer, workspaceId));
  const secret = secretOf(issuer.environmentName, randomBytes(SECRET_BYTES));
  const gatewayKeyId = await registerSecret(issuer, `fettle-${issuer.environmentName}-${workspaceId}-${keyId}`, secret);
  const key: ApiKey = {
    keyId,
    workspaceId,
    role,
    ...(name !== undefined && { name }),
    gatewayKeyId,
    createdAt: now.toISOString(),
  };
  await storeKey(issuer, key, secret);
  return { key, secret };
}

const newKeyId = (now: Date): KeyId => KeyId.parse(ulid(now.getTime()));

function refuseTooMany(keys: readonly ApiKey[]): void {
  const active = keys.filter(isActive).length;
  if (active < MAX_ACTIVE_KEYS) return;
  throw new RequestError('too_many_keys', `Expected fewer than ${MAX_ACTIVE_KEYS} keys in use, there are ${active}.`);
}

/**
 * Takes a key out of use; the authorizer's cache may let it in for LIMITS.authorizerCacheSeconds more. A repeat changes
 * nothing.
 *
 * @returns the key; undefined when this workspace has none by this id
 */
export async function revokeKey(
  issuer: KeyIssuer,
  ref: Pick<ApiKey, 'workspaceId' | 'keyId'>,
  now: Date,
): Promise<ApiKey | undefined> {
  // First the table, which is what lets callers in.
  const key = await markRevoked(issuer, ref, now);
  if (key) await forgetSecret(issuer, key.gatewayKeyId);
  return key;
}

/**
 * The same, for a workspace's own admins: they may revoke the key they hold, but not the last one that can make others.
 *
 * Two admins who revoke each other at the same instant can still end with none; the operator's command line helps them.
 *
 * @throws RequestError not_found or last_admin_key
 */
export async function revokeOwnKey(
  issuer: KeyIssuer,
  ref: Pick<ApiKey, 'workspaceId' | 'keyId'>,
  now: Date,
): Promise<ApiKey> {
  const keys = await keysOfWorkspace(issuer, ref.workspaceId);
  const key = keys.find(({ keyId }) => keyId === ref.keyId);
  if (!key) throw new RequestError('not_found', 'No such key.');
  if (isLastAdmin(key, keys)) {
    throw new RequestError('last_admin_key', 'Make another admin key first: without one nobody could.');
  }
  return (await revokeKey(issuer, ref, now)) ?? key;
}
