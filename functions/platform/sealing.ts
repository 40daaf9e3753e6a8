import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** HKDF salt: a random salt gives every text its own key (RFC 5869; 128 bits do not repeat). */
const SALT_BYTES = 16;
/** GCM nonce: 96 bits (NIST SP 800-38D). */
const NONCE_BYTES = 12;
/** GCM tag: 128 bits, the maximum (NIST SP 800-38D). */
const TAG_BYTES = 16;

const keyFor = (secret: string, purpose: string, salt: Uint8Array): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', secret, salt, purpose, 32));

/**
 * The text, deflated and encrypted with AES-256-GCM under a key derived from `secret` by HKDF: salt, nonce, tag, ciphertext.
 */
export function seal(text: string, secret: string, purpose: string): Uint8Array {
  const salt = randomBytes(SALT_BYTES);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyFor(secret, purpose, salt), nonce);
  const ciphertext = Buffer.concat([cipher.update(deflateRawSync(text)), cipher.final()]);
  return Buffer.concat([salt, nonce, cipher.getAuthTag(), ciphertext]);
}

/** Decrypts a sealed text. @throws Error when secret or purpose differ, or a byte was changed */
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
