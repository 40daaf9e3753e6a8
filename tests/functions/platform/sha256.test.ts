import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../functions/platform/sha256.ts';

describe('sha256', () => {
  it.each(['abc', Buffer.from('abc')])('is what FIPS 180-2 says it is, of text and of bytes', (content) => {
    expect(sha256(content)).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});
