import { describe, expect, it } from 'vitest';
import { ApiKey, expiryOf, isExpired, REVOKED_KEY_DAYS } from '../../../functions/workspaces/api-key.ts';

const REVOKED_AT = '2026-11-22T09:00:00.000Z';
const key = (more: object = {}) =>
  ApiKey.parse({
    keyId: '01KAQ6QJ8Y4H2K6P9S3E7R5T1A',
    workspaceId: 'acme',
    role: 'admin',
    createdAt: REVOKED_AT,
    ...more,
  });
const daysLater = (days: number) => new Date(Date.parse(REVOKED_AT) + days * 24 * 3600 * 1000 + 1000);

describe('isExpired', () => {
  it('is false of an active key, however old', () => expect(isExpired(key(), daysLater(9999))).toBe(false));
  it('is false while a revoked key is kept', () => {
    expect(isExpired(key({ revokedAt: REVOKED_AT }), daysLater(REVOKED_KEY_DAYS - 1))).toBe(false);
  });
  it('is true after that', () => {
    expect(isExpired(key({ revokedAt: REVOKED_AT }), daysLater(REVOKED_KEY_DAYS))).toBe(true);
  });
});

describe('expiryOf', () => {
  it('is in whole seconds, as DynamoDB wants it', () => {
    expect(expiryOf(new Date('2026-01-01T00:00:00.500Z'))).toBe(Date.parse('2026-04-01T00:00:00Z') / 1000);
  });
});
