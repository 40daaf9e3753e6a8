import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesArn, matchesWildcard } from '../../../local/gate/wildcard.ts';

const letters = fc.string({ unit: fc.constantFrom('a', 'b', '/', ':', '*', '?'), maxLength: 12 });

describe('matchesWildcard', () => {
  it('agrees with the regular expression of the same meaning', () => {
    fc.assert(
      fc.property(letters, letters, (pattern, text) => {
        const expression = pattern.replace(/[*?]/g, (sign) => (sign === '*' ? '[^]*' : '[^]'));
        expect(matchesWildcard(pattern, text)).toBe(new RegExp(`^(?:${expression})$`).test(text));
      }),
    );
  });

  it('takes a pattern of many stars in its stride', () => {
    expect(matchesWildcard('*a'.repeat(50), 'a'.repeat(2000))).toBe(true);
    expect(matchesWildcard(`${'*a'.repeat(50)}b`, 'a'.repeat(2000))).toBe(false);
  });
});

describe('matchesArn', () => {
  it('does not let a star reach over a colon of the first parts', () => {
    expect(matchesArn('arn:aws:s3:*:photos', 'arn:aws:s3:::photos')).toBe(false);
    expect(matchesArn('arn:aws:s3:*:*:photos*', 'arn:aws:s3:::photos:x')).toBe(true);
  });
});
