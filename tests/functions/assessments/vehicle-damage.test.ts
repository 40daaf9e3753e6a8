import { describe, expect, it } from 'vitest';
import { damageIsRealRatio, readVehicleViews } from '../../../functions/assessments/vehicle-damage.ts';
import type { DamagedPanel } from '../../../functions/assessments/vehicle-panel-damage.ts';
import type { VehicleCondition } from '../../../functions/photos/photo-assessment.ts';
import { boundsOf } from '../by-default.ts';
import { photo, vehicleOf } from './photos.ts';

const showing = (photoId: string, vehicle: Partial<VehicleCondition>, hint?: string) =>
  photo(photoId, 'vehicle', { vehicle: { ...vehicleOf('minor', 0.9).vehicle, ...vehicle }, ...(hint && { hint }) });
const panel = (severity: DamagedPanel['severity'], confidenceRatio: number): DamagedPanel => ({
  panel: {
    name: 'unknown',
    end: 'unknown',
    side: 'unknown',
    is: 'guessed',
    confidenceRatio: null,
    damageType: 'unknown',
    location: undefined,
  },
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

    expect(readVehicleViews(copies)).toMatchObject({
      undamaged: 0,
      damaged: 1,
      unsure: 0,
      panels: [
        {
          panel: { name: 'door', confidenceRatio: 0.7 },
          severity: 'severe',
          confidenceRatio: 0.8,
          photoIds: ['p002', 'p003'],
        },
      ],
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

    expect(panels.map((each) => each.panel.name)).toEqual(['unknown', 'bumper', 'fender']);
  });
});

type Call = 'severe' | 'damaged' | 'undamaged';
/** P(call | damaged) and P(call | undamaged), as measured. */
const SHARES: Record<Call, readonly [number, number]> = {
  severe: [0.268, 0.0106],
  damaged: [0.888, 0.424],
  undamaged: [0.112, 0.576],
};

/** P(these calls | these pictures show damage) / P(these calls | none does), picture by picture. */
const oddsOf = (calls: readonly Call[], showing: readonly boolean[]): number =>
  calls.reduce((product, call, index) => product * (showing[index] ? SHARES[call][0] / SHARES[call][1] : 1), 1);

/** The same odds by trying every set of pictures that may show the damage. */
function oddsByBruteForce(calls: readonly Call[]): number {
  const sets = Array.from({ length: 2 ** calls.length }, (_, bits) => calls.map((_, at) => ((bits >> at) & 1) === 1));
  const bySize = Map.groupBy(sets, (set) => set.filter(Boolean).length);
  const means = [...bySize].flatMap(([size, some]) =>
    size === 0 ? [] : some.reduce((sum, set) => sum + oddsOf(calls, set), 0) / some.length,
  );
  return Math.max(...means);
}

const real = (damaged: number, undamaged: number, { severe = 0, told = false } = {}): number =>
  damageIsRealRatio({ calls: { damaged, severe, undamaged }, told });

describe('damageIsRealRatio', () => {
  it.each([
    [1, 0, 0.677],
    [1, 7, 0.302],
    [2, 1, 0.634],
    [2, 0, 0.814],
    [4, 4, 0.541],
    [6, 0, 0.988],
  ])('of %d photos with damage and %d without is %d, when any may show it', (damaged, undamaged, ratio) => {
    expect(real(damaged, undamaged)).toBeCloseTo(ratio, 3);
  });

  it.each([
    [1, 0, 0.96],
    [1, 7, 0.769],
    [2, 2, 0.914],
  ])('of %d photos with damage, one of them severe, and %d without is %d', (damaged, undamaged, ratio) => {
    expect(real(damaged, undamaged, { severe: 1 })).toBeCloseTo(ratio, 2);
  });

  it('agrees with trying every set of photos that may show the damage', () => {
    for (let damaged = 1; damaged <= 4; damaged += 1) {
      for (let undamaged = 0; undamaged <= 4; undamaged += 1) {
        for (let severe = 0; severe <= damaged; severe += 1) {
          const calls = [
            ...Array<Call>(severe).fill('severe'),
            ...Array<Call>(damaged - severe).fill('damaged'),
            ...Array<Call>(undamaged).fill('undamaged'),
          ];
          const lesserLeftOut = calls.filter((call) => call !== 'damaged');
          const odds = Math.max(oddsByBruteForce(calls), severe > 0 ? oddsByBruteForce(lesserLeftOut) : 0);
          expect(real(damaged, undamaged, { severe })).toBeCloseTo(odds / (1 + odds), 9);
        }
      }
    }
  });

  it('rises with every photo of damage and with its severity, and falls with every one without', () => {
    for (let damaged = 1; damaged <= 12; damaged += 1) {
      for (let undamaged = 0; undamaged <= 12; undamaged += 1) {
        for (let severe = 0; severe <= damaged; severe += 1) {
          const before = real(damaged, undamaged, { severe });
          expect(real(damaged + 1, undamaged, { severe })).toBeGreaterThanOrEqual(before - 1e-12);
          expect(real(damaged + 1, undamaged, { severe: severe + 1 })).toBeGreaterThanOrEqual(before - 1e-12);
          expect(real(damaged, undamaged + 1, { severe })).toBeLessThanOrEqual(before + 1e-12);
          if (severe < damaged)
            expect(real(damaged, undamaged, { severe: severe + 1 })).toBeGreaterThanOrEqual(before - 1e-12);
        }
      }
    }
  });

  it.each([
    [1, 1, 0.289],
    [2, 1, 0.456],
    [1, 2, 0.073],
  ])('of %d photos with damage and %d without of the same panel is %d', (damaged, undamaged, ratio) => {
    expect(real(damaged, undamaged, { told: true })).toBeCloseTo(ratio, 2);
  });
});

describe('the panels of readVehicleViews', () => {
  const undamagedView = (photoId: string, hint: string) => showing(photoId, { severity: 'undamaged' }, hint);

  it('are judged by the photos that show them, where the owner says which these are', () => {
    const views = [
      showing('p001', {}, 'left rear door'),
      undamagedView('p002', 'left rear door, close up'),
      undamagedView('p003', 'left side'),
      undamagedView('p004', 'right side'),
      undamagedView('p005', 'front'),
    ];

    expect(readVehicleViews(views).groups).toEqual([
      expect.objectContaining({ told: true, calls: { damaged: 1, severe: 0, undamaged: 2 } }),
    ]);
  });

  it('are not refuted by photos of another side, nor by photos of nobody knows which', () => {
    const views = [showing('p001', {}, 'front bumper'), undamagedView('p002', 'rear'), undamagedView('p003', '')];

    expect(readVehicleViews(views).groups).toEqual([
      expect.objectContaining({ told: false, calls: { damaged: 1, severe: 0, undamaged: 2 } }),
    ]);
  });

  it.each(['door', 'light', 'wheel', 'front door'])(
    'are not refuted by another photo of a %s, of which there are several',
    (words) => {
      const views = [showing('p001', {}, words), undamagedView('p002', words)];

      expect(readVehicleViews(views).groups).toEqual([
        expect.objectContaining({ told: false, calls: { damaged: 1, severe: 0, undamaged: 1 } }),
      ]);
    },
  );

  it('are refuted by another photo of a hood, of which there is one', () => {
    const views = [showing('p001', {}, 'hood'), undamagedView('p002', 'hood')];

    expect(readVehicleViews(views).groups).toMatchObject([{ told: true }]);
  });

  it('are one whose side one photo tells and another does not', () => {
    const door = [{ part: 'door' as const, confidenceRatio: 0.7, experimental: false }];
    const named = (hints: readonly string[]) =>
      readVehicleViews(hints.map((hint, index) => showing(`p00${index}`, { parts: door }, hint))).panels.map((each) => [
        each.panel.end,
        each.panel.side,
        each.photoIds.length,
      ]);

    expect(named(['door', 'left rear door', 'rear door'])).toEqual([['rear', 'left', 3]]);
    expect(named(['door', 'left rear door', 'right front door'])).toHaveLength(3);
  });
});

describe('boundsOf', () => {
  const certaintyAt = (grade: number, panels: readonly DamagedPanel[]): number =>
    Math.max(
      ...boundsOf({ groups: [{ told: false, calls: { damaged: 1, severe: 0, undamaged: 0 }, panels }] })
        .filter(({ best }) => best === grade)
        .map(({ certainty }) => certainty),
    );
  const REAL = 0.888 / (0.888 + 0.424);

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
