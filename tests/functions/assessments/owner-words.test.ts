import { describe, expect, it } from 'vitest';
import { namedBy, namesPlace } from '../../../functions/assessments/owner-words.ts';
import { VEHICLE_PARTS } from '../../../functions/photos/photo-assessment.ts';
import { placeInWords } from '../../../functions/photos/subject-words.ts';

describe('namedBy', () => {
  it.each([
    ['Bedroom wall', 'building', undefined, 'building'],
    ['CEILING', 'building', undefined, 'building'],
    ['cracked brickwork', 'building', undefined, 'building'],
    ['hood', undefined, 'vehicle', 'vehicle'],
    ['my car', undefined, 'vehicle', 'vehicle'],
    // Parts of both belong to what else is named.
    ['left door', 'building', 'vehicle', undefined],
    ['Rear', 'building', 'vehicle', undefined],
    ['garage door', 'building', undefined, 'building'],
    ['kitchen window', 'building', undefined, 'building'],
    ['car door', undefined, 'vehicle', 'vehicle'],
    ['left front fender', undefined, 'vehicle', 'vehicle'],
    ['driver side', undefined, 'vehicle', 'vehicle'],
    ['hood over the kitchen stove', 'building', 'vehicle', undefined],
    ['carport', 'building', undefined, 'building'],
    ['carpool', undefined, undefined, undefined],
    ['IMG 2041', undefined, undefined, undefined],
    ['', undefined, undefined, undefined],
  ] as const)('of "%s": of a property %s, of a vehicle %s, of anything %s', (words, ...expected) => {
    expect((['property', 'vehicle', undefined] as const).map((kind) => namedBy(words, kind))).toEqual(expected);
  });

  it.each(['product', 'collectible'] as const)('is nothing of a %s, of which no model knows anything', (kind) => {
    expect(['kitchen wall', 'hood', 'door'].map((words) => namedBy(words, kind))).toEqual(Array(3).fill(undefined));
  });
});

describe('namesPlace', () => {
  it.each(['bedroom', 'a wall', 'Hood', 'left door'])('is true of "%s"', (words) => {
    expect(namesPlace(words)).toBe(true);
  });

  it.each(['', 'photo', 'carpool', 'wallet', 'no. 3'])('is false of "%s"', (words) => {
    expect(namesPlace(words)).toBe(false);
  });

  it('is true of every part that the model names, in the words of the US trade', () => {
    expect(VEHICLE_PARTS.map(placeInWords).filter((part) => !namesPlace(part))).toEqual([]);
  });
});
