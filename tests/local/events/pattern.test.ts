import { describe, expect, it } from 'vitest';
import { matchesPattern } from '../../../local/events/pattern.ts';
import type { JsonObject } from '../../../local/types.ts';

const EVENT = { kind: 'photo', bytes: 12, tags: ['a', 'b'], deep: { name: 'Kitchen.jpg' } };

describe('matchesPattern', () => {
  it.each<[JsonObject, boolean]>([
    [{ kind: ['photo', 'other'] }, true],
    [{ kind: ['other'] }, false],
    [{ kind: ['photo'], bytes: [13] }, false],
    [{ deep: { name: [{ prefix: 'Kit' }] } }, true],
    [{ deep: { name: [{ suffix: '.png' }] } }, false],
    [{ deep: { name: [{ 'equals-ignore-case': 'kitchen.JPG' }] } }, true],
    [{ tags: ['b'] }, true],
    [{ missing: [{ exists: false }] }, true],
    [{ kind: [{ exists: false }] }, false],
    [{ kind: [{ 'anything-but': ['other'] }] }, true],
    [{ bytes: [{ numeric: ['>', 10, '<=', 12] }] }, true],
    [{ bytes: [{ numeric: ['>', 12] }] }, false],
    [{ $or: [{ kind: ['other'] }, { bytes: [12] }] }, true],
  ])('says of %j: %s', (pattern, expected) => {
    expect(matchesPattern(pattern, EVENT)).toBe(expected);
  });

  it('names a comparison that it does not know', () => {
    expect(() => matchesPattern({ kind: [{ wildcard: '*' }] }, EVENT)).toThrow('wildcard');
  });
});
