import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { View } from '../../../functions/assessments/photo-views.ts';
import { VEHICLE_CLASSES } from '../../../functions/assessments/rating.ts';
import { damageIsRealRatio } from '../../../functions/assessments/vehicle-damage.ts';
import { VEHICLE_RATING_RULES as RULES } from '../../../functions/assessments/vehicle-rating-rules.ts';
import type { Vehicle } from '../../../functions/assets/asset.ts';
import { SEVERITIES, VEHICLE_PARTS, type VehicleCondition } from '../../../functions/photos/photo-assessment.ts';
import { rateVehicle } from '../by-default.ts';
import { photo, vehicleOf } from './photos.ts';

type Facts = Omit<Vehicle, 'kind'>;

function ratingOf(views: readonly View[], facts: Facts = {}) {
  const rating = rateVehicle({ kind: 'vehicle', ...facts }, views);
  if (rating.status !== 'rated') throw new Error('undetermined');
  return rating;
}

const viewsOf = (shown: readonly VehicleCondition[]): View[] =>
  shown.map((vehicle, index) => photo(`p${String(index + 1).padStart(3, '0')}`, 'vehicle', { vehicle }));

const confidence = fc.double({ min: 0.05, max: 1, noNaN: true });
const anyParts = fc
  .subarray([...VEHICLE_PARTS])
  .map((parts) => parts.map((part) => ({ part, confidenceRatio: 0.7, experimental: part === 'light' })));
const damage = fc.record({
  severity: fc.constantFrom<VehicleCondition['severity'][]>(...SEVERITIES),
  confidenceRatio: confidence,
  experimental: fc.constant<boolean>(false),
  parts: anyParts,
});
const undamaged = fc.record({
  severity: fc.constant<VehicleCondition['severity']>('undamaged'),
  confidenceRatio: confidence,
  experimental: fc.boolean(),
  parts: fc.constant<VehicleCondition['parts']>([]),
});
const someViews = fc.array(fc.oneof(damage, undamaged), { minLength: 1, maxLength: 8 });
const anyFacts: fc.Arbitrary<Facts> = fc.record(
  {
    statedCondition: fc.constantFrom('extra_clean' as const, 'clean' as const, 'average' as const, 'rough' as const),
    frameDamage: fc.boolean(),
    floodDamage: fc.boolean(),
    odometerMiles: fc.integer({ min: 0, max: 400_000 }),
    modelYear: fc.integer({ min: 1980, max: 2027 }),
  },
  { requiredKeys: [] },
);

/** A score half-way between two hundredths may be rounded either way. */
const TIE = 0.0101;

describe('the laws of a vehicle rating', () => {
  it('more damage never makes it better', () => {
    fc.assert(
      fc.property(someViews, damage, anyFacts, (shown, more, facts) => {
        const [before, after] = [shown, [...shown, more]].map((each) => ratingOf(viewsOf(each), facts));
        expect(after?.score).toBeLessThanOrEqual((before?.score ?? 0) + TIE);
      }),
    );
  });

  it('worse or surer damage never makes it better', () => {
    fc.assert(
      fc.property(
        someViews,
        fc.oneof(damage, undamaged),
        fc.constantFrom(...SEVERITIES),
        confidence,
        anyFacts,
        (shown, one, severity, confidenceRatio, facts) => {
          const ranks = ['undamaged', ...SEVERITIES];
          fc.pre(ranks.indexOf(severity) >= ranks.indexOf(one.severity));
          fc.pre(one.severity === 'undamaged' || confidenceRatio >= one.confidenceRatio);
          const worse = { ...one, severity, confidenceRatio, experimental: false };
          const [before, after] = [one, worse].map((each) => ratingOf(viewsOf([...shown, each]), facts));
          expect(after?.score).toBeLessThanOrEqual((before?.score ?? 0) + TIE);
        },
      ),
    );
  });

  it('the order of photos, copies and the photos of other things change nothing', () => {
    fc.assert(
      fc.property(someViews, anyFacts, fc.nat({ max: 7 }), (shown, facts, at) => {
        const views = viewsOf(shown);
        const copied = views[at % views.length];
        if (!copied) throw new Error('no view');
        const others = [photo('a001', 'document'), photo('x001', 'kitchen')];
        expect(ratingOf([...others, ...views.toReversed()], facts)).toEqual(ratingOf(views, facts));
        const { reasons: _words, ...withCopy } = ratingOf([...views, { ...copied, photoId: 'x002' }], facts);
        expect(ratingOf(views, facts)).toMatchObject(withCopy);
      }),
    );
  });

  it('experimental damage and experimental parts move nothing', () => {
    fc.assert(
      fc.property(someViews, damage, anyFacts, (shown, more, facts) => {
        const { score, probabilities, range } = ratingOf(viewsOf(shown), facts);
        const experimental = { ...more, experimental: true };
        const parts = [{ part: 'windshield' as const, confidenceRatio: 1, experimental: true }];
        const labelled = shown.map((each) => ({ ...each, parts: [...each.parts, ...parts] }));
        expect(ratingOf(viewsOf([...shown, experimental]), facts)).toMatchObject({ score, probabilities, range });
        expect(ratingOf(viewsOf(labelled), facts)).toMatchObject({ score, probabilities, range });
      }),
    );
  });

  it('one minor finding never changes the class of a car that is clean on enough other photos', () => {
    fc.assert(
      fc.property(fc.integer({ min: RULES.enoughViews, max: 12 }), confidence, anyFacts, (views, surety, facts) => {
        const clean = Array.from({ length: views }, () => vehicleOf('undamaged').vehicle);
        const scratched = [...clean, vehicleOf('minor', surety).vehicle];
        expect(ratingOf(viewsOf(scratched), facts).class).toBe(ratingOf(viewsOf(clean), facts).class);
      }),
    );
  });

  it('a statement never makes it better, and mileage and model year do not move it', () => {
    fc.assert(
      fc.property(someViews, anyFacts, (shown, facts) => {
        const views = viewsOf(shown);
        const { statedCondition: _stated, odometerMiles: _miles, modelYear: _year, ...rest } = facts;
        const unsaid = ratingOf(views, rest);
        const { score, seen } = ratingOf(views, facts);
        expect(score).toBeLessThanOrEqual(unsaid.score);
        expect(seen?.score).toBe(unsaid.score);
      }),
    );
  });

  it('the caps hold whatever else', () => {
    fc.assert(
      fc.property(someViews, anyFacts, (shown, facts) => {
        fc.pre(facts.frameDamage === true || facts.floodDamage === true || facts.statedCondition === 'rough');
        const { score, range, probabilities = [] } = ratingOf(viewsOf(shown), facts);
        expect(score).toBeLessThanOrEqual(2);
        expect(range?.from).toBeLessThanOrEqual(2);
        expect(Math.max(...probabilities.map(({ grade }) => grade))).toBeLessThanOrEqual(2);
      }),
    );
  });

  it('score, grade, class and range follow from the probabilities by one rounding', () => {
    fc.assert(
      fc.property(someViews, anyFacts, (shown, facts) => {
        const { score, grade, class: name, range, probabilities = [] } = ratingOf(viewsOf(shown), facts);
        const sum = (each: typeof probabilities) => each.reduce((total, { probability }) => total + probability, 0);
        const mean = probabilities.reduce((total, each) => total + each.grade * each.probability, 0);
        if (!range) throw new Error('no range');
        expect(sum(probabilities)).toBeCloseTo(1, 1);
        expect(Math.abs(mean - score)).toBeLessThan(0.03);
        expect(Math.abs(grade - score)).toBeLessThanOrEqual(0.25);
        expect(VEHICLE_CLASSES.indexOf(name)).toBe(5 - Math.floor(grade));
        expect(range.from).toBeGreaterThanOrEqual(grade);
        expect(range.to).toBeLessThanOrEqual(grade);
        const within = probabilities.filter((each) => each.grade <= range.from && each.grade >= range.to);
        expect(sum(within)).toBeGreaterThanOrEqual(0.795);
      }),
    );
  });

  it('the numbers of its reasons recompute', () => {
    fc.assert(
      fc.property(someViews, anyFacts, (shown, facts) => {
        const { score, reasons, probabilities = [] } = ratingOf(viewsOf(shown), facts);
        const text = reasons.join('\n');
        expect(Number(/on average ([\d.]+)$/.exec(text)?.[1])).toBe(score);
        for (const [, share, grade] of text.matchAll(/(?<!over )\b(\d+) % for ([\d.]+)/g)) {
          const { probability = 0 } = probabilities.find((each) => each.grade === Number(grade)) ?? {};
          expect(Math.abs(Number(share) - probability * 100)).toBeLessThanOrEqual(0.56);
        }
        const damaged = shown.filter(({ severity }) => severity !== 'undamaged').length;
        const severe = shown.filter((each) => each.severity === 'severe').length;
        const ratio = damageIsRealRatio({ calls: { damaged, severe, undamaged: shown.length - damaged }, told: false });
        const said =
          /with (\d+) photos? of damage(?: \(\d+ of it severe\))? and (\d+) without, damage is there with (.*)$/m
            .exec(text)
            ?.slice(1);
        const certainty = ratio > 0.95 ? 'over 95 %' : `${Math.round(ratio * 100)} %`;
        const expected = [String(damaged), String(shown.length - damaged), certainty];
        expect(said).toEqual(damaged > 0 ? expected : undefined);
      }),
    );
  });
});
