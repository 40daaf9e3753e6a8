import { describe, expect, it } from 'vitest';
import { VEHICLE_PARTS, type VehicleCondition } from '../../../functions/photos/photo-assessment.ts';
import { captionOf, isDamaged } from '../../../functions/photos/vehicle-caption.ts';
import { vehicleOf } from '../assessments/photos.ts';

const part = (name: VehicleCondition['parts'][number]['part'], confidenceRatio: number, experimental = false) => ({
  part: name,
  confidenceRatio,
  experimental,
});
const { vehicle } = vehicleOf('severe', 0.99);

describe('isDamaged', () => {
  it.each([
    ['minor', true],
    ['moderate', true],
    ['severe', true],
    ['undamaged', false],
    ['undetermined', false],
  ] as const)('of %s is %s', (severity, damaged) => {
    expect(isDamaged({ ...vehicle, severity })).toBe(damaged);
  });
});

describe('captionOf', () => {
  it('says how bad it is, then the parts by their US names, the surest first, never surer than "over 95 %"', () => {
    const parts = [part('dickey_boot', 0.61, true), part('bonnet', 1), part('fender', 0.72)];

    expect(captionOf({ ...vehicle, parts }).lines).toEqual([
      'severe damage over 95 %',
      'hood over 95 %',
      'fender 72 %',
      'trunk 61 % (experimental)',
    ]);
  });

  it('says the severity alone where no part is certain', () => {
    expect(captionOf(vehicle).lines).toEqual(['severe damage over 95 %']);
  });

  it('marks an experimental severity, in white', () => {
    const { lines, ground } = captionOf({ ...vehicle, experimental: true });

    expect([lines, ground]).toEqual([['severe damage over 95 % (experimental)'], [255, 255, 255]]);
  });

  it('has words without underscores for every part', () => {
    const parts = VEHICLE_PARTS.map((name) => part(name, 0.5));

    expect(captionOf({ ...vehicle, parts }).lines.join(' ')).toMatch(/^[a-z0-9 %]+$/);
  });
});
