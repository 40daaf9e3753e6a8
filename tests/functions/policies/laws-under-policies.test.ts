import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { View } from '../../../functions/assessments/photo-views.ts';
import { PROPERTY_RATING } from '../../../functions/assessments/property-rating-policy.ts';
import { rateProperty } from '../../../functions/assessments/rate-property.ts';
import { rateVehicle } from '../../../functions/assessments/rate-vehicle.ts';
import { PropertyRating, VehicleRating } from '../../../functions/assessments/rating.ts';
import { VEHICLE_RATING } from '../../../functions/assessments/vehicle-rating-policy.ts';
import { type Property, UAD_CLASSES } from '../../../functions/assets/asset.ts';
import { EVIDENCE, FAILING_TESTS, VERDICTS, WARNING_TESTS } from '../../../functions/authenticity/evidence-policy.ts';
import { verdictOf } from '../../../functions/authenticity/judge-evidence.ts';
import { FINDINGS } from '../../../functions/condition/finding-policy.ts';
import { severityOf } from '../../../functions/condition/severity.ts';
import {
  FINDING_KINDS,
  Quality,
  SEVERITIES,
  type VehicleCondition,
} from '../../../functions/photos/photo-assessment.ts';
import { PHOTOS } from '../../../functions/photos/photo-policy.ts';
import { qualityOf } from '../../../functions/photos/quality.ts';
import type { DocumentOf, Policy } from '../../../functions/platform/policy.ts';
import { POLICIES } from '../../../functions/policies/registry.ts';
import { finding, house, photo, vehicleOf, withFindings } from '../assessments/photos.ts';
import { mergeFindings } from '../by-default.ts';
import * as documents from './accepted-documents.ts';

const NOW = new Date('2026-11-22T00:00:00Z');
const ORDER: readonly string[] = VERDICTS;
/** Ratings are rounded to a hundredth. */
const ROUNDING = 0.0101;

/** The documents of these that the schema of a policy accepts. */
const accepted = <P extends Policy>({ schema }: P, of: fc.Arbitrary<unknown>): fc.Arbitrary<DocumentOf<P>> =>
  of
    .filter((document) => schema.safeParse(document).success)
    .map((document) => schema.parse(document) as DocumentOf<P>);

const confidenceRatio = fc.double({ min: 0.05, max: 1, noNaN: true });
const anyFinding = fc
  .record({ kind: fc.constantFrom(...FINDING_KINDS), severity: fc.constantFrom(...SEVERITIES), confidenceRatio })
  .map((rest) => finding(rest));
const someFindings = fc.array(anyFinding, { maxLength: 4 });

describe('under any accepted document, a property rating', () => {
  const anyRules = accepted(PROPERTY_RATING, documents.propertyDocuments);
  const anyFacts = fc.record(
    {
      yearBuilt: fc.integer({ min: 2010, max: 2026 }),
      remodelledToStuds: fc.boolean(),
      yearRenovated: fc.constant(2024),
      statedCondition: fc.constantFrom(...UAD_CLASSES),
    },
    { requiredKeys: [] },
  );
  const partsOf = (
    views: readonly View[],
    facts: Omit<Property, 'kind'>,
    rules: DocumentOf<typeof PROPERTY_RATING>,
  ) => {
    const evidence = { views, findings: mergeFindings(views) };
    const { exterior, interior, overall } = PropertyRating.parse(
      rateProperty({ kind: 'property', ...facts }, evidence, NOW, rules),
    );
    return [exterior, interior, overall].map((part) => (part.status === 'rated' ? part.score : Number.NaN));
  };

  it('stays on its scale and is never bettered by another finding, whatever its owner says', () => {
    fc.assert(
      fc.property(anyRules, anyFacts, someFindings, anyFinding, fc.nat({ max: 3 }), (rules, facts, some, more, at) => {
        const before = withFindings(house(), 1, some);
        const scores = partsOf(before, facts, rules);
        for (const [index, score] of partsOf(withFindings(before, at, [more]), facts, rules).entries()) {
          if (!Number.isNaN(score)) expect(score).toBeGreaterThanOrEqual((scores[index] ?? 0) - ROUNDING);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('is never bettered by a worse severity or a surer finding', () => {
    fc.assert(
      fc.property(
        anyRules,
        anyFinding,
        fc.constantFrom(...SEVERITIES),
        confidenceRatio,
        (rules, one, severity, surer) => {
          fc.pre(SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(one.severity) && surer >= one.confidenceRatio);
          const [before = [], after = []] = [one, { ...one, severity, confidenceRatio: surer }].map((each) =>
            partsOf(withFindings(house(), 1, [each]), {}, rules),
          );
          for (const [index, score] of after.entries()) {
            if (!Number.isNaN(score)) expect(score).toBeGreaterThanOrEqual((before[index] ?? 0) - ROUNDING);
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it('is on its scale and no better than without it under any statement', () => {
    fc.assert(
      fc.property(anyRules, someFindings, fc.constantFrom(...UAD_CLASSES), (rules, findings, statedCondition) => {
        const views = withFindings(house(), 1, findings);
        const unsaid = partsOf(views, {}, rules);
        for (const [index, score] of partsOf(views, { statedCondition }, rules).entries()) {
          if (!Number.isNaN(score)) expect(score).toBeGreaterThanOrEqual((unsaid[index] ?? 0) - ROUNDING);
        }
      }),
      { numRuns: 400 },
    );
  });
});

describe('under any accepted document, a vehicle rating', () => {
  const anyRules = accepted(VEHICLE_RATING, documents.vehicleDocuments);
  const damage = fc.record({
    severity: fc.constantFrom<VehicleCondition['severity'][]>(...SEVERITIES),
    confidenceRatio,
    experimental: fc.constant<boolean>(false),
    parts: fc.constant<VehicleCondition['parts']>([]),
  });
  const someViews = fc.array(fc.oneof(damage, fc.constant(vehicleOf('undamaged').vehicle)), {
    minLength: 1,
    maxLength: 6,
  });
  const viewsOf = (shown: readonly VehicleCondition[]): View[] =>
    shown.map((vehicle, index) => photo(`p00${index + 1}`, 'vehicle', { vehicle }));
  const stated = fc.constantFrom(
    undefined,
    'extra_clean' as const,
    'clean' as const,
    'average' as const,
    'rough' as const,
  );

  it('stays on its scale and is never bettered by more damage, whatever its owner says', () => {
    fc.assert(
      fc.property(
        anyRules,
        someViews,
        damage,
        stated,
        fc.boolean(),
        (rules, shown, more, statedCondition, frameDamage) => {
          const facts = { kind: 'vehicle' as const, frameDamage, ...(statedCondition && { statedCondition }) };
          const [before, after] = [shown, [...shown, more]].map((each) =>
            VehicleRating.parse(rateVehicle(facts, viewsOf(each), rules)),
          );
          if (before?.status !== 'rated' || after?.status !== 'rated') return;
          expect(after.score).toBeLessThanOrEqual(before.score + ROUNDING);
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('under any accepted document', () => {
  it('a larger or surer finding is never less severe', () => {
    const size = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        accepted(FINDINGS, documents.findingDocuments),
        fc.constantFrom(...FINDING_KINDS),
        fc.tuple(size, size),
        fc.tuple(size, size),
        fc.boolean(),
        (rules, kind, sizes, confidences, closeUp) => {
          const [small = 0, large = 0] = sizes.toSorted((a, b) => a - b);
          const [unsure = 0, sure = 0] = confidences.toSorted((a, b) => a - b);
          const rank = (areaRatio: number, confidence: number): number => {
            const box = { x: 0, y: 0, width: areaRatio, height: areaRatio };
            const extent = { kind, areaRatio, box, confidenceRatio: confidence, thresholdRatio: 0.3 };
            return SEVERITIES.indexOf(severityOf(extent, { closeUp }, rules));
          };
          expect(rank(large, sure)).toBeGreaterThanOrEqual(rank(small, unsure));
        },
      ),
    );
  });

  it('a quality is within 0 and 1', () => {
    const measures = fc.record({
      laplacianVariance: fc.double({ min: 0, max: 1e6, noNaN: true }),
      meanLuma: fc.double({ min: 0, max: 1, noNaN: true }),
      clippedDarkRatio: fc.double({ min: 0, max: 1, noNaN: true }),
      clippedBrightRatio: fc.double({ min: 0, max: 1, noNaN: true }),
      megapixels: fc.double({ min: 0, max: 100, noNaN: true }),
    });
    fc.assert(
      fc.property(accepted(PHOTOS, documents.photoDocuments), measures, (rules, measured) => {
        expect(Quality.safeParse(qualityOf(measured, rules)).success).toBe(true);
      }),
    );
  });

  it('a test that fails never gives a milder verdict than one that warns, or none', () => {
    fc.assert(
      fc.property(accepted(EVIDENCE, documents.evidenceDocuments), fc.constantFrom(...WARNING_TESTS), (rules, test) => {
        const rankOf = (outcome: 'pass' | 'warn' | 'fail'): number => {
          const { verdict } = verdictOf([{ test, outcome, meaning: 'a test' }], rules);
          return ORDER.indexOf(verdict);
        };
        const failing: readonly string[] = FAILING_TESTS;
        const ranks = [rankOf('pass'), rankOf('warn'), ...(failing.includes(test) ? [rankOf('fail')] : [])];
        expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
      }),
    );
  });
});

describe('the default of each policy', () => {
  it.each(POLICIES.map((policy): [string, Policy] => [policy.name, policy]))('is accepted: %s', (_name, policy) => {
    expect(policy.schema.safeParse(policy.defaults).error?.issues).toBeUndefined();
  });
});
