import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { ulid } from 'ulid';
import { describe, expect, it } from 'vitest';
import { KeyId } from '../../../functions/platform/ids.ts';
import { ENVIRONMENT_NAMES } from '../../../functions/platform/names/environments.ts';
import { hashOfSecret, readSecret, secretOf } from '../../../functions/workspaces/key-secret.ts';

const KEY_ID = KeyId.parse('01KAQ6QJ8Y4H2K6P9S3E7R5T1A');
const random = fc.uint8Array({ minLength: 32, maxLength: 32 });
const anyKeyId = fc.nat().map((ms) => KeyId.parse(ulid(ms + 1)));

describe('secretOf', () => {
  it.each(ENVIRONMENT_NAMES)('is letters and digits, within the limits of API Gateway in %s', (name) => {
    fc.assert(
      fc.property(random, anyKeyId, (bytes, keyId) => {
        const secret = secretOf(name, keyId, bytes);
        expect(secret).toMatch(/^[0-9A-Za-z]{20,128}$/);
        expect(secret.startsWith(`fettle${name}`)).toBe(true);
      }),
    );
  });

  it('holds every random bit', () => {
    const secrets = Array.from({ length: 256 }, (_, bit) => {
      const bytes = new Uint8Array(32);
      bytes[bit >> 3] = 1 << (bit & 7);
      return secretOf('prod', KEY_ID, bytes).slice(0, -6);
    });
    expect(new Set(secrets).size).toBe(256);
  });

  it('has one length, also for small numbers', () => {
    expect(secretOf('prod', KEY_ID, new Uint8Array(32))).toHaveLength(
      secretOf('prod', KEY_ID, new Uint8Array(32).fill(255)).length,
    );
  });
});

describe('readSecret', () => {
  it('reads the id of the key from each secret', () => {
    fc.assert(
      fc.property(random, anyKeyId, fc.constantFrom(...ENVIRONMENT_NAMES), (bytes, keyId, name) => {
        expect(readSecret(name, secretOf(name, keyId, bytes))).toEqual({ form: 'issued', keyId });
      }),
    );
  });

  it('knows the secrets of earlier releases', () => {
    expect(readSecret('prod', `fettle_prod_${randomBytes(32).toString('base64url')}`)).toEqual({ form: 'old' });
  });

  it('refuses every other spelling: each character changed, left out, doubled or swapped with the next', () => {
    const secret = secretOf(
      'dev',
      KEY_ID,
      new Uint8Array(32).map((_, index) => index * 7),
    );
    const misspelt = [...secret].flatMap((character, at) => [
      `${secret.slice(0, at)}${character === 'x' ? 'y' : 'x'}${secret.slice(at + 1)}`,
      secret.slice(0, at) + secret.slice(at + 1),
      secret.slice(0, at) + character + secret.slice(at),
      secret.slice(0, at) + (secret[at + 1] ?? '') + character + secret.slice(at + 2),
    ]);
    const read = misspelt.filter((text) => text !== secret && readSecret('dev', text) !== undefined);
    expect(read).toEqual([]);
  });

  it('refuses secrets of another environment', () => {
    expect(readSecret('prod', secretOf('dev', KEY_ID, new Uint8Array(32)))).toBeUndefined();
    expect(readSecret('prod', `fettle_dev_${'A'.repeat(43)}`)).toBeUndefined();
  });

  it('refuses any other text', () => {
    fc.assert(fc.property(fc.string(), (text) => readSecret('dev', text) === undefined));
  });

  it('refuses a secret with a line break or a second one behind it', () => {
    const secret = secretOf('dev', KEY_ID, new Uint8Array(32));
    const texts = [`${secret}\n`, `${secret},${secret}`, `${secret}, ${secret}`, ` ${secret}`];
    expect(texts.map((text) => readSecret('dev', text))).toEqual(Array(4).fill(undefined));
  });
});

describe('hashOfSecret', () => {
  it('is SHA-256', () => {
    expect(hashOfSecret('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});
