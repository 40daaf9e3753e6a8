import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { View } from '../../../functions/assessments/photo-views.ts';
import { rateVehicle } from '../../../functions/assessments/rate-vehicle.ts';
import type { Vehicle } from '../../../functions/assets/asset.ts';
import { photo, vehicleOf } from './photos.ts';

const NOW = new Date('2026-11-22T00:00:00Z');
const rate = (facts: Omit<Vehicle, 'kind'>, views: readonly View[]) =>
  rateVehicle({ kind: 'vehicle', ...facts }, views, NOW);
const scoreOf = (views: readonly View[], facts: Omit<Vehicle, 'kind'> = {}): number => {
  const rating = rate(facts, views);
  return rating.status === 'rated' ? rating.score : Number.NaN;
};

type Shown = readonly (readonly ['undamaged' | 'minor' | 'moderate' | 'severe', number])[];
const car = (shown: Shown): View[] =>
  shown.map(([severity, confidence], index) => photo(`p00${index + 1}`, 'vehicle', vehicleOf(severity, confidence)));

const SEVERITIES = ['undamaged', 'minor', 'moderate', 'severe'] as const;
const anyView = fc.tuple(fc.constantFrom(...SEVERITIES), fc.double({ min: 0.05, max: 1, noNaN: true }));

describe('rateVehicle', () => {
  it('grades a clean car of usual use', () => {
    expect(
      rate(
        { odometerMiles: 12_000, modelYear: 2025, statedCondition: 'clean' },
        car([
          ['undamaged', 0.9],
          ['undamaged', 0.8],
        ]),
      ),
    ).toMatchObject({
      status: 'rated',
      grade: 4,
      class: 'clean',
      reasons: [
        'no damage seen on 2 usable photos',
        'stated condition clean',
        '12000 miles: use alone gives about 4.7',
        'model year 2025: age alone gives about 4.8',
      ],
    });
  });

  it('names damage with the photo that shows it', () => {
    const { reasons } = rate(
      {},
      car([
        ['undamaged', 0.9],
        ['severe', 0.7],
      ]),
    );

    expect(reasons[0]).toBe('severe damage (70 %, p002)');
  });

  it.each(['frameDamage', 'floodDamage'] as const)('caps the grade at 2 for %s', (fact) => {
    expect(
      rate(
        { [fact]: true, statedCondition: 'extra_clean' },
        car([
          ['undamaged', 1],
          ['undamaged', 1],
        ]),
      ),
    ).toMatchObject({ grade: 2, class: 'rough' });
  });

  it('sinks with mileage', () => {
    const views = car([
      ['undamaged', 0.9],
      ['undamaged', 0.9],
    ]);

    expect(scoreOf(views, { odometerMiles: 180_000 })).toBeLessThan(scoreOf(views, { odometerMiles: 20_000 }));
  });

  it('says what is missing when fewer than two photos are certain', () => {
    const unsure = {
      vehicle: { severity: 'undetermined' as const, confidenceRatio: 0.4, experimental: false, parts: [] },
    };

    expect(rate({}, [...car([['minor', 0.9]]), photo('p009', 'vehicle', unsure)])).toMatchObject({
      status: 'undetermined',
      reasons: ['2 usable photos, 2 of a vehicle, 1 on which its condition is certain'],
      missing: [expect.stringMatching(/at least 2 sharp photos/)],
    });
  });

  it('does not count copies of a picture twice, and takes the worst of them', () => {
    const [one, other] = car([
      ['severe', 0.9],
      ['undamaged', 0.9],
    ]);
    if (!one || !other) throw new Error('no views');
    const copy = { ...other, photoId: 'p003', media: one.media };

    expect(scoreOf([one, other, copy])).toBe(scoreOf([one, other]));
  });

  it.each([
    [['severe', 'undamaged'], ['severe']],
    [['undamaged', 'severe'], ['severe']],
    [['minor', 'minor', 'minor'], ['minor']],
    [['minor', 'moderate', 'minor'], ['moderate']],
  ] as const)('takes for one picture, of which copies say %j, the worst: %j', (severities, [worst]) => {
    const [other, picture] = car([
      ['minor', 0.7],
      ['undamaged', 0.9],
    ]);
    if (!other || !picture) throw new Error('no views');
    const shown = (each: readonly (typeof severities)[number][]) =>
      each.map((severity, index) => ({ ...picture, photoId: `copy ${index}`, ...vehicleOf(severity, 0.9) }));

    expect(scoreOf([other, ...shown(severities)])).toBe(scoreOf([other, ...shown([worst])]));
    expect(scoreOf([...shown(severities), other])).toBe(scoreOf([other, ...shown([worst])]));
  });

  it('needs two pictures: copies of one are not enough', () => {
    const [picture] = car([['undamaged', 0.9]]);
    if (!picture) throw new Error('no view');

    expect(rate({}, [picture, { ...picture, photoId: 'copy' }]).status).toBe('undetermined');
  });

  it('does not rest on an experimental severity, nor on photos that show no vehicle', () => {
    const experimental = { vehicle: { ...vehicleOf('severe').vehicle, experimental: true } };
    const views = [...car([['minor', 0.9]]), photo('p002', 'vehicle', experimental), photo('p003', 'kitchen')];

    expect(rate({}, views)).toMatchObject({
      status: 'undetermined',
      reasons: ['3 usable photos, 2 of a vehicle, 1 on which its condition is certain'],
    });
  });

  it('counts further views of damage a sixth of the worst', () => {
    // 3.5 usual, less 4 x (1 - exp(-points / 2)): points 2.4, and 2.4 + 2.4 / 6.
    const severe = ['severe', 1] as const;

    expect(scoreOf(car([severe, ['undamaged', 1]]))).toBeCloseTo(3.5 - 4 * (1 - Math.exp(-1.2)), 2);
    expect(scoreOf(car([severe, severe]))).toBeCloseTo(3.5 - 4 * (1 - Math.exp(-1.4)), 2);
  });

  it.each([
    [
      ['severe', 'severe', 'severe'],
      { statedCondition: 'rough', odometerMiles: 300_000, modelYear: 1980 },
      'inoperable',
    ],
    [['severe', 'undamaged'], { statedCondition: 'rough', odometerMiles: 300_000 }, 'inoperable'],
    [['severe', 'undamaged'], {}, 'extra_rough'],
    [['minor', 'undamaged'], { statedCondition: 'average', odometerMiles: 200_000 }, 'rough'],
    [['undamaged', 'undamaged'], { statedCondition: 'average' }, 'average'],
    [['undamaged', 'undamaged'], { statedCondition: 'clean' }, 'clean'],
    [['undamaged', 'undamaged'], { statedCondition: 'extra_clean', odometerMiles: 0, modelYear: 2026 }, 'extra_clean'],
  ] as const)('names the class nearest to the score: photos %j and facts %j', (severities, facts, name) => {
    expect(rate(facts, car(severities.map((severity) => [severity, 1] as const)))).toMatchObject({ class: name });
  });

  it('names the parts that are certain, the worst photo first', () => {
    const parts = [
      { part: 'door', confidenceRatio: 0.7, experimental: false },
      { part: 'dickey_boot', confidenceRatio: 0.7, experimental: false },
      { part: 'light', confidenceRatio: 0.9, experimental: true },
    ] as const;
    const severe = { vehicle: { ...vehicleOf('severe', 0.805).vehicle, parts: [...parts] } };

    expect(rate({}, [...car([['minor', 0.9]]), photo('p002', 'vehicle', severe)]).reasons).toEqual([
      'severe damage at door, dickey boot (81 %, p002)',
      'minor damage (90 %, p001)',
      'no facts on mileage, age or condition: assumed to be a typical used car',
    ]);
  });

  it('never improves by another damaged photo', () => {
    fc.assert(
      fc.property(fc.array(anyView, { minLength: 2, maxLength: 6 }), anyView, (shown, more) => {
        expect(scoreOf(car([...shown, more]))).toBeLessThanOrEqual(scoreOf(car(shown)));
      }),
    );
  });

  it('never improves when a photo shows worse damage', () => {
    fc.assert(
      fc.property(
        fc.array(anyView, { minLength: 1, maxLength: 4 }),
        anyView,
        fc.constantFrom(...SEVERITIES),
        (shown, [severity, confidence], worse) => {
          fc.pre(SEVERITIES.indexOf(worse) >= SEVERITIES.indexOf(severity));
          expect(scoreOf(car([...shown, [worse, confidence]]))).toBeLessThanOrEqual(
            scoreOf(car([...shown, [severity, confidence]])),
          );
        },
      ),
    );
  });
});
