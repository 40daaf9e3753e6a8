import { describe, expect, it } from 'vitest';
import { withArticle } from '../../../functions/photos/subject-words.ts';

describe('withArticle', () => {
  it.each([
    ['living_room', 'a living room'],
    ['exterior', 'an exterior'],
    ['vehicle', 'a vehicle'],
    ['other', 'something else'],
    ['undetermined', 'something else'],
  ] as const)('calls %s %s', (label, words) => {
    expect(withArticle({ label })).toBe(words);
  });
});
