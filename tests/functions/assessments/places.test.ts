import { describe, expect, it } from 'vitest';
import { contradicts, placeOf, sideOf, usualSideOf } from '../../../functions/assessments/places.ts';
import { FINDING_KINDS, SUBJECTS } from '../../../functions/photos/photo-assessment.ts';

const OUTSIDE =
  'exterior outside facade façade front back rear street elevation roof gutter chimney siding yard garden patio deck porch balcony driveway garage fence';
const INSIDE =
  'interior inside kitchen bath bathroom bed bedroom living dining family room hall hallway stair stairs basement cellar attic ceiling floor closet laundry office toilet shower';
const NEITHER = 'surface toolshed gardening kitchenette roofless backdrop carport window wall';
const each = (words: string): string[] => words.split(' ');
const side = (hint: string, label = 'surface') => sideOf({ label, hint });

describe('sideOf', () => {
  it.each(each(OUTSIDE))('is the exterior by the word "%s"', (word) => {
    expect(side(`the ${word.toUpperCase()}, 2nd`)).toBe('exterior');
  });

  it.each(each(INSIDE))('is the interior by the word "%s"', (word) => {
    expect(side(`the ${word.toUpperCase()}, 2nd`)).toBe('interior');
  });

  it.each(each(NEITHER))('is unknown by the word "%s", which tells neither', (word) => {
    expect(side(word)).toBe('unknown');
  });

  it('is the interior where words of both sides are said: a garage ceiling is seen from inside', () => {
    expect([side('garage ceiling'), side('front room')]).toEqual(['interior', 'interior']);
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

describe('placeOf', () => {
  it('is what the owner says, without regard to case and spaces around', () => {
    expect(placeOf({ label: 'bedroom', hint: '  Guest Bedroom ' })).toBe('guest bedroom');
  });

  it.each([undefined, '', '   '])('is what the model sees where the owner says %j', (hint) => {
    expect(placeOf({ label: 'living_room', hint })).toBe('living_room');
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
    ['Kitchen ceiling', 'surface', false],
    ['Kitchen', 'undetermined', false],
    ['no. 3', 'bedroom', false],
    [undefined, 'bedroom', false],
  ])('of the words %j for a photo of %s: %j', (hint, label, contradicted) => {
    expect(contradicts({ label, hint })).toBe(contradicted);
  });
});
