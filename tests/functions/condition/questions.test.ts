import { describe, expect, it } from 'vitest';
import { asksSurface, asksVehicle, maybeCloseUp } from '../../../functions/condition/questions.ts';
import type { Subject } from '../../../functions/photos/photo-assessment.ts';

const shows = (label: Subject['label']): Subject => ({ label, confidenceRatio: 0.9 });

describe('asksSurface', () => {
  it.each(['kitchen', 'bathroom', 'bedroom', 'living_room', 'exterior', 'roof', 'surface', 'undetermined'] as const)(
    'is true of %s',
    (label) => {
      expect([asksSurface(shows(label)), asksSurface(shows(label), 'property')]).toEqual([true, true]);
    },
  );

  it.each(['vehicle', 'product', 'document'] as const)('is false of %s', (label) => {
    expect([asksSurface(shows(label)), asksSurface(shows(label), 'property')]).toEqual([false, false]);
  });

  it('is true of something else only among the photos of a property', () => {
    expect([asksSurface(shows('other')), asksSurface(shows('other'), 'property')]).toEqual([false, true]);
  });

  it('is false for every other kind of asset', () => {
    expect((['vehicle', 'product', 'collectible'] as const).some((kind) => asksSurface(shows('surface'), kind))).toBe(
      false,
    );
  });
});

describe('asksVehicle', () => {
  it('is true of a vehicle, whatever the asset', () => {
    expect([asksVehicle(shows('vehicle')), asksVehicle(shows('vehicle'), 'property')]).toEqual([true, true]);
  });

  it('is true of a close-up among the photos of a vehicle', () => {
    expect([asksVehicle(shows('surface'), 'vehicle'), asksVehicle(shows('surface'))]).toEqual([true, false]);
  });

  it('is false of a document among the photos of a vehicle', () => {
    expect(asksVehicle(shows('document'), 'vehicle')).toBe(false);
  });
});

describe('maybeCloseUp', () => {
  it('is false of rooms, facades and roofs, whose size is known', () => {
    expect([maybeCloseUp(shows('kitchen')), maybeCloseUp(shows('roof'))]).toEqual([false, false]);
  });

  it('is true of surfaces, and of what nobody recognised', () => {
    expect([maybeCloseUp(shows('surface')), maybeCloseUp(shows('undetermined'))]).toEqual([true, true]);
  });
});
