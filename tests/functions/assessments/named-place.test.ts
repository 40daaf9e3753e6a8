import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { marksOf } from '../../../functions/assessments/place-marks.ts';
import { PLACE_ROWS } from '../../../functions/assessments/place-rows.ts';
import { FILLERS } from '../../../functions/assessments/place-words.ts';
import { placeAt } from '../../../functions/assessments/places.ts';

/** Of a close-up, which shows no place by itself. */
const nameOf = (hint: string): string => placeAt({ label: 'surface', hint }).name;

describe('the name of a place', () => {
  it.each([
    [
      'bedroom',
      [
        'Bedroom',
        'bed room',
        'BEDROOMS',
        'bed-room',
        'bed_room',
        'bedroom wall',
        'wall in the bedroom',
        'Bedroom, ceiling',
        'the bedroom (close up)',
        'crack in bedroom',
        'nursery',
        'bed',
        'the bed',
        'Bed, wall',
        'Bedroom: crack in the wall',
        'bedroom:wall',
        'Ceiling:bedroom',
      ],
    ],
    [
      'bedroom 2',
      [
        'Bedroom #2',
        '2nd bedroom',
        'second bedroom',
        'bedroom2',
        'Bedroom 02',
        'bedroom two',
        'bedroom no. 2',
        'wall of bedroom 2',
        'bed 2',
      ],
    ],
    ['guest bathroom', ['Guest bath', 'guest bathroom', 'Guest Bath Room, ceiling', 'shower in the guest bath']],
    ['primary bathroom', ['master bath', 'Primary Bathroom', "owner's bath"]],
    ['living room', ['living_room', 'livingRoom', 'Living', 'lounge']],
    [
      'front exterior',
      [
        'front',
        'Street front',
        'front elevation',
        'front facade',
        'front wall',
        'front door',
        'exterior, front',
        'front 2',
      ],
    ],
    ['roof', ['roof', 'Roof, north', 'rooftop', 'roof 2', 'shingles', 'roof above the kitchen']],
    ['shed', ['shed', 'tool shed', 'toolshed', 'shed roof', 'roof of the shed', 'Sheds']],
    ['porch', ['porch', 'porch ceiling', 'veranda', 'porch outside the kitchen']],
    ['bathroom (basement)', ['basement bathroom', 'bathroom in the basement', 'Basement - bathroom', 'basement, bath']],
    ['bathroom (floor 2)', ['2nd floor bathroom', 'bathroom on the second floor', 'bathroom, level 2']],
    ['closet (bedroom)', ['bedroom closet', 'closet in the bedroom']],
    [
      'kitchen',
      [
        'kitchen',
        "It's the kitchen",
        'This is my kitchen',
        "here's the kitchen",
        'kitchen 1 of 3',
        'photo 2, kitchen',
        'photo 3: kitchen',
        'kitchen at 10:30',
        '10:30: kitchen',
        'kitchen from the hallway',
        'IMG_2041 kitchen',
      ],
    ],
    ['sewing room', ['sewing room', 'Sewing-Room wall']],
    ['detached garage', ['detached garage', 'Detached garages']],
  ])('is %s however it is written', (name, words) => {
    expect(words.map((hint) => nameOf(hint))).toEqual(words.map(() => name));
  });

  it.each([
    ['inside the basement', 'basement'],
    ['basement room', 'basement'],
    ['outside, chimney on the roof', 'chimney'],
    ['roof by the chimney', 'roof'],
    ['garage roof', 'garage'],
    ['roof over the garage', 'roof'],
    ['north side', 'north exterior'],
    ['seaside north', 'seaside'],
    ['this', 'unknown place'],
    ['This house', 'unknown place'],
    ['the flower bed', 'yard'],
    ['garden beds', 'yard'],
    ['truck bed', 'bed'],
    ['single family home, front', 'front exterior'],
    ['single-family home', 'unknown place'],
    ['family room', 'family room'],
    ['fence panel', 'fence'],
    ['panel', 'unknown place'],
    ['north', 'unknown place'],
    ['front ceiling', 'unknown place'],
  ])('of "%s" is %s', (hint, name) => {
    expect(nameOf(hint)).toBe(name);
  });

  it.each([
    ['bedroom 1', 'bedroom 2'],
    ['bedroom a', 'bedroom b'],
    ['bedroom', 'bedroom 2'],
    ['guest bath', 'master bath'],
    ["Tom's bedroom", "Ann's bedroom"],
    ['upstairs hall', 'downstairs hall'],
    ['1st floor bathroom', '2nd floor bathroom'],
    ['unit A kitchen', 'unit B kitchen'],
    ['front porch', 'back porch'],
    ['front', 'rear'],
    ['garage', 'detached garage'],
    ['music room', 'sewing room'],
  ])('tells %s from %s', (one, other) => {
    expect(nameOf(one)).not.toBe(nameOf(other));
  });

  it('has no filler that names something, nor one that is never read', () => {
    expect([...FILLERS].filter((word) => !isDeepStrictEqual(marksOf(word).all, [{ is: 'filler' }]))).toEqual([]);
  });

  it('finds every name of the vocabulary', () => {
    const named = PLACE_ROWS.filter(({ role }) => role !== 'generic');
    expect(named.flatMap(({ name, says }) => [name, ...says].map((words) => nameOf(words)))).toEqual(
      named.flatMap(({ name, says }) => [name, ...says].map(() => name)),
    );
  });

  it('does not depend on case, underscores, hyphens, articles, plurals and components', () => {
    const plain = PLACE_ROWS.filter(
      ({ name, role }) => role === undefined && !name.includes(' ') && !name.endsWith('s'),
    );
    const rewritten = fc.record({
      row: fc.constantFrom(...plain),
      before: fc.constantFrom('', 'the ', 'wall in ', 'window of the ', 'photo 3: ', 'crack in ', 'ceiling, '),
      after: fc.constantFrom('', 's', ' wall', ' door', ', close up', ' (damage)', ' ', '_wall', '-window'),
      shout: fc.boolean(),
    });
    fc.assert(
      fc.property(rewritten, ({ row, before, after, shout }) => {
        const written = `${before}${row.name}${after}`;
        expect(nameOf(shout ? written.toUpperCase() : written)).toBe(row.name);
      }),
    );
  });
});
