import { describe, expect, it } from 'vitest';
import type { View } from '../../../functions/assessments/photo-views.ts';
import { VehicleRating } from '../../../functions/assessments/rating.ts';
import type { Vehicle } from '../../../functions/assets/asset.ts';
import type { VehicleCondition } from '../../../functions/photos/photo-assessment.ts';
import { rateVehicle } from '../by-default.ts';
import { photo, vehicleOf } from './photos.ts';

type Facts = Omit<Vehicle, 'kind'>;
type Shown = Parameters<typeof vehicleOf>[0];

const rate = (facts: Facts, views: readonly View[]) =>
  VehicleRating.parse(rateVehicle({ kind: 'vehicle', ...facts }, views));

function rated(views: readonly View[], facts: Facts = {}) {
  const rating = rate(facts, views);
  if (rating.status !== 'rated') throw new Error('undetermined');
  return rating;
}

const car = (...shown: readonly Shown[]): View[] =>
  shown.map((severity, index) => photo(`p00${index + 1}`, 'vehicle', vehicleOf(severity, 0.9)));
const clean = (views: number): View[] => car(...Array.from({ length: views }, () => 'undamaged' as const));
const showing = (photoId: string, vehicle: Partial<VehicleCondition>): View =>
  photo(photoId, 'vehicle', { vehicle: { ...vehicleOf('minor', 0.9).vehicle, ...vehicle } });
const certain = (part: VehicleCondition['parts'][number]['part'], experimental = false) => ({
  part,
  confidenceRatio: 0.7,
  experimental,
});

describe('rateVehicle', () => {
  it('grades eight views without damage 4 to 5', () => {
    expect(rated(clean(8))).toMatchObject({
      score: 4.38,
      grade: 4.5,
      class: 'clean',
      range: { from: 5, to: 4 },
      reasons: [
        'no damage visible on 8 photos',
        '25 % for 5, 35 % for 4.5, 33 % for 4, 5 % for 3.5, 2 % for 3: on average 4.38',
      ],
    });
  });

  it('grades one scratch among seven views without damage 4.5, and leaves 4 possible', () => {
    const { grade, class: name, range, reasons } = rated([...clean(7), showing('p008', {})]);

    expect({ grade, name, range }).toEqual({ grade: 4.5, name: 'clean', range: { from: 5, to: 4 } });
    expect(reasons).toEqual([
      'minor damage (90 %, p008): 4 at best',
      'the model calls 89 % of damaged and 42 % of undamaged pieces damaged, so better grades stay possible',
      'with 1 photo of damage and 7 without, damage is there with 30 %',
      '18 % for 5, 25 % for 4.5, 49 % for 4, 5 % for 3.5, 2 % for 3: on average 4.26',
    ]);
  });

  it.each([
    [1, { from: 5, to: 2.5 }],
    [2, { from: 5, to: 3 }],
    [4, { from: 5, to: 4 }],
  ])('has a range that %d views without damage leave: %j', (views, range) => {
    expect(rated(clean(views)).range).toEqual(range);
  });

  it('says that few views leave the range wide', () => {
    expect(rated(clean(1)).reasons).toContain(
      '1 of 4 views without damage: the range stays wide; front, rear and both sides narrow it',
    );
  });

  it('counts views without damage although the model marks "undamaged" experimental', () => {
    const experimental = clean(8).map((view) => ({
      ...view,
      ...(view.vehicle && { vehicle: { ...view.vehicle, experimental: true } }),
    }));

    expect(rated(experimental)).toEqual(rated(clean(8)));
  });

  it.each([
    { severity: 'severe', experimental: true },
    { severity: 'undetermined', experimental: false },
  ] as const)('does not move by a photo that is $severity, experimental: $experimental', (vehicle) => {
    const { reasons, ...rest } = rated([...clean(3), showing('p009', vehicle)]);
    const { reasons: _before, ...before } = rated(clean(3));

    expect(rest).toEqual(before);
    expect(reasons).toContain('1 photo on which the model is not sure');
  });

  it('says what is missing without a photo on which the model is sure', () => {
    expect(rate({}, [showing('p001', { severity: 'undetermined' }), photo('p002', 'kitchen')])).toMatchObject({
      status: 'undetermined',
      reasons: ['no usable photo of the vehicle on which the model is sure, 1 on which it is not'],
      missing: ['usable photos of the whole vehicle: front, rear and both sides'],
    });
  });

  it.each([
    [{ frameDamage: true }, 'stated frame damage: 2 at best'],
    [{ floodDamage: true }, 'stated flood damage: 2 at best'],
    [{ statedCondition: 'rough' }, "stated rough: 2 at best, against the owner's interest"],
  ] as const)('is no better than 2 with %j, with photos and without', (facts, reason) => {
    const withPhotos = rated(clean(8), facts);

    expect(withPhotos).toMatchObject({ grade: 2, class: 'rough', range: { from: 2, to: 2 } });
    expect(withPhotos.reasons).toContain(reason);
    expect(rate(facts, [])).toMatchObject({ status: 'undetermined', noBetterThan: 2 });
    expect(rate(facts, []).reasons[0]).toBe(reason);
  });

  it('sets no bound without photos where the owner states nothing against their interest', () => {
    expect(rate({ statedCondition: 'average', frameDamage: false }, [])).not.toHaveProperty('noBetterThan');
  });

  it('shows mileage and model year beside the grade, not in it', () => {
    const { facts, ...rest } = rated(clean(4), { odometerMiles: 250_000, modelYear: 1990 });

    expect(facts).toEqual({ odometerMiles: 250_000, modelYear: 1990 });
    expect(rest).toEqual(rated(clean(4)));
  });

  it.each([{ odometerMiles: 0 }, { modelYear: 2020 }])('shows of mileage and model year what is known: %j', (facts) => {
    expect(rated(clean(4), facts).facts).toEqual(facts);
  });

  it.each([
    [['minor', 'minor', 'undamaged', 'undamaged'], 4],
    [['minor', 'minor', 'minor', 'undamaged'], 3],
    [['moderate', 'undamaged', 'undamaged', 'undamaged'], 3],
    [['moderate', 'moderate', 'minor', 'undamaged'], 3],
    [['moderate', 'moderate', 'moderate', 'undamaged'], 2],
    [['severe', 'severe', 'undamaged', 'undamaged'], 2],
    [['severe', 'severe', 'severe', 'undamaged'], 1],
  ] as const)('names for %j the lowest bound %d', (severities, best) => {
    const bounds = rated(car(...severities)).reasons.flatMap((reason) => / (\d) at best$/.exec(reason)?.[1] ?? []);

    expect(Math.min(...bounds.map(Number))).toBe(best);
  });

  it('takes photos of one part for one panel, its worst severity and highest confidence', () => {
    const door = [certain('door')];
    const views = [
      showing('p001', { parts: door, confidenceRatio: 0.9 }),
      showing('p002', { parts: door, severity: 'moderate', confidenceRatio: 0.6 }),
      showing('p003', { parts: door, confidenceRatio: 0.8 }),
    ];

    expect(rated(views).reasons[0]).toBe('moderate damage on the door (90 %, p001, p002, p003): 3 at best');
    expect(rated(views).reasons.join()).not.toContain('panels');
  });

  it('names parts in the words of the US trade, the worst first, and never experimental ones', () => {
    const parts = [certain('bonnet'), certain('dickey_boot'), certain('light', true)];
    const views = [showing('p001', { confidenceRatio: 0.6 }), showing('p002', { parts, severity: 'severe' })];

    expect(rated(views).reasons.slice(0, 4)).toEqual([
      'severe damage on the hood (90 %, p002): 2 at best',
      'severe damage on the trunk (90 %, p002): 2 at best',
      'minor damage (60 %, p001): 4 at best',
      'minor or worse damage on 3 panels or photos: 3 at best',
    ]);
  });

  it('takes of two grades as near the worse', () => {
    expect(rated([...clean(3), showing('p004', { severity: 'moderate', confidenceRatio: 0.84 })])).toMatchObject({
      score: 3.75,
      grade: 3.5,
      class: 'average',
    });
  });

  it('grades no vehicle clean of which one photo in eight shows severe damage', () => {
    expect(rated(car('severe', ...Array(7).fill('undamaged')))).toMatchObject({ class: 'rough', range: { to: 2 } });
  });

  it('grades no vehicle below average of which moderate damage is seen on half of the photos', () => {
    const half = (['moderate', 'undamaged'] as const).flatMap((each) => Array<typeof each>(4).fill(each));
    expect(rated(car(...half))).toMatchObject({ class: 'average', range: { from: 5 } });
  });

  it('grades six views of severe damage extra rough', () => {
    expect(rated(car('severe', 'severe', 'severe', 'severe', 'severe', 'severe'))).toMatchObject({
      grade: 1,
      class: 'extra_rough',
      range: { from: 1, to: 1 },
    });
  });

  it('takes of copies of a picture the worst, whatever their order', () => {
    const [picture] = clean(1);
    if (!picture) throw new Error('no view');
    const copies = (['undamaged', 'severe', 'minor'] as const).map((severity, index) => ({
      ...picture,
      photoId: `c${index}`,
      ...vehicleOf(severity, 0.9),
    }));
    const [severe] = copies.filter(({ vehicle }) => vehicle.severity === 'severe');
    if (!severe) throw new Error('no view');

    expect(rated([...copies, ...clean(3)]).score).toBe(rated([severe, ...clean(3)]).score);
    expect(rated([...copies].toReversed()).score).toBe(rated([severe]).score);
  });
});

describe("the owner's statement beside the rating of a vehicle", () => {
  it.each([
    [
      'extra_clean',
      clean(8),
      'agrees',
      'stated extra clean: what is seen, clean (4.38), does not contradict it, and is not bettered by it',
    ],
    ['average', clean(8), 'makes_worse', 'stated average: worse than what is seen, clean (4.38)'],
    [
      'rough',
      clean(8),
      'makes_worse',
      "stated rough: worse than what is seen, clean (4.38), and against the owner's interest, so it holds",
    ],
    [
      'clean',
      car('severe', 'severe', 'severe', 'severe', 'severe', 'severe'),
      'contradicted',
      'stated clean: the facts and the photos make 1 the best that is likely',
    ],
    ['clean', [], 'not_compared', 'stated clean; the photos do not show enough to compare'],
    [
      'rough',
      [],
      'not_compared',
      "stated rough, against the owner's interest: the vehicle is no better, whatever the photos show",
    ],
  ] as const)('%s with %j: %s', (statedCondition, views, outcome, meaning) => {
    expect(rate({ statedCondition }, views).stated).toEqual({ class: statedCondition, outcome, meaning });
  });

  it('makes worse what looks better, as far as it is believed, and leaves what is seen beside it', () => {
    const { score, class: name, seen, reasons } = rated(clean(8), { statedCondition: 'average' });

    expect({ score, name, seen }).toEqual({
      score: 3.71,
      name: 'average',
      seen: { score: 4.38, grade: 4.5, class: 'clean' },
    });
    expect(reasons).toContain('stated average: 3.5 at best, believed with 75 %');
  });
});
