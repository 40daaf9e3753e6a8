import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeFindings } from '../../../functions/assessments/merge-findings.ts';
import type { View } from '../../../functions/assessments/photo-views.ts';
import { rateProperty } from '../../../functions/assessments/rate-property.ts';
import type { Property } from '../../../functions/assets/asset.ts';
import { FINDING_KINDS, type PhotoFinding, SEVERITIES } from '../../../functions/photos/photo-assessment.ts';
import { finding, house, photo } from './photos.ts';

const NOW = new Date('2026-11-22T00:00:00Z');
const rate = (facts: Omit<Property, 'kind'>, views: readonly View[]) =>
  rateProperty({ kind: 'property', ...facts }, { views, findings: mergeFindings(views) }, NOW);

const scoresOf = (views: readonly View[], facts: Omit<Property, 'kind'> = {}): number[] => {
  const { exterior, interior, overall } = rate(facts, views);
  return [exterior, interior, overall].map((part) => (part.status === 'rated' ? part.score : Number.NaN));
};

const withFindings = (views: readonly View[], index: number, findings: readonly PhotoFinding[]): View[] =>
  views.map((view, at) => (at === index ? { ...view, findings: [...view.findings, ...findings] } : view));

const anyFinding = fc
  .record({
    kind: fc.constantFrom(...FINDING_KINDS),
    severity: fc.constantFrom(...SEVERITIES),
    confidenceRatio: fc.double({ min: 0.05, max: 1, noNaN: true }),
  })
  .map((rest) => finding(rest));

describe('rateProperty', () => {
  it('takes a house of which nothing is known, without damage, for a usual one', () => {
    expect(rate({}, house())).toMatchObject({
      scale: 'UAD',
      interior: {
        class: 'C3',
        reasons: expect.arrayContaining(['no facts on age or condition: assumed to be a typical house']),
      },
      overall: { class: 'C3' },
    });
  });

  it('gives probabilities that sum to 1, the highest for the class', () => {
    const { interior } = rate({ statedCondition: 'C5' }, house());
    if (interior.status !== 'rated') throw new Error('undetermined');

    expect(Object.values(interior.probabilities).reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 2);
    expect(interior.probabilities[interior.class]).toBe(Math.max(...Object.values(interior.probabilities)));
  });

  it('is surer with more photos', () => {
    const more = [...house(), photo('p005', 'living_room'), photo('p006', 'bedroom', { hint: 'second bedroom' })];
    const sureness = [house(), more].map((views) => {
      const { interior } = rate({}, views);
      return interior.status === 'rated' ? interior.probabilities[interior.class] : 0;
    });

    expect(sureness[1]).toBeGreaterThan(sureness[0] ?? 1);
  });

  it('finds an old house more worn than a new one, and a renovated one in between', () => {
    const [fresh, renovated, old] = [
      { yearBuilt: 2024 },
      { yearBuilt: 1930, yearRenovated: 2018 },
      { yearBuilt: 1930 },
    ].map((facts) => scoresOf(house(), facts)[1] ?? 0);

    expect(fresh).toBeLessThan(renovated ?? 0);
    expect(renovated).toBeLessThan(old ?? 0);
  });

  it('names the facts beside what the photos show', () => {
    const { interior } = rate({ yearBuilt: 1987, statedCondition: 'C3' }, withFindings(house(), 2, [finding()]));

    expect(interior.reasons).toEqual([
      'moderate crack, bathroom (80 %, p003)',
      'stated condition C3',
      'built 1987: wear alone gives about 3.5',
      '3 usable photos of kitchen, bathroom, bedroom',
    ]);
  });

  it('calls no side with a damage C2 or better, however new', () => {
    const [, interior] = scoresOf(withFindings(house(), 1, [finding({ severity: 'minor', confidenceRatio: 0.3 })]), {
      statedCondition: 'C1',
      yearBuilt: 2026,
    });

    expect(interior).toBeGreaterThanOrEqual(2.5);
  });

  it('moves nothing by experimental findings, but names them', () => {
    const views = withFindings(house(), 1, [finding({ kind: 'mould', severity: 'severe', experimental: true })]);

    expect(scoresOf(views)).toEqual(scoresOf(house()));
    expect(rate({}, views).interior.reasons[0]).toBe(
      'severe mould, kitchen (80 %, p002; experimental, not used for the rating)',
    );
  });

  it('says what is missing when there are too few photos', () => {
    expect(rate({}, [photo('p001', 'kitchen')])).toMatchObject({
      interior: { status: 'undetermined', missing: [expect.stringMatching(/2 usable photos of different rooms/)] },
      exterior: { status: 'undetermined', missing: [expect.stringMatching(/outside/)] },
      overall: { status: 'undetermined', missing: [expect.any(String), expect.any(String)] },
    });
  });

  it("believes the owner's word for what a photo shows", () => {
    const views = [
      photo('p001', 'surface', { hint: 'Kitchen' }),
      photo('p002', 'undetermined', { hint: 'guest bath' }),
    ];

    expect(rate({}, views).interior.status).toBe('rated');
  });

  it('rates the whole by a damage on a close-up of which nobody knows where it is', () => {
    const views = [...house(), photo('p005', 'surface', { findings: [finding({ severity: 'severe' })] })];
    const [exterior, interior, overall = 0] = scoresOf(views);
    const [cleanExterior, cleanInterior, cleanOverall = 0] = scoresOf(house());

    expect([exterior, interior]).toEqual([cleanExterior, cleanInterior]);
    expect(overall).toBeGreaterThan(cleanOverall + 0.5);
  });

  it('never rates the whole more than a class better than the worse side', () => {
    const ruined = withFindings(house(), 0, [
      finding({ kind: 'roof_damage', severity: 'severe', confidenceRatio: 1 }),
      finding({ kind: 'spalling', severity: 'severe', confidenceRatio: 1 }),
    ]);
    const [exterior = 0, , overall = 0] = scoresOf(ruined, { statedCondition: 'C1' });

    expect(overall).toBeGreaterThanOrEqual(exterior - 1.005);
  });

  it('names every photo that shows a damage', () => {
    const views = [
      ...house(),
      ...['p005', 'p006'].map((photoId) => photo(photoId, 'kitchen', { hint: 'Kitchen', findings: [finding()] })),
    ];

    expect(rate({}, views).interior.reasons[0]).toBe('moderate crack, kitchen (80 %, p005, p006)');
  });

  it.each([
    [{ yearBuilt: 2026 }, 'built 2026: wear alone gives about 1.5'],
    [{ yearBuilt: 2027 }, 'built 2027: wear alone gives about 1.5'],
    [{ yearBuilt: 2021 }, 'built 2021: wear alone gives about 2.2'],
    [{ yearBuilt: 2011 }, 'built 2011: wear alone gives about 2.9'],
    [{ yearBuilt: 1996 }, 'built 1996: wear alone gives about 3.4'],
    [{ yearBuilt: 1966 }, 'built 1966: wear alone gives about 3.8'],
    [{ yearBuilt: 1926 }, 'built 1926: wear alone gives about 4.0'],
    [{ yearBuilt: 1700 }, 'built 1700: wear alone gives about 4.0'],
    // A quarter of the 60 years before the renovation still counts: 15.
    [{ yearBuilt: 1966, yearRenovated: 2026 }, 'built 1966, renovated 2026: wear alone gives about 2.9'],
    [{ yearRenovated: 2021 }, 'renovated 2021: wear alone gives about 2.2'],
    [{ statedCondition: 'C6' }, 'stated condition C6'],
    [{}, 'no facts on age or condition: assumed to be a typical house'],
  ] as const)('says what the facts %j stand for', (facts, reason) => {
    expect(rate(facts, house()).interior.reasons).toContain(reason);
  });

  it.each([
    [['exterior'], 'undetermined', 'rated'],
    [['exterior', 'kitchen'], 'undetermined', 'rated'],
    [['kitchen', 'bathroom'], 'rated', 'undetermined'],
    [['surface', 'document'], 'undetermined', 'undetermined'],
  ] as const)('needs two views of the inside and one of the outside: of %j', (labels, interior, exterior) => {
    const views = labels.map((label, index) => photo(`p00${index}`, label));

    expect(rate({}, views)).toMatchObject({ interior: { status: interior }, exterior: { status: exterior } });
  });

  it('names what it saw on a side with too few photos, and how many there were', () => {
    const seen = rate({}, [photo('p001', 'kitchen', { findings: [finding({ kind: 'damp_stain' })] })]);

    expect([seen.interior.reasons, seen.exterior.reasons]).toEqual([
      ['1 usable photo of the interior', 'moderate damp stain, kitchen (80 %, p001)'],
      ['0 usable photos of the exterior'],
    ]);
  });

  it('never improves by another damage', () => {
    fc.assert(
      fc.property(
        fc.array(anyFinding, { maxLength: 5 }),
        anyFinding,
        fc.nat({ max: 3 }),
        fc.nat({ max: 3 }),
        (some, more, at, elsewhere) => {
          const before = withFindings(house(), at, some);
          const after = withFindings(before, elsewhere, [more]);
          for (const [index, score] of scoresOf(after).entries())
            expect(score).toBeGreaterThanOrEqual(scoresOf(before)[index] ?? 0);
        },
      ),
    );
  });

  it('never improves when a damage is worse, or more certain', () => {
    fc.assert(
      fc.property(
        anyFinding,
        fc.constantFrom(...SEVERITIES),
        fc.double({ min: 0.05, max: 1, noNaN: true }),
        (one, severity, confidenceRatio) => {
          const worse = { ...one, severity, confidenceRatio };
          fc.pre(
            SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(one.severity) && confidenceRatio >= one.confidenceRatio,
          );
          const [before, after] = [one, worse].map((each) => scoresOf(withFindings(house(), 1, [each])));
          for (const [index, score] of (after ?? []).entries())
            expect(score).toBeGreaterThanOrEqual(before?.[index] ?? 0);
        },
      ),
    );
  });

  it('stays on the scale', () => {
    fc.assert(
      fc.property(
        fc.array(anyFinding, { maxLength: 30 }),
        fc.option(fc.constantFrom('C1', 'C6'), { nil: undefined }),
        (all, statedCondition) => {
          const scores = scoresOf(withFindings(house(), 1, all), { ...(statedCondition && { statedCondition }) });
          expect(scores.every((score) => score >= 1 && score <= 6)).toBe(true);
        },
      ),
    );
  });
});
