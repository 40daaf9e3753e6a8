import { z } from 'zod';
import type { Contract } from '../platform/contract.ts';
import { KeyId } from '../platform/ids.ts';
import { LIMITS } from '../platform/names/limits.ts';
import { ROLES } from '../platform/names/roles.ts';
import { PageQuery } from '../platform/paging.ts';
import type { ApiKey } from './api-key.ts';

const NewKeyRequest = z.strictObject({
  role: z.enum(ROLES),
  name: z.string().trim().min(1).max(100).optional().meta({ description: 'for people: who or what uses the key' }),
});

export const KeyView = z.strictObject({
  keyId: KeyId,
  role: z.enum(ROLES),
  name: z.string().optional(),
  createdAt: z.iso.datetime(),
  revokedAt: z.iso.datetime().optional(),
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

export const CREATE_KEY = {
  summary: 'Make an API key',
  description: 'The answer holds the secret, which is shown this once.',
  body: NewKeyRequest,
  status: 201,
  reply: KeyView.extend({ secret: z.string().meta({ description: 'the X-Api-Key' }) }),
  problems: ['too_many_keys'],
  creates: true,
} as const satisfies Contract;

export const LIST_KEYS = {
  summary: 'List API keys, newest first, revoked ones too',
  description: 'No answer ever holds a secret.',
  query: PageQuery,
  status: 200,
  reply: z.strictObject({ keys: z.array(KeyView), nextCursor: z.string().optional() }),
  problems: ['invalid_cursor'],
} as const satisfies Contract;

export const REVOKE_KEY = {
  summary: 'Revoke an API key',
  description: `It is refused within ${LIMITS.authorizerCacheSeconds} seconds. You may revoke your own, but not the last admin key. Revoking again changes nothing.`,
  params: z.object({ keyId: KeyId }),
  status: 200,
  reply: KeyView,
  problems: ['not_found', 'last_admin_key'],
} as const satisfies Contract;
