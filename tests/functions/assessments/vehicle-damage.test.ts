import { describe, expect, it } from 'vitest';
import {
  boundsOf,
  type DamagedPanel,
  damageIsRealRatio,
  readVehicleViews,
} from '../../../functions/assessments/vehicle-damage.ts';
import type { VehicleCondition } from '../../../functions/photos/photo-assessment.ts';
import { photo, vehicleOf } from './photos.ts';

const showing = (photoId: string, vehicle: Partial<VehicleCondition>) =>
  photo(photoId, 'vehicle', { vehicle: { ...vehicleOf('minor', 0.9).vehicle, ...vehicle } });
const panel = (severity: DamagedPanel['severity'], confidenceRatio: number): DamagedPanel => ({
  part: undefined,
  severity,
  confidenceRatio,
  photoIds: ['p001'],
});

describe('readVehicleViews', () => {
  it('counts pictures without damage, with it and unsure ones, and no photo of another thing', () => {
    const views = [
      showing('p001', { severity: 'undamaged' }),
      showing('p002', { severity: 'undamaged', experimental: true }),
      showing('p003', { severity: 'moderate' }),
      showing('p004', { severity: 'moderate', experimental: true }),
      showing('p005', { severity: 'undetermined' }),
      photo('p006', 'kitchen'),
    ];

    expect(readVehicleViews(views)).toMatchObject({ undamaged: 2, damaged: 1, unsure: 2 });
  });

  it('takes copies for one picture: the worst severity, the highest confidence of damage and every part', () => {
    const picture = showing('p001', { severity: 'undamaged', confidenceRatio: 1 });
    const door = [{ part: 'door' as const, confidenceRatio: 0.7, experimental: false }];
    const copies = [
      picture,
      { ...picture, photoId: 'p002', vehicle: { ...vehicleOf('severe', 0.5).vehicle, parts: door } },
      { ...picture, photoId: 'p003', ...vehicleOf('minor', 0.8) },
    ];

    expect(readVehicleViews(copies)).toEqual({
      undamaged: 0,
      damaged: 1,
      unsure: 0,
      panels: [{ part: 'door', severity: 'severe', confidenceRatio: 0.8, photoIds: ['p002', 'p003'] }],
    });
  });

  it('does not depend on the order of photos, of which one resembles two that do not resemble each other', () => {
    const views = ['0000000000000000', '00000000000000ff', '000000000000ffff'].map((phash, index) => {
      const view = showing(`p00${index + 1}`, {});
      return { ...view, media: { ...view.media, phash } };
    });
    const [one, bridge, other] = views;
    if (!one || !bridge || !other) throw new Error('no views');

    expect(readVehicleViews([one, other, bridge])).toEqual(readVehicleViews(views));
  });

  it('names panels that are as bad and as sure by their part, without one first', () => {
    const parts = (['fender', 'bumper'] as const).map((part) => ({ part, confidenceRatio: 0.7, experimental: false }));
    const { panels } = readVehicleViews([showing('p001', { parts }), showing('p002', {})]);

    expect(panels.map(({ part }) => part)).toEqual([undefined, 'bumper', 'fender']);
  });
});

describe('damageIsRealRatio', () => {
  it.each([
    [1, 0, 0.633],
    [1, 7, 0.633],
    [2, 1, 0.633],
    [2, 0, 0.749],
    [6, 0, 0.963],
  ])('of %d photos with damage and %d without is %d', (damaged, undamaged, ratio) => {
    expect(damageIsRealRatio({ damaged, undamaged })).toBeCloseTo(ratio, 3);
  });
});

describe('boundsOf', () => {
  const certaintyAt = (grade: number, panels: readonly DamagedPanel[]): number =>
    Math.max(
      ...boundsOf({ damaged: 1, undamaged: 0, unsure: 0, panels })
        .filter(({ best }) => best === grade)
        .map(({ certainty }) => certainty),
    );
  const REAL = 0.873 / (0.873 + 0.506);

  it('combine the certainty of the panels, as far as damage is real', () => {
    const panels = [panel('moderate', 0.5), panel('moderate', 0.6), panel('minor', 0.9)];

    expect(certaintyAt(4, panels)).toBeCloseTo(REAL * (1 - 0.5 * 0.4 * 0.1), 9);
    expect(certaintyAt(3, panels)).toBeCloseTo(REAL * (1 - 0.5 * 0.4), 9);
    expect(certaintyAt(2, panels)).toBe(0);
  });

  it.each([
    ['minor', 3],
    ['moderate', 2],
    ['severe', 1],
  ] as const)('are for three panels of %s damage at %d, as sure as the last of them', (severity, best) => {
    const panels = [0.9, 0.4, 0.7].map((confidence) => panel(severity, confidence));

    expect(certaintyAt(best, panels)).toBeCloseTo(REAL * 0.4, 9);
    expect(certaintyAt(best, panels.slice(1))).toBe(0);
  });
});
