import { describe, expect, it } from 'vitest';
import { namesBuilding, namesPlace, namesVehicle } from '../../../functions/assessments/owner-words.ts';
import { placeInWords } from '../../../functions/assessments/places.ts';
import { VEHICLE_PARTS } from '../../../functions/photos/photo-assessment.ts';

const named = (words: string) => [namesBuilding(words), namesVehicle(words)];

describe('namesBuilding and namesVehicle', () => {
  it.each([
    ['Bedroom wall', [true, false]],
    ['CEILING', [true, false]],
    ['cracked brickwork', [true, false]],
    ['windows, north', [true, true]],
    ['left door', [true, true]],
    ['garage door', [true, true]],
    ['hood', [false, true]],
    ['Left quarter panel', [false, true]],
    ['driver side', [false, true]],
    ['my car', [false, true]],
    ['carport', [false, false]],
    ['wallet', [false, false]],
    ['IMG 2041', [false, false]],
    ['', [false, false]],
  ])('of "%s": a building, a vehicle: %j', (words, expected) => {
    expect(named(words)).toEqual(expected);
    expect(namesPlace(words)).toBe(expected.includes(true));
  });

  it('knows every part that the vehicle model names, by its stored name and by that of the US trade', () => {
    const parts = VEHICLE_PARTS.flatMap((part) => [part.replace('dickey_boot', 'boot'), placeInWords(part)]);
    expect(parts.filter((part) => !namesVehicle(part))).toEqual([]);
  });
});
