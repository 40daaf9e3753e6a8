import { describe, expect, it } from 'vitest';
import { asksSurface, asksVehicle, maybeCloseUp } from '../../../functions/condition/questions.ts';
import type { Subject } from '../../../functions/photos/photo-assessment.ts';

const shows = (label: Subject['label']): Subject => ({ label, confidenceRatio: 0.9 });

/**
 * By subject: is it searched for damage of buildings among photos of nothing known, of a property, of a vehicle; for damage of
 * a vehicle among the same; may it be a close-up?
 */
const TABLE = [
  ['kitchen', [true, true, false], [false, false, false], false],
  ['bathroom', [true, true, false], [false, false, false], false],
  ['bedroom', [true, true, false], [false, false, false], false],
  ['living_room', [true, true, false], [false, false, false], false],
  ['exterior', [true, true, false], [false, false, false], false],
  ['roof', [true, true, false], [false, false, false], false],
  ['surface', [true, true, false], [false, false, true], true],
  ['undetermined', [true, true, false], [false, false, true], true],
  ['other', [false, true, false], [false, false, true], true],
  ['product', [false, false, false], [false, false, true], true],
  ['document', [false, false, false], [false, false, false], true],
  ['vehicle', [false, false, false], [true, false, true], true],
] as const;
const KINDS = [undefined, 'property', 'vehicle'] as const;

describe('asksSurface', () => {
  it.each(TABLE)('of %s among photos of anything, a property, a vehicle: %j', (label, surface) => {
    expect(KINDS.map((kind) => asksSurface(shows(label), kind))).toEqual(surface);
  });

  it.each(['product', 'collectible'] as const)('is false for a %s, whatever the background', (kind) => {
    expect(TABLE.some(([label]) => asksSurface(shows(label), kind))).toBe(false);
  });
});

describe('asksVehicle', () => {
  it.each(['product', 'collectible'] as const)('is false for a %s, even a model car', (kind) => {
    expect(TABLE.some(([label]) => asksVehicle(shows(label), kind))).toBe(false);
  });

  it.each(TABLE)('of %s among photos of anything, a property, a vehicle: %#', (label, _, vehicle) => {
    expect(KINDS.map((kind) => asksVehicle(shows(label), kind))).toEqual(vehicle);
  });
});

describe('the words of an owner', () => {
  it('ask for what they name, whatever the model sees', () => {
    expect(TABLE.filter(([label]) => !asksSurface(shows(label), 'property', 'building'))).toEqual([]);
    expect(TABLE.filter(([label]) => !asksVehicle(shows(label), 'vehicle', 'vehicle'))).toEqual([]);
  });

  it('ask for nothing else, and take nothing away', () => {
    for (const kind of KINDS) {
      for (const [label] of TABLE) {
        expect(asksSurface(shows(label), kind, 'vehicle')).toBe(asksSurface(shows(label), kind));
        expect(asksVehicle(shows(label), kind, 'building')).toBe(asksVehicle(shows(label), kind));
      }
    }
  });
});

describe('maybeCloseUp', () => {
  it.each(TABLE)('of %s: %#', (label, _, __, closeUp) => {
    expect(maybeCloseUp(shows(label))).toBe(closeUp);
  });
});
