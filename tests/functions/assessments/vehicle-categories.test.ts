import { describe, expect, it } from 'vitest';
import { vehicleCategories } from '../../../functions/assessments/vehicle-categories.ts';
import type { Vehicle } from '../../../functions/assets/asset.ts';

const categoriesOf = (facts: Omit<Vehicle, 'kind'>, damaged: number, undamaged: number) =>
  vehicleCategories({ kind: 'vehicle', ...facts }, { damaged, undamaged });
const statusOf = (...of: Parameters<typeof categoriesOf>) =>
  Object.fromEntries(Object.entries(categoriesOf(...of)).map(([name, { status }]) => [name, status]));

const NOTHING = {
  paintAndBody: 'not_inspected',
  interior: 'not_inspected',
  frame: 'not_inspected',
  mechanical: 'not_inspected',
  tires: 'not_inspected',
};

describe('vehicleCategories', () => {
  it('are not inspected but paint and body', () => {
    expect(statusOf({}, 0, 8)).toEqual({ ...NOTHING, paintAndBody: 'seen' });
  });

  it.each([
    [0, 8, '8 photos, no damage visible'],
    [1, 7, '8 photos, damage on 1'],
    [1, 0, '1 photo, damage on 1'],
    [0, 0, 'not inspected: no usable photo shows it'],
  ])('say of paint and body on %d photos with damage and %d without: %j', (damaged, undamaged, meaning) => {
    expect(categoriesOf({}, damaged, undamaged).paintAndBody.meaning).toBe(meaning);
  });

  it.each([
    [{}, {}],
    [{ frameDamage: true }, { frame: 'stated_damage' }],
    [{ floodDamage: true }, { interior: 'stated_damage', mechanical: 'stated_damage' }],
    [{ frameDamage: false, floodDamage: false }, {}],
  ])('are without photos, with %j: %j', (facts, stated) => {
    expect(statusOf(facts, 0, 0)).toEqual({ ...NOTHING, ...stated });
  });
});
