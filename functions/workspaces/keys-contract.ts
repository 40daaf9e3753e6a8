import { z } from 'zod';
import type { Contracts } from '../platform/contract.ts';
import { KeyId } from '../platform/ids.ts';
import { LIMITS } from '../platform/names/limits.ts';
import { ROLES } from '../platform/names/roles.ts';
import { NextCursor, PageQuery } from '../platform/paging.ts';
import { type ApiKey, MAX_ACTIVE_KEYS, REVOKED_KEY_DAYS } from './api-key.ts';

const Role = z
  .enum(ROLES)
  .describe('What the key may do: a viewer reads, a member also creates, an admin also manages keys.');
const NAME = 'Who or what uses the key, for people.';

const NewKeyRequest = z.strictObject({
  role: Role,
  name: z.string().trim().min(1).max(100).optional().describe(NAME),
});

export const KeyView = z.strictObject({
  keyId: KeyId,
  role: Role,
  name: z.string().optional().describe(NAME),
  createdAt: z.iso.datetime().describe('When the key was created, in UTC.'),
  revokedAt: z.iso.datetime().optional().describe('When the key was revoked, in UTC; absent while it is valid.'),
});
export type KeyView = z.infer<typeof KeyView>;

/** A key as its workspace sees it: without its secret, which nobody can see. */
export const viewOfKey = ({ keyId, role, name, createdAt, revokedAt }: ApiKey): KeyView => ({
  keyId,
  role,
  ...(name !== undefined && { name }),
  createdAt,
  ...(revokedAt !== undefined && { revokedAt }),
});

/** The contracts of `keys-api`. */
export const KEYS_API = {
  createKey: {
    summary: 'Create an API key',
    description: `The reply holds the secret, which is shown only this once. A workspace has at most ${MAX_ACTIVE_KEYS} active keys.`,
    body: NewKeyRequest,
    status: 201,
    reply: KeyView.extend({ secret: z.string().describe('The secret: send it as X-Api-Key. Keep it safe.') }),
    problems: ['too_many_keys'],
    creates: true,
  },
  listKeys: {
    summary: 'List API keys, newest first, revoked keys included',
    description: `Revoked keys are listed for ${REVOKED_KEY_DAYS} days. No reply ever holds a secret.`,
    query: PageQuery,
    status: 200,
    reply: z.strictObject({
      keys: z.array(KeyView).describe('The keys of this page, newest first.'),
      nextCursor: NextCursor,
    }),
    problems: ['invalid_cursor'],
  },
  revokeKey: {
    summary: 'Revoke an API key',
    description: `It is refused within ${LIMITS.authorizerCacheSeconds} seconds. You may revoke your own key, but not the last admin key. Revoking a key again changes nothing.`,
    params: z.object({ keyId: KeyId }),
    status: 200,
    reply: KeyView,
    problems: ['not_found', 'last_admin_key'],
  },
} as const satisfies Contracts<'keys-api'>;
