import { describe, expect, it } from 'vitest';
import { ApiKey, hashOfSecret, isLastAdmin, secretOf } from '../../../functions/workspaces/api-key.ts';

const key = (last: string, more: object = {}) =>
  ApiKey.parse({
    keyId: `01KAQ6QJ8Y4H2K6P9S3E7R5T1${last}`,
    workspaceId: 'acme',
    role: 'admin',
    gatewayKeyId: 'gateway',
    createdAt: '2026-11-22T09:00:00.000Z',
    ...more,
  });

describe('isLastAdmin', () => {
  it('is true of the only admin', () =>
    expect(isLastAdmin(key('A'), [key('A'), key('B', { role: 'member' })])).toBe(true));
  it('is false beside another admin', () => expect(isLastAdmin(key('A'), [key('A'), key('B')])).toBe(false));
  it('does not count admins that were revoked', () => {
    expect(isLastAdmin(key('A'), [key('A'), key('B', { revokedAt: '2026-11-22T09:01:00.000Z' })])).toBe(true);
  });
  it('is false of a key that is revoked itself', () => {
    const revoked = key('A', { revokedAt: '2026-11-22T09:01:00.000Z' });
    expect(isLastAdmin(revoked, [revoked])).toBe(false);
  });
  it('is false of a member', () =>
    expect(isLastAdmin(key('A', { role: 'member' }), [key('A', { role: 'member' })])).toBe(false));
});

describe('secretOf', () => {
  it('names the environment and holds every random bit', () => {
    expect(secretOf('prod', new Uint8Array(32).fill(255))).toBe(`fettle_prod_${'_'.repeat(42)}8`);
  });
});

describe('hashOfSecret', () => {
  it('is SHA-256', () => {
    expect(hashOfSecret('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});
