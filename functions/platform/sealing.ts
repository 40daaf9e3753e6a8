import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** Of HKDF: a new salt makes a new key for every text (RFC 5869; 128 bits are never drawn twice). */
const SALT_BYTES = 16;
/** Of GCM: 96 bits, as NIST SP 800-38D recommends. */
const NONCE_BYTES = 12;
/** Of GCM: 128 bits, the longest of NIST SP 800-38D. */
const TAG_BYTES = 16;

const keyFor = (secret: string, purpose: string, salt: Uint8Array): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', secret, salt, purpose, 32));

/**
 * Text that only who holds `secret` can read: salt, nonce, tag and ciphertext (deflated, AES-256-GCM under HKDF of the
 * secret).
 */
export function seal(text: string, secret: string, purpose: string): Uint8Array {
  const salt = randomBytes(SALT_BYTES);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyFor(secret, purpose, salt), nonce);
  const ciphertext = Buffer.concat([cipher.update(deflateRawSync(text)), cipher.final()]);
  return Buffer.concat([salt, nonce, cipher.getAuthTag(), ciphertext]);
}

/** The sealed text. Throws when the secret or purpose is another, or a byte was changed. */
export function unseal(sealed: Uint8Array, secret: string, purpose: string): string {
  const bytes = Buffer.from(sealed);
  const salt = bytes.subarray(0, SALT_BYTES);
  const nonce = bytes.subarray(SALT_BYTES, SALT_BYTES + NONCE_BYTES);
  const tag = bytes.subarray(SALT_BYTES + NONCE_BYTES, SALT_BYTES + NONCE_BYTES + TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', keyFor(secret, purpose, salt), nonce, { authTagLength: TAG_BYTES });
  decipher.setAuthTag(tag);
  const ciphertext = bytes.subarray(SALT_BYTES + NONCE_BYTES + TAG_BYTES);
  return inflateRawSync(Buffer.concat([decipher.update(ciphertext), decipher.final()])).toString('utf8');
}
