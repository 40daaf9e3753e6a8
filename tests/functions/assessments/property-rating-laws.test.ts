import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { View } from '../../../functions/assessments/photo-views.ts';
import { type Property, UAD_CLASSES } from '../../../functions/assets/asset.ts';
import { FINDING_KINDS, SEVERITIES } from '../../../functions/photos/photo-assessment.ts';
import { mergeFindings, rateProperty } from '../by-default.ts';
import { finding, house, photo, withFindings } from './photos.ts';

const NOW = new Date('2026-11-22T00:00:00Z');
const rate = (facts: Omit<Property, 'kind'>, views: readonly View[]) =>
  rateProperty({ kind: 'property', ...facts }, { views, findings: mergeFindings(views) }, NOW);

const scoresOf = (views: readonly View[], facts: Omit<Property, 'kind'> = {}): number[] => {
  const { exterior, interior, overall } = rate(facts, views);
  return [exterior, interior, overall].map((part) => (part.status === 'rated' ? part.score : Number.NaN));
};

const anyFinding = fc
  .record({
    kind: fc.constantFrom(...FINDING_KINDS),
    severity: fc.constantFrom(...SEVERITIES),
    confidenceRatio: fc.double({ min: 0.05, max: 1, noNaN: true }),
  })
  .map((rest) => finding(rest));

const anyFacts = fc.record(
  {
    yearBuilt: fc.integer({ min: 1900, max: 2026 }),
    yearRenovated: fc.integer({ min: 2010, max: 2026 }),
    remodelledToStuds: fc.boolean(),
    statedCondition: fc.constantFrom(...UAD_CLASSES),
  },
  { requiredKeys: [] },
);
const someFindings = fc.array(anyFinding, { maxLength: 6 });

const overallOf = (facts: Omit<Property, 'kind'>, views: readonly View[]) => {
  const { overall } = rate(facts, views);
  if (overall.status !== 'rated') throw new Error('undetermined');
  return overall;
};

describe('the laws of a property rating', () => {
  it('more findings never make it better', () => {
    fc.assert(
      fc.property(
        someFindings,
        anyFinding,
        fc.nat({ max: 3 }),
        fc.nat({ max: 3 }),
        anyFacts,
        (some, more, at, elsewhere, facts) => {
          const before = withFindings(house(), at, some);
          const after = withFindings(before, elsewhere, [more]);
          const scores = scoresOf(before, facts);
          for (const [index, score] of scoresOf(after, facts).entries()) {
            expect(score).toBeGreaterThanOrEqual((scores[index] ?? 0) - 0.005);
          }
        },
      ),
    );
  });

  it('more findings never make a new house better whose owner states a middling class', () => {
    const sure = fc
      .record({
        kind: fc.constantFrom(...FINDING_KINDS),
        severity: fc.constantFrom(...SEVERITIES),
        confidenceRatio: fc.double({ min: 0.8, max: 0.99, noNaN: true }),
      })
      .map((rest) => finding(rest));
    fc.assert(
      fc.property(
        sure,
        sure,
        fc.constantFrom(...UAD_CLASSES),
        fc.constantFrom(2026, 2024, 1990),
        (one, more, statedCondition, yearBuilt) => {
          const facts = { statedCondition, yearBuilt };
          const before = withFindings(house(), 1, [one]);
          const scores = scoresOf(before, facts);
          for (const [index, score] of scoresOf(withFindings(before, 1, [more]), facts).entries()) {
            expect(score).toBeGreaterThanOrEqual((scores[index] ?? 0) - 0.005);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('no statement makes it better, and what is seen is without it', () => {
    fc.assert(
      fc.property(someFindings, anyFacts, (findings, { statedCondition, ...facts }) => {
        const views = withFindings(house(), 1, findings);
        const stated = statedCondition && { statedCondition };
        const without = rate(facts, views);
        const withIt = rate({ ...facts, ...stated }, views);
        for (const part of ['exterior', 'interior', 'overall'] as const) {
          const [one, other] = [without[part], withIt[part]];
          if (one.status !== 'rated' || other.status !== 'rated') continue;
          expect(other.score).toBeGreaterThanOrEqual(one.score - 0.005);
          expect(other.seen).toEqual(one.seen);
        }
      }),
    );
  });

  it('a worse or surer finding never makes it better', () => {
    fc.assert(
      fc.property(
        anyFinding,
        fc.constantFrom(...SEVERITIES),
        fc.double({ min: 0.05, max: 1, noNaN: true }),
        (one, severity, confidenceRatio) => {
          fc.pre(
            SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(one.severity) && confidenceRatio >= one.confidenceRatio,
          );
          const [before = [], after = []] = [one, { ...one, severity, confidenceRatio }].map((each) =>
            scoresOf(withFindings(house(), 1, [each])),
          );
          for (const [index, score] of after.entries())
            expect(score).toBeGreaterThanOrEqual((before[index] ?? 0) - 0.005);
        },
      ),
    );
  });

  it('the whole lies between its sides', () => {
    fc.assert(
      fc.property(someFindings, someFindings, anyFacts, (outside, inside, facts) => {
        const views = withFindings(withFindings(house(), 0, outside), 1, inside);
        const { exterior, interior, overall } = rate(facts, views);
        if (exterior.status !== 'rated' || interior.status !== 'rated' || overall.status !== 'rated') return;
        const seen = [exterior, interior].map((part) => part.seen?.score ?? 0);
        expect(overall.seen?.score).toBeGreaterThanOrEqual(Math.min(...seen) - 0.01);
        expect(overall.seen?.score).toBeLessThanOrEqual(Math.max(...seen) + 0.01);
      }),
    );
  });

  it('the order of photos and the photos of other things change nothing', () => {
    fc.assert(
      fc.property(someFindings, anyFacts, (findings, facts) => {
        const views = withFindings(house(), 2, findings);
        const others = [photo('p008', 'document'), photo('p009', 'product')];
        expect(scoresOf([...others, ...views.toReversed()], facts)).toEqual(scoresOf(views, facts));
      }),
    );
  });

  it('its numbers recompute: probabilities add up, score, class and range follow from them', () => {
    fc.assert(
      fc.property(someFindings, anyFacts, (findings, facts) => {
        const {
          score,
          class: name,
          range,
          probabilities,
          reasons,
        } = overallOf(facts, withFindings(house(), 1, findings));
        const shares = Object.values(probabilities);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 2);
        const mean = shares.reduce((sum, share, index) => sum + share * (index + 1), 0);
        expect(Math.abs(mean - score)).toBeLessThan(0.02);
        expect(Math.abs(UAD_CLASSES.indexOf(name) + 1 - score)).toBeLessThanOrEqual(0.5);
        expect(UAD_CLASSES.indexOf(range?.from ?? 'C6')).toBeLessThanOrEqual(UAD_CLASSES.indexOf(range?.to ?? 'C1'));
        expect(Number(/on average ([\d.]+)$/.exec(reasons.at(-1) ?? '')?.[1])).toBeCloseTo(score, 0);
      }),
    );
  });
});
