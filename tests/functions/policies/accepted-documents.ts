import fc from 'fast-check';
import { type ClassDistribution, mix, notBetterThan } from '../../../functions/assessments/class-distribution.ts';
import { bounded, GRADES } from '../../../functions/assessments/grade-distribution.ts';
import { FINDING_WEIGHTS } from '../../../functions/assessments/property-rating-rules.ts';
import { UAD_CLASSES } from '../../../functions/assets/asset.ts';
import { FAILING_TESTS, VERDICTS, WARNING_TESTS } from '../../../functions/authenticity/evidence-policy.ts';
import { FINDING_KINDS, SEVERITIES } from '../../../functions/photos/photo-assessment.ts';

/** Random documents, of every shape that a policy allows; those that break a relation are left out by the tests. */

const share = fc.double({ min: 0, max: 1, noNaN: true });
const count = fc.integer({ min: 1, max: 8 });

const distribution = (length: number) =>
  fc
    .array(fc.oneof(fc.constant(0), share), { minLength: length, maxLength: length })
    .filter((shares) => shares.some((each) => each > 0.001))
    .map((shares) => shares.map((each) => each / shares.reduce((sum, other) => sum + other, 0)));

/** Values in ascending order. */
const sorted = <Value>(of: readonly Value[], length: number): fc.Arbitrary<Value[]> =>
  fc
    .array(fc.integer({ min: 0, max: of.length - 1 }), { minLength: length, maxLength: length })
    .map((indexes) => indexes.toSorted((a, b) => a - b).map((index) => of[index] as Value));

const anyClass = fc.constantFrom(...UAD_CLASSES);
/** A distribution that is nowhere better. */
const noBetter = (shares: ClassDistribution, bound: (typeof UAD_CLASSES)[number], by: number): number[] => [
  ...mix(notBetterThan(shares, bound), shares, by),
];

const priors = fc.tuple(distribution(6), anyClass, share, anyClass, share).map(([fresh, one, much, other, more]) => {
  const renewed = [...notBetterThan(noBetter(fresh, one, much), 'C2')];
  return { new: fresh, renewed, typical: [...notBetterThan(noBetter(renewed, other, more), 'C3')] };
});

const bestClassWith = fc.tuple(sorted(UAD_CLASSES, FINDING_WEIGHTS.length), anyClass).map(([classes, inspect]) => ({
  ...Object.fromEntries(FINDING_WEIGHTS.map((weight, index) => [weight, classes[index]])),
  inspect,
}));

const eachSeverity = <Value>(values: readonly Value[]) =>
  Object.fromEntries(SEVERITIES.map((severity, index) => [severity, values[index]]));

const weightsOfKind = fc
  .oneof(sorted(FINDING_WEIGHTS, SEVERITIES.length), fc.constant(['inspect', 'inspect', 'inspect'] as const))
  .map(eachSeverity);

const rangeQuantiles = fc.record({
  from: fc.double({ min: 0, max: 0.1, noNaN: true }),
  to: fc.double({ min: 0.9, max: 1, noNaN: true }),
});

export const propertyDocuments = fc.record({
  newConstructionYears: fc.integer({ min: 0, max: 2 }),
  remodelledYears: fc.integer({ min: 2, max: 10 }),
  priors,
  bestClassWith,
  cosmeticFindingsOfC4: count,
  weightOf: fc.record(Object.fromEntries(FINDING_KINDS.map((kind) => [kind, weightsOfKind]))),
  statedShareByDistance: fc
    .array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 })
    .map((shares) => shares.toSorted((a, b) => b - a)),
  againstInterestFrom: anyClass,
  leastViews: fc.record({ interior: fc.integer({ min: 1, max: 3 }), exterior: fc.constant(1) }),
  interiorShare: share,
  rangeQuantiles,
});

const grade = fc.constantFrom(...GRADES);

export const vehicleDocuments = fc
  .record({
    noDamageVisible: distribution(GRADES.length),
    worse: fc.tuple(grade, share),
    enoughViews: count,
    ones: sorted(GRADES, SEVERITIES.length),
    less: fc.array(fc.nat({ max: 10 }), { minLength: 3, maxLength: 3 }),
    severalPanels: count,
    mostWithStructuralDamage: grade,
    stated: sorted(GRADES, 3),
    statedCertainty: fc.record({ clean: share, average: share }),
    rangeQuantiles,
  })
  .map(({ worse: [best, certainty], ones, less, stated, ...rest }) => {
    const several = ones.map((one, index) => Math.max(0, one - (less[index] ?? 0) / 2));
    const falling = several.map((_, index) => Math.min(...several.slice(0, index + 1)));
    return {
      ...rest,
      nothingSeen: [...bounded(rest.noDamageVisible, [{ best, certainty }])],
      bestGradeWith: eachSeverity(ones.map((one, index) => ({ one, several: falling[index] }))),
      bestGradeOfStated: { clean: stated[0], average: stated[1], rough: stated[2] },
    };
  });

const steps = fc
  .tuple(share, share)
  .map(([one, other]) => ({ moderate: Math.min(one, other), severe: Math.max(one, other) }));
const kinds = fc.subarray([...FINDING_KINDS]);

export const findingDocuments = fc.record({
  crackLengthRatio: steps,
  damagedAreaRatio: steps,
  neverMinor: kinds,
  alwaysSevere: kinds,
  marginOfSevereRatio: share,
  severityPoints: sorted([0.01, 0.1, 1, 5, 100], 3).map(eachSeverity),
  crackCells: fc.record({
    thin: fc.double({ min: 0, max: 3, noNaN: true }),
    open: fc.double({ min: 3.1, max: 9, noNaN: true }),
    leastLength: fc.double({ min: 0, max: 9, noNaN: true }),
  }),
});

const ends = (least: number, most: number) =>
  fc.tuple(fc.double({ min: least, max: most, noNaN: true }), fc.double({ min: least, max: most, noNaN: true }));
const [scale, part] = [ends(0.01, 1000), ends(0, 1)];

export const photoDocuments = fc.record({
  usableQualityRatio: share,
  poorPartRatio: share,
  laplacianVariance: scale.map(([none, full]) => ({ none, full })),
  comfortableLuma: ends(0.01, 0.99).map(([from, to]) => ({ from, to })),
  clippedDark: part.map(([free, half]) => ({ free, half })),
  clippedBright: part.map(([free, half]) => ({ free, half })),
  megapixels: scale.map(([none, full]) => ({ none, full })),
});

const verdictOfEach = <Test extends string>(tests: readonly Test[]) =>
  fc.record(Object.fromEntries(tests.map((test) => [test, fc.constantFrom(...VERDICTS)])));

export const evidenceDocuments = fc.record({
  failed: verdictOfEach(FAILING_TESTS),
  warned: verdictOfEach(WARNING_TESTS),
  countsForRating: fc.record({ suspicious: fc.boolean(), synthetic: fc.boolean() }),
});
