import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contradicts, placeAt, UNKNOWN_PLACE, usualSideOf } from '../../../functions/assessments/places.ts';
import { FINDING_KINDS, SUBJECTS } from '../../../functions/photos/photo-assessment.ts';

const OUTSIDE =
  'exterior outside facade façade front back rear street elevation roof gutter chimney siding yard garden patio deck porch balcony driveway garage fence carport shed toolshed barn foundation pool stucco';
const INSIDE =
  'interior inside kitchen kitchenette bath bathroom bed bedroom living dining room hall hallway stair stairs basement cellar attic ceiling floor closet laundry office toilet shower pantry foyer';
const NEITHER = 'surface gardening roofless backdrop window wall door photo';
const each = (words: string): string[] => words.split(' ');
const sideOf = (photographed: Parameters<typeof placeAt>[0]) => placeAt(photographed).side;
const side = (hint: string, label = 'surface') => sideOf({ label, hint });
const nameOf = (hint: string, label = 'surface'): string => placeAt({ label, hint }).name;

describe('the side of placeAt', () => {
  it.each(each(OUTSIDE))('is the exterior by the word "%s"', (word) => {
    expect(side(`the ${word.toUpperCase()}, 2nd`)).toBe('exterior');
  });

  it.each(each(INSIDE))('is the interior by the word "%s"', (word) => {
    expect(side(`the ${word.toUpperCase()}, 2nd`)).toBe('interior');
  });

  it.each(each(NEITHER))('is unknown by the word "%s", which tells neither', (word) => {
    expect(side(word)).toBe('unknown');
  });

  it.each([
    ['porch ceiling', 'exterior'],
    ['garage ceiling', 'exterior'],
    ['ceiling of the carport', 'exterior'],
    ['front room', 'interior'],
    ['bathroom window', 'interior'],
    ['living_room', 'interior'],
    ['balcony of the bedroom', 'exterior'],
    ['kitchen from the patio', 'interior'],
    ['front door', 'exterior'],
    ['crawl space', 'exterior'],
    ['retaining wall', 'exterior'],
  ])('is that of the place, not of its component or of where the camera stands: %s is %s', (words, expected) => {
    expect(side(words)).toBe(expected);
  });

  it('goes by the words of the owner before what the model sees', () => {
    expect([side('front', 'kitchen'), side('cellar', 'roof')]).toEqual(['exterior', 'interior']);
  });

  it.each([
    ['interior', ['kitchen', 'bathroom', 'bedroom', 'living_room']],
    ['exterior', ['exterior', 'roof']],
  ])('is the %s by what the model sees, where the owner says nothing that tells', (expected, labels) => {
    expect(labels.flatMap((label) => [sideOf({ label }), side('photo 3', label)])).toEqual(
      labels.flatMap(() => [expected, expected]),
    );
  });

  it('is unknown for everything else that the model sees', () => {
    const told = ['kitchen', 'bathroom', 'bedroom', 'living_room', 'exterior', 'roof'];
    const others = [...SUBJECTS.filter((label) => !told.includes(label)), 'undetermined'];
    expect(others.map((label) => sideOf({ label }))).toEqual(others.map(() => 'unknown'));
  });
});

describe('placeAt', () => {
  it.each([
    ['crawl space', 'dwelling_exterior', 'foundation'],
    ['foundation', 'dwelling_exterior', 'foundation'],
    ['kitchen ceiling', 'unit_interior', 'ceiling'],
    ['shed roof', 'outbuilding', 'roof'],
    ['carport', 'vehicle_storage', 'unknown'],
    ['pool', 'amenities', 'pool'],
    ['deck', 'amenities', 'deck'],
    ['driveway', 'site', 'driveway'],
    ['bedroom wall', 'unit_interior', 'walls'],
    ['stucco', 'dwelling_exterior', 'exterior_walls'],
    ['basement stairs', 'unit_interior', 'stairs'],
    ['wall', 'unknown', 'walls'],
  ])('of %s is listed in section %s with the component %s', (hint, section, feature) => {
    expect(placeAt({ label: 'surface', hint })).toMatchObject({ section, feature });
  });

  it('is what the model sees where the owner names no place', () => {
    expect(['', '   ', 'photo 3', 'wall', 'room', 'inside'].map((hint) => placeAt({ label: 'bedroom', hint }))).toEqual(
      Array.from({ length: 6 }, () => expect.objectContaining({ name: 'bedroom', is: 'seen' })),
    );
  });

  it("is stated by the owner's words, and keeps them as its location", () => {
    expect(placeAt({ label: 'bedroom', hint: '  Guest Bedroom, wall ' })).toMatchObject({
      name: 'guest bedroom',
      location: 'Guest Bedroom, wall',
      is: 'stated',
    });
  });

  it('is guessed of a close-up without words that name a place', () => {
    expect([undefined, 'photo 3', 'wall'].map((hint) => placeAt({ label: 'surface', hint }))).toEqual([
      expect.objectContaining({ name: UNKNOWN_PLACE, is: 'guessed', location: 'place not stated' }),
      expect.objectContaining({ name: UNKNOWN_PLACE, is: 'guessed', location: 'place not stated' }),
      expect.objectContaining({ name: UNKNOWN_PLACE, is: 'guessed', location: 'wall' }),
    ]);
  });

  it('takes words that it does not know for a place of their own where the model sees none', () => {
    expect(placeAt({ label: 'surface', hint: 'Granny flat' })).toMatchObject({ is: 'stated', side: 'unknown' });
    expect(nameOf('granny flat')).not.toBe(nameOf('lean-to'));
  });

  it.each([
    ['fuse box in the basement', true],
    ['Outlet, kitchen', true],
    ['electrical panel', true],
    ['breaker panel', true],
    ['main panel, basement', true],
    ['sub-panel', true],
    ['circuit breaker', true],
    ['Power outlets', true],
    ['electric meter', true],
    ['fence panel', false],
    ['door panel', false],
    ['wall panels, hallway', false],
    ['water meter', false],
    ['gas meter', false],
    ['gutter outlet', false],
    ['drain outlet, basement', false],
    ['basement wall next to the fuse box', true],
    ['kitchen wall', false],
  ])('says whether %j names anything electrical: %j', (hint, electrical) => {
    expect(placeAt({ label: 'surface', hint }).electrical).toBe(electrical);
  });

  it('never throws, and always names something, whatever the words', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.constantFrom(...SUBJECTS), (hint, label) => {
        const place = placeAt({ label, hint });
        expect(place.name).not.toBe('');
        expect(place.location).not.toBe('');
      }),
    );
  });
});

describe('usualSideOf', () => {
  it('is where a damage of the kind mostly occurs', () => {
    expect(Object.fromEntries(FINDING_KINDS.map((kind) => [kind, usualSideOf(kind)]))).toEqual({
      crack: 'unknown',
      damp_stain: 'interior',
      peeling_paint: 'unknown',
      mould: 'interior',
      spalling: 'exterior',
      hole: 'unknown',
      broken_window: 'exterior',
      roof_damage: 'exterior',
      unknown_damage: 'unknown',
      destroyed: 'exterior',
    });
  });
});

describe('contradicts', () => {
  it.each([
    ['Kitchen', 'bathroom', true],
    ['Kitchen', 'kitchen', false],
    ['kitchen and dining room', 'living_room', false],
    ['Kitchen', 'exterior', true],
    ['Hallway', 'exterior', true],
    ['Hallway', 'bedroom', false],
    ['Street front', 'bedroom', true],
    ['Street front', 'exterior', false],
    ['Street front', 'roof', false],
    ['Roof, north', 'exterior', false],
    ['Car', 'exterior', true],
    ['Kitchen', 'other', true],
    ['Hallway', 'vehicle', true],
    ['Porch ceiling', 'bedroom', true],
    ['Kitchen ceiling', 'surface', false],
    ['Kitchen', 'undetermined', false],
    ['no. 3', 'bedroom', false],
    [undefined, 'bedroom', false],
  ])('of the words %j for a photo of %s: %j', (hint, label, contradicted) => {
    expect(contradicts({ label, hint })).toBe(contradicted);
  });
});
