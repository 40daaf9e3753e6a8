import { describe, expect, it } from 'vitest';
import { captionOfFindings, captionOfVehicle, isDamaged } from '../../../functions/photos/caption.ts';
import { SEVERITIES, VEHICLE_PARTS, type VehicleCondition } from '../../../functions/photos/photo-assessment.ts';
import { finding, vehicleOf } from '../assessments/photos.ts';
import { luminanceOf } from './luminance.ts';

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

describe('captionOfVehicle', () => {
  it('says how bad it is, then the parts by their US names, the surest first, never surer than "over 95 %"', () => {
    const parts = [part('dickey_boot', 0.61, true), part('bonnet', 1), part('fender', 0.72)];

    expect(captionOfVehicle({ ...vehicle, parts }).lines).toEqual([
      'severe damage over 95 %',
      'hood over 95 %',
      'fender 72 %',
      'trunk 61 % (experimental)',
    ]);
  });

  it('says the severity alone where no part is certain', () => {
    expect(captionOfVehicle(vehicle).lines).toEqual(['severe damage over 95 %']);
  });

  it('marks an experimental severity, in white', () => {
    const { lines, ground } = captionOfVehicle({ ...vehicle, experimental: true });

    expect([lines, ground]).toEqual([['severe damage over 95 % (experimental)'], [255, 255, 255]]);
  });

  it('has words without underscores for every part', () => {
    const parts = VEHICLE_PARTS.map((name) => part(name, 0.5));

    expect(captionOfVehicle({ ...vehicle, parts }).lines.join(' ')).toMatch(/^[a-z0-9 %]+$/);
  });
});

describe('captionOfFindings', () => {
  const nowhere = (rest: Parameters<typeof finding>[0]) => finding({ box: null, areaRatio: null, ...rest });

  it('says how bad each is, what and how sure, those that count first', () => {
    const mould = nowhere({ kind: 'mould', experimental: true, confidenceRatio: 0.9 });
    const destroyed = nowhere({ kind: 'destroyed', severity: 'severe', confidenceRatio: 0.97 });

    expect(captionOfFindings([mould, destroyed]).lines).toEqual([
      'severe destruction or collapse over 95 %',
      'moderate mould 90 % (experimental)',
    ]);
  });

  it('has the colour of the worst that counts', () => {
    const [minor, severe, doubtful] = [
      nowhere({ severity: 'minor' }),
      nowhere({ severity: 'severe' }),
      nowhere({ severity: 'severe', experimental: true }),
    ];
    const groundOf = (...findings: (typeof minor)[]) => captionOfFindings(findings).ground;

    expect(groundOf(minor, severe)).toEqual(groundOf(severe));
    expect(groundOf(minor, doubtful)).toEqual(groundOf(minor));
    expect(groundOf(severe)).not.toEqual(groundOf(minor));
    expect(groundOf(doubtful)).toEqual([255, 255, 255]);
  });

  it('is dark enough for its white letters, or the reverse', () => {
    for (const experimental of [true, false]) {
      for (const severity of SEVERITIES) {
        const { ground, letters } = captionOfFindings([nowhere({ severity, experimental })]);
        const colour = experimental ? letters : ground;
        // WCAG 2: contrast of white and the colour, at least 4.5 for small letters.
        expect(1.05 / (luminanceOf(colour) + 0.05)).toBeGreaterThan(4.5);
      }
    }
  });
});
