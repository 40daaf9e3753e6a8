import type { Examples } from '../platform/contract.ts';
import type { KEYS_API } from './keys-contract.ts';

const key = {
  keyId: '01KAQ6QJ8Y4H2K6P9S3E7R5T1A',
  role: 'member',
  name: 'importer',
  createdAt: '2026-11-22T09:00:00.000Z',
} as const;

export const KEYS_EXAMPLES = {
  createKey: {
    body: { role: 'member', name: 'importer' },
    reply: { ...key, secret: 'fettleprod01KAQ6QJ8Y4H2K6P9S3E7R5T1AThisSecretIsAnExampleOnlyAndItOpensNothingAnywher' },
  },
  listKeys: { reply: { keys: [key] } },
  revokeKey: { reply: { ...key, revokedAt: '2026-11-22T10:00:00.000Z' } },
} satisfies Examples<typeof KEYS_API>;
