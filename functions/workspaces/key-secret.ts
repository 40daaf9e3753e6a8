import { KeyId } from '../platform/ids.ts';
import { SECRET_CHARACTERS, secretPattern, secretPrefix } from '../platform/names/api-keys.ts';
import { sha256 } from '../platform/sha256.ts';

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Hex SHA-256 of a secret. It needs no salt: a secret has 256 random bits. */
export const hashOfSecret = (secret: string): string => sha256(secret);

/**
 * The secret of a key: its prefix, the key's id, the random bits, and a checksum of all of them. Letters and digits only, as
 * API Gateway requires of a key's value.
 *
 * @param random 32 bytes
 */
export function secretOf(environmentName: string, keyId: KeyId, random: Uint8Array): string {
  const bits = inBase62(Buffer.from(random).toString('hex'), SECRET_CHARACTERS.random);
  const text = `${secretPrefix(environmentName)}${keyId}${bits}`;
  return `${text}${checksumOf(text)}`;
}

/** Of a secret: the id of its key; or `old`, a secret of an earlier release, which has no id. */
export type SecretParts = { readonly form: 'issued'; readonly keyId: KeyId } | { readonly form: 'old' };

/**
 * The parts of a secret of this environment; undefined for any other text, which no row needs to be read for.
 *
 * The checksum detects typing errors and most guesses. It is no protection: whoever reads this can compute it.
 */
export function readSecret(environmentName: string, secret: string): SecretParts | undefined {
  if (!new RegExp(secretPattern(environmentName)).test(secret)) return undefined;
  const prefix = secretPrefix(environmentName);
  if (!secret.startsWith(prefix)) return { form: 'old' };
  const keyId = KeyId.safeParse(secret.slice(prefix.length, prefix.length + SECRET_CHARACTERS.keyId));
  const text = secret.slice(0, -SECRET_CHARACTERS.checksum);
  return keyId.success && secret === `${text}${checksumOf(text)}` ? { form: 'issued', keyId: keyId.data } : undefined;
}

/** The first 32 bits of SHA-256: a typing error is not detected once in 4 billion. */
const checksumOf = (text: string): string => inBase62(sha256(text).slice(0, 8), SECRET_CHARACTERS.checksum);

function inBase62(hex: string, characters: number): string {
  let rest = BigInt(`0x${hex}`);
  let text = '';
  for (; rest > 0n; rest /= 62n) text = `${DIGITS[Number(rest % 62n)]}${text}`;
  return text.padStart(characters, '0');
}
