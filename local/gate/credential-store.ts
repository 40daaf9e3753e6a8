import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { readSavedJson, saveJson } from '../saved-json.ts';
import type { Credentials, Template } from '../types.ts';

/** The owner of credentials: a role of the template, or the operator, who has every permission. */
export type Holder = { readonly kind: 'operator' } | { readonly kind: 'role'; readonly roleLogicalId: string };

/**
 * The stack's credentials. They are generated once and stored in the data directory (file mode 0600), so that presigned
 * forms and URLs survive a restart. Unlike Lambda's they have no session token and do not expire.
 */
export type CredentialStore = {
  readonly operator: Credentials;
  /** Throws for a logical id that is no role of the template. */
  readonly credentialsFor: (roleLogicalId: string) => Credentials;
  readonly find: (accessKeyId: string) => { readonly holder: Holder; readonly secretAccessKey: string } | undefined;
};

const Pair = z.strictObject({ accessKeyId: z.string(), secretAccessKey: z.string() });
const Saved = z.strictObject({ operator: Pair, roles: z.record(z.string(), Pair) });
type Pair = z.infer<typeof Pair>;

/** The alphabet of AWS access key ids (base 32). */
const KEY_ID_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Opens the credentials in a data directory; generates those of new roles. */
export function openCredentials(template: Template, dataDir: string): CredentialStore {
  const path = join(dataDir, 'credentials.json');
  const saved = readSavedJson(path, Saved);
  const roleIds = [...template.resources.values()].filter(({ type }) => type === 'AWS::IAM::Role');
  const operator = saved?.operator ?? newPair('AKIA');
  const roles = new Map(roleIds.map(({ logicalId }) => [logicalId, saved?.roles[logicalId] ?? newPair('ASIA')]));
  saveJson(path, { operator, roles: Object.fromEntries(roles) });

  const holders = new Map<string, { holder: Holder; secretAccessKey: string }>();
  holders.set(operator.accessKeyId, { holder: { kind: 'operator' }, secretAccessKey: operator.secretAccessKey });
  for (const [roleLogicalId, { accessKeyId, secretAccessKey }] of roles) {
    holders.set(accessKeyId, { holder: { kind: 'role', roleLogicalId }, secretAccessKey });
  }
  return {
    operator,
    credentialsFor: (roleLogicalId) => {
      const pair = roles.get(roleLogicalId);
      if (pair === undefined) throw new Error(`${roleLogicalId} is no role of the template`);
      return pair;
    },
    find: (accessKeyId) => holders.get(accessKeyId),
  };
}

function newPair(prefix: 'AKIA' | 'ASIA'): Pair {
  const letters = [...randomBytes(16)].map((byte) => KEY_ID_LETTERS[byte % KEY_ID_LETTERS.length]);
  return { accessKeyId: `${prefix}${letters.join('')}`, secretAccessKey: randomBytes(30).toString('base64') };
}
