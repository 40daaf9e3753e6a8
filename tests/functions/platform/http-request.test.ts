import { describe, expect, it } from 'vitest';
import { apiPathOf } from '../../../functions/platform/http-request.ts';

describe('apiPathOf', () => {
  it.each([
    ['the stage', '/live/api/v1/jobs/01KAQ6R4ZB2N7T9X3M5V8W1C0D', '/live/api/v1'],
    ['nothing, under a domain name of its own', '/api/v1/jobs', '/api/v1'],
    ['what a domain name maps to the stage', '/fettle/api/v1/jobs', '/fettle/api/v1'],
    ['even the same words', '/api/v1/api/v1/jobs', '/api/v1/api/v1'],
  ])('keeps %s: %s', (_, path, apiPath) => {
    expect(apiPathOf({ requestContext: { requestId: 'r', path } })).toBe(apiPath);
  });
});
