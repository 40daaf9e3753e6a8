import { describe, expect, it } from 'vitest';
import { kindInWords } from '../../../functions/photos/finding-words.ts';

describe('kindInWords', () => {
  it.each([
    ['crack', 'crack'],
    ['damp_stain', 'damp stain'],
    ['unknown_damage', 'damage of unknown kind'],
    ['destroyed', 'destruction or collapse'],
    ['vehicle_damage', 'vehicle damage'],
  ])('calls %s %s', (kind, words) => {
    expect(kindInWords(kind)).toBe(words);
  });
});
