import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Contract } from '../../../functions/platform/contract.ts';
import { RequestError } from '../../../functions/platform/errors.ts';
import { apiPathOf, type HttpEvent, readInput } from '../../../functions/platform/http-request.ts';

const CONTRACT = {
  summary: 'Made by a test',
  description: 'Made by a test.',
  body: z.strictObject({ name: z.string() }),
  status: 200,
  reply: z.object({}),
  problems: [],
} as const satisfies Contract;

const event = (body: string, headers: Record<string, string>, isBase64Encoded = false): HttpEvent => ({
  body,
  headers: { 'content-type': 'application/json', ...headers },
  httpMethod: 'POST',
  isBase64Encoded,
  multiValueHeaders: {},
  multiValueQueryStringParameters: null,
  pathParameters: null,
  resource: '/api/v1/jobs',
  requestContext: { requestId: 'r', path: '/api/v1/jobs', stage: 'live' },
});

/** The body as the contract reads it, or how it is refused. */
function read(...given: Parameters<typeof event>) {
  try {
    return readInput(CONTRACT, event(...given)).body;
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    return `${error.code}: ${error.message}`;
  }
}

const LATIN_1 = Buffer.from('{"name":"M\xfcnchen"}', 'latin1');

describe('readInput', () => {
  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'application/json;charset="utf-8"',
    'Application/JSON ; Charset="UTF-8"',
  ])('takes a body of type %s', (type) => {
    expect(read('{"name":"é"}', { 'content-type': type })).toEqual({ name: 'é' });
  });

  it.each(['text/json', 'application/json; charset=latin1', 'application/json; charset="iso-8859-1"'])(
    'refuses a body of type %s',
    (type) => {
      expect(read('{"name":"é"}', { 'content-type': type })).toBe(
        `unsupported_content_type: Expected Content-Type application/json in UTF-8, received ${type}.`,
      );
    },
  );

  it('refuses a compressed body by its header', () => {
    expect(read('\x1f\x8b', { 'Content-Encoding': 'gzip' })).toBe(
      'unsupported_content_type: Expected no Content-Encoding, received gzip.',
    );
    expect(read('{"name":"é"}', { 'Content-Encoding': 'identity' })).toEqual({ name: 'é' });
  });

  it.each([
    ['as text', LATIN_1.toString('utf8'), false],
    ['in base64', LATIN_1.toString('base64'), true],
  ])('refuses bytes that are not UTF-8, %s', (_, body, isBase64Encoded) => {
    expect(read(body, {}, isBase64Encoded)).toMatch(/^invalid_json: Expected UTF-8, received other bytes/);
  });

  it('says which number is too large, and how deep is too deep', () => {
    expect(read('{"name":1e400}', {})).toBe('invalid_json: Expected a number below 1.8e308, received 1e400.');
    expect(read('['.repeat(6000), {})).toBe('invalid_json: Expected at most 64 levels of nesting, received more.');
  });
});

describe('apiPathOf', () => {
  const at = (path: string) => apiPathOf({ requestContext: { requestId: 'r', path, stage: 'live' } });

  it.each([
    ['begins with the stage', '/live/api/v1/jobs/01KAQ6R4ZB2N7T9X3M5V8W1C0D', '/live/api/v1'],
    ['has no stage under a domain name of its own', '/api/v1/jobs', '/api/v1'],
    ['has no more of the request when there is none', '/', '/api/v1'],
  ])('%s: %s', (_, path, apiPath) => {
    expect(at(path)).toBe(apiPath);
  });

  it.each([
    '/live//api/v1/jobs',
    '/live/api//v1///jobs/',
    '//live/api/v1/jobs',
    '/live/%61pi/v1/jobs',
    '/live/api/v1/../../evil.test/api/v1/jobs',
    '/live/api/v1/jobs/%2Fapi%2Fv1%2F',
    '/live/api/v1/jobs/api/v1/',
    '/live/',
  ])('is the same however the client spells its path: %s', (path) => {
    expect(at(path)).toBe('/live/api/v1');
  });

  it.each(['/evil.test/api/v1/jobs', '/livelier/api/v1/jobs', '/%6Cive/api/v1/jobs', '/staging/api/v1/jobs', '*'])(
    'never has a first segment that is not the stage: %s',
    (path) => {
      expect(at(path)).toBe('/api/v1');
    },
  );
});
