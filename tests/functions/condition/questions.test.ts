import { describe, expect, it } from 'vitest';
import { maybeCloseUp, needsSurfaceModel, needsVehicleModel } from '../../../functions/condition/questions.ts';
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

describe('needsSurfaceModel', () => {
  it.each(TABLE)('of %s among photos of anything, a property, a vehicle: %j', (label, surface) => {
    expect(KINDS.map((kind) => needsSurfaceModel(shows(label), kind))).toEqual(surface);
  });

  it.each(['product', 'collectible'] as const)('is false for a %s, whatever the background', (kind) => {
    expect(TABLE.some(([label]) => needsSurfaceModel(shows(label), kind))).toBe(false);
  });
});

describe('needsVehicleModel', () => {
  it.each(['product', 'collectible'] as const)('is false for a %s, even a model car', (kind) => {
    expect(TABLE.some(([label]) => needsVehicleModel(shows(label), kind))).toBe(false);
  });

  it.each(TABLE)('of %s among photos of anything, a property, a vehicle: %#', (label, _, vehicle) => {
    expect(KINDS.map((kind) => needsVehicleModel(shows(label), kind))).toEqual(vehicle);
  });
});

describe('the words of an owner', () => {
  it('ask for what they name, whatever the model sees', () => {
    expect(TABLE.filter(([label]) => !needsSurfaceModel(shows(label), 'property', 'building'))).toEqual([]);
    expect(TABLE.filter(([label]) => !needsVehicleModel(shows(label), 'vehicle', 'vehicle'))).toEqual([]);
  });

  it('ask for nothing else, and take nothing away', () => {
    for (const kind of KINDS) {
      for (const [label] of TABLE) {
        expect(needsSurfaceModel(shows(label), kind, 'vehicle')).toBe(needsSurfaceModel(shows(label), kind));
        expect(needsVehicleModel(shows(label), kind, 'building')).toBe(needsVehicleModel(shows(label), kind));
      }
    }
  });
});

describe('maybeCloseUp', () => {
  it.each(TABLE)('of %s: %#', (label, _, __, closeUp) => {
    expect(maybeCloseUp(shows(label))).toBe(closeUp);
  });
});
