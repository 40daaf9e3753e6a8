import { describe, expect, it } from 'vitest';
import { VEHICLE_PARTS } from '../../../functions/photos/photo-assessment.ts';
import { placeInWords, withArticle } from '../../../functions/photos/subject-words.ts';

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

describe('placeInWords', () => {
  it('calls the parts of a vehicle as the US trade does', () => {
    expect(VEHICLE_PARTS.map(placeInWords)).toEqual([
      'hood',
      'bumper',
      'trunk',
      'door',
      'fender',
      'light',
      'windshield',
    ]);
  });

  it('leaves the words of owners, and spaces those of the model', () => {
    expect(['guest bath', 'living_room'].map(placeInWords)).toEqual(['guest bath', 'living room']);
  });
});
