import { randomBytes } from 'node:crypto';
import { ulid } from 'ulid';
import { RequestError } from '../platform/errors.ts';
import { KeyId, type WorkspaceId } from '../platform/ids.ts';
import type { Role } from '../platform/names/roles.ts';
import { type ApiKey, isActive, isLastAdmin, MAX_ACTIVE_KEYS, secretOf } from './api-key.ts';
import { createGatewayKey, deleteGatewayKey, type UsagePlan } from './gateway-keys-client.ts';
import { type AccessTable, keysOfWorkspace, markRevoked, storeKey } from './key-store.ts';

/** The resources for issuing keys: from the environment in the API's functions, from the stack's outputs on the command line. */
export type KeyIssuer = AccessTable & UsagePlan & { readonly environmentName: string };

const SECRET_BYTES = 32;

export type NewKey = { readonly workspaceId: WorkspaceId; readonly role: Role; readonly name?: string | undefined };

/**
 * Creates a key and returns its secret, which is not stored.
 *
 * The key is created in API Gateway first, then in the table. A crash in between leaves a gateway key without permissions.
 *
 * @param requestedId the key's id; a key that an earlier attempt created under it is revoked, because its secret is lost, and
 *   the new one has another id
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
  const gatewayKeyId = await createGatewayKey(
    issuer,
    `fettle-${issuer.environmentName}-${workspaceId}-${keyId}`,
    secret,
  );
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
  throw new RequestError(
    'too_many_keys',
    `The workspace has ${active} active API keys; the limit is ${MAX_ACTIVE_KEYS}. Revoke a key, then try again.`,
  );
}

/**
 * Revokes a key. The authorizer's cache may accept it for LIMITS.authorizerCacheSeconds more. Idempotent.
 *
 * @returns the key; undefined when this workspace has no key by this id
 */
export async function revokeKey(
  issuer: KeyIssuer,
  ref: Pick<ApiKey, 'workspaceId' | 'keyId'>,
  now: Date,
): Promise<ApiKey | undefined> {
  // The table first: the authorizer reads it.
  const key = await markRevoked(issuer, ref, now);
  if (key) await deleteGatewayKey(issuer, key.gatewayKeyId);
  return key;
}

/**
 * Revokes a key on behalf of the workspace's admin, except its last admin key.
 *
 * Two admins who revoke each other's keys at the same instant can leave none; the operator can create one on the command line.
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
    throw new RequestError(
      'last_admin_key',
      'This is the last admin key of the workspace. Create another admin key, then revoke this one.',
    );
  }
  return (await revokeKey(issuer, ref, now)) ?? key;
}
