import { describe, expect, it } from 'vitest';
import type { View } from '../../../functions/assessments/photo-views.ts';
import { type Property, UAD_CLASSES, type UadClass } from '../../../functions/assets/asset.ts';
import type { PhotoFinding, Severity } from '../../../functions/photos/photo-assessment.ts';
import { mergeFindings, rateProperty } from '../by-default.ts';
import { finding, house, photo, withFindings } from './photos.ts';

const NOW = new Date('2026-11-22T00:00:00Z');
const rate = (facts: Omit<Property, 'kind'>, views: readonly View[]) =>
  rateProperty({ kind: 'property', ...facts }, { views, findings: mergeFindings(views) }, NOW);

const scoresOf = (views: readonly View[], facts: Omit<Property, 'kind'> = {}): number[] => {
  const { exterior, interior, overall } = rate(facts, views);
  return [exterior, interior, overall].map((part) => (part.status === 'rated' ? part.score : Number.NaN));
};

/** Of which the interior is rated, with these findings in its bedroom. */
const interiorOf = (findings: readonly PhotoFinding[], facts: Omit<Property, 'kind'> = {}) => {
  const { interior } = rate(facts, withFindings(house(), 3, findings));
  if (interior.status !== 'rated') throw new Error('undetermined');
  return interior;
};
const overallOf = (facts: Omit<Property, 'kind'>, views: readonly View[] = house()) => {
  const { overall, stated } = rate(facts, views);
  if (overall.status !== 'rated') throw new Error('undetermined');
  return { ...overall, stated };
};
const sure = (kind: PhotoFinding['kind'], severity: Severity) => finding({ kind, severity, confidenceRatio: 1 });

describe('rateProperty', () => {
  it('says of a house without findings which classes remain, and that photos do not tell them apart', () => {
    const { class: name, range, probabilities, reasons } = overallOf({});

    expect([name, range]).toEqual(['C3', { from: 'C3', to: 'C4' }]);
    expect(probabilities).toMatchObject({ C1: 0, C2: 0, C3: 0.64, C4: 0.31 });
    expect(rate({}, house()).interior.reasons).toContain(
      'no crack or damp stain found on 3 photos; photos without findings do not tell C2 from C4',
    );
    expect(reasons[0]).toBe('inside C3 (3.42) x 60 %, outside C3 (3.42) x 40 %');
  });

  it('does not say that nothing was found where nothing was examined', () => {
    const views = house().map((view) => ({ ...view, examined: [] }));

    expect(rate({}, views).interior.reasons[0]).toBe(
      'damage was not examined; photos without findings do not tell C2 from C4',
    );
  });

  it.each([1700, 1926, 1966, 1996, 2011])('takes age for no condition: built %j', (yearBuilt) => {
    expect(overallOf({ yearBuilt }).score).toBe(overallOf({}).score);
  });

  describe('the gates of UAD 3.6', () => {
    it.each<[Omit<Property, 'kind'>, UadClass, string[]]>([
      [{ yearBuilt: 2026 }, 'C1', []],
      [{ yearBuilt: 2025 }, 'C1', []],
      [{ yearBuilt: 2024 }, 'C2', ['C1']],
      [{ yearBuilt: 2023 }, 'C2', ['C1']],
      [{ yearBuilt: 2022 }, 'C3', ['C1', 'C2']],
      [{ yearBuilt: 1960, yearRenovated: 2025, remodelledToStuds: true }, 'C2', ['C1']],
      [{ yearBuilt: 1960, yearRenovated: 2022, remodelledToStuds: true }, 'C3', ['C1', 'C2']],
      [{ yearBuilt: 1960, yearRenovated: 2025 }, 'C3', ['C1', 'C2']],
      [{ yearBuilt: 1960, yearRenovated: 2025, remodelledToStuds: false }, 'C3', ['C1', 'C2']],
      [{ remodelledToStuds: true }, 'C3', ['C1', 'C2']],
      [{}, 'C3', ['C1', 'C2']],
    ])('leave %j at best %s, and name what is closed', (facts, best, closed) => {
      const { probabilities, reasons } = interiorOf([], facts);

      expect(UAD_CLASSES.find((name) => probabilities[name] > 0)).toBe(best);
      expect(reasons.flatMap((reason) => /^(C\d) is closed/.exec(reason)?.[1] ?? [])).toEqual(closed);
    });

    it('let C1 and C2 be reached when they are true', () => {
      expect([overallOf({ yearBuilt: 2026 }).class, overallOf({ yearBuilt: 2024 }).class]).toEqual(['C1', 'C2']);
    });
  });

  describe('what is seen', () => {
    it.each<[PhotoFinding[], UadClass]>([
      [[sure('peeling_paint', 'minor')], 'C3'],
      [[sure('peeling_paint', 'moderate'), sure('crack', 'minor')], 'C3'],
      [[sure('peeling_paint', 'minor'), sure('crack', 'minor'), sure('damp_stain', 'minor')], 'C4'],
      [[sure('peeling_paint', 'severe')], 'C4'],
      [[sure('crack', 'moderate')], 'C4'],
      [[sure('mould', 'minor')], 'C4'],
      [[sure('broken_window', 'minor')], 'C4'],
      [[sure('hole', 'moderate')], 'C4'],
      [[sure('crack', 'severe')], 'C5'],
      [[sure('damp_stain', 'severe')], 'C5'],
      [[sure('mould', 'severe')], 'C5'],
      [[sure('crack', 'minor'), sure('hole', 'severe')], 'C5'],
    ])('bounds the class: %j leave %s at best', (findings, best) => {
      const { class: name, probabilities } = interiorOf(findings);

      expect([name, UAD_CLASSES.find((each) => probabilities[each] > 0)]).toEqual([best, best]);
    });

    it.each([
      ['spalling', 'moderate', 'C5'],
      ['spalling', 'severe', 'C6'],
      ['roof_damage', 'minor', 'C4'],
      ['roof_damage', 'moderate', 'C5'],
      ['roof_damage', 'severe', 'C6'],
      ['destroyed', 'minor', 'C6'],
      ['destroyed', 'severe', 'C6'],
    ] as const)('bounds the outside: %s %s leaves %s at best', (kind, severity, best) => {
      expect(rate({}, withFindings(house(), 0, [sure(kind, severity)])).exterior).toMatchObject({ class: best });
    });

    it('is as sure as its findings: a crack of 80 % leaves 20 % of what there was', () => {
      const { probabilities } = interiorOf([finding({ confidenceRatio: 0.8 })]);

      expect(probabilities.C3).toBeCloseTo(0.2 * 0.64, 3);
      expect(probabilities.C4).toBeCloseTo(0.2 * 0.31 + 0.8 * 0.95, 3);
    });

    it('makes no house without other findings worse by one that is cosmetic', () => {
      expect(interiorOf([sure('crack', 'minor')]).score).toBe(interiorOf([]).score);
    });

    it('names each finding with what it leaves at best', () => {
      expect(interiorOf([finding()]).reasons[0]).toBe('moderate crack, bedroom (80 %, p004): C4 at best');
    });

    it('names every photo that shows a finding', () => {
      const views = [
        ...house(),
        ...['p005', 'p006'].map((photoId) => photo(photoId, 'kitchen', { hint: 'Kitchen', findings: [finding()] })),
      ];
      expect(rate({}, views).interior.reasons[0]).toBe('moderate crack, Kitchen (80 %, p005, p006): C4 at best');
    });

    it('is not changed by experimental findings, which are named', () => {
      const views = withFindings(house(), 1, [finding({ kind: 'mould', severity: 'severe', experimental: true })]);

      expect(scoresOf(views)).toEqual(scoresOf(house()));
      expect(rate({}, views).interior.reasons.slice(0, 2)).toEqual([
        'severe mould, kitchen (80 %, p002): experimental, not used for the rating',
        'no crack or damp stain found on 3 photos; photos without findings do not tell C2 from C4',
      ]);
    });
  });

  describe("the owner's statement", () => {
    it.each(UAD_CLASSES)('never makes a rating better: %s', (statedCondition) => {
      for (const findings of [[], [finding()], [sure('hole', 'severe')]]) {
        const views = withFindings(house(), 1, findings);
        const { score, seen } = overallOf({ statedCondition }, views);
        expect(score).toBeGreaterThanOrEqual(overallOf({}, views).score);
        expect(seen?.score).toBe(overallOf({}, views).score);
      }
    });

    it.each([
      ['C5', [0, 0, 0, 0, 0.99, 0.01]],
      ['C6', [0, 0, 0, 0, 0, 1]],
    ] as const)('always holds against the interest of the owner: %s', (statedCondition, shares) => {
      const { class: name, probabilities, stated } = overallOf({ statedCondition });

      expect([name, Object.values(probabilities)]).toEqual([statedCondition, shares]);
      expect(stated).toMatchObject({ class: statedCondition, outcome: 'makes_worse' });
    });

    it('holds against the interest of the owner when nothing can be rated', () => {
      const { overall, stated } = rate({ statedCondition: 'C6' }, [photo('p001', 'kitchen')]);

      expect(overall).toMatchObject({ status: 'undetermined', noBetterThan: 'C6' });
      expect(stated?.meaning).toBe(
        "stated C6, against the owner's interest: the property is no better, whatever the photos show",
      );
      expect(rate({ statedCondition: 'C4' }, []).overall).not.toHaveProperty('noBetterThan');
    });

    it('is named as contradicted where gates or findings leave nothing so good', () => {
      expect(overallOf({ statedCondition: 'C1', yearBuilt: 1990 }).stated).toEqual({
        class: 'C1',
        outcome: 'contradicted',
        meaning: 'stated C1, but C3 is the best that the facts and the photos allow',
      });
    });

    it('agrees with what is seen, or makes it worse', () => {
      expect(overallOf({ statedCondition: 'C3' }).stated?.outcome).toBe('agrees');
      const { stated, probabilities } = overallOf({ statedCondition: 'C4' });
      expect(stated?.outcome).toBe('makes_worse');
      // 0.64 / 2, 0.31, 0.04 / 2, 0.01 / 4, over their sum; C5 and C6 stay as likely as without it.
      expect(probabilities).toMatchObject({ C3: 0.49, C4: 0.46, C5: 0.04, C6: 0.01 });
    });
  });

  it('shows the stated quality beside the rating, and rates none', () => {
    expect(rate({ statedQuality: 'Q3' }, house()).quality).toEqual({ status: 'not_rated_from_photos', stated: 'Q3' });
    expect(rate({}, house()).quality).toEqual({ status: 'not_rated_from_photos' });
  });

  describe('what has to be shown', () => {
    it.each([
      [['exterior'], 'undetermined', 'rated'],
      [['exterior', 'kitchen'], 'undetermined', 'rated'],
      [['exterior', 'kitchen', 'kitchen'], 'undetermined', 'rated'],
      [['kitchen', 'bathroom'], 'rated', 'undetermined'],
      [['surface', 'document'], 'undetermined', 'undetermined'],
    ] as const)('is two rooms and one view of the outside: of %j', (labels, interior, exterior) => {
      const views = labels.map((label, index) => photo(`p00${index}`, label));

      expect(rate({}, views)).toMatchObject({ interior: { status: interior }, exterior: { status: exterior } });
    });

    it('is said when it is missing', () => {
      expect(rate({}, [photo('p001', 'kitchen')])).toMatchObject({
        interior: { status: 'undetermined', missing: [expect.stringMatching(/2 different rooms/)] },
        exterior: { status: 'undetermined', missing: [expect.stringMatching(/outside/)] },
        overall: { status: 'undetermined', missing: [expect.any(String), expect.any(String)] },
      });
    });

    it('does not keep the findings of a side from being named', () => {
      const seen = rate({}, [photo('p001', 'kitchen', { findings: [finding({ kind: 'damp_stain' })] })]);

      expect([seen.interior.reasons, seen.exterior.reasons]).toEqual([
        ['1 room of the interior shown', 'moderate damp stain, kitchen (80 %, p001): C4 at best'],
        ['0 usable photos of the exterior shown'],
      ]);
    });

    it('is told by the words of the owner before the model', () => {
      const views = [
        photo('p001', 'surface', { hint: 'Kitchen' }),
        photo('p002', 'undetermined', { hint: 'guest bath' }),
      ];
      expect(rate({}, views).interior.status).toBe('rated');
    });
  });

  it('widens the range by a finding without a place, and makes nothing worse', () => {
    const views = [...house(), photo('p005', 'surface', { findings: [finding({ severity: 'severe' })] })];
    const { range, reasons } = overallOf({}, views);

    expect(scoresOf(views)).toEqual(scoresOf(house()));
    expect(range).toEqual({ from: 'C3', to: 'C5' });
    expect(reasons).toContain(
      'severe crack, place not stated (80 %, p005): its side is C5 at best; the range allows for it',
    );
  });
});
