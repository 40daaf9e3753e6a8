import { describe, expect, it } from 'vitest';
import type { View } from '../../../functions/assessments/photo-views.ts';
import type { PhotoFinding, Severity } from '../../../functions/photos/photo-assessment.ts';
import { mergeFindings, rateProperty } from '../by-default.ts';
import { finding, house, photo, withFindings } from './photos.ts';

/** Damage without a region: of unknown kind, and of a building that is destroyed. */

const rate = (views: readonly View[]) =>
  rateProperty({ kind: 'property' }, { views, findings: mergeFindings(views) }, new Date('2026-11-22T00:00:00Z'));
const partOf = (part: 'interior' | 'overall', views: readonly View[]) => {
  const rated = rate(views)[part];
  if (rated.status !== 'rated') throw new Error('undetermined');
  return rated;
};
/** With these findings in its bedroom. */
const interiorOf = (findings: readonly PhotoFinding[]) => partOf('interior', withFindings(house(), 3, findings));
const sure = (kind: PhotoFinding['kind'], severity: Severity) =>
  finding({ kind, severity, confidenceRatio: 1, box: null, areaRatio: null });

describe('rateProperty', () => {
  it('leaves every class from C4 to C6 open with damage of unknown kind, and never C3', () => {
    const { range, probabilities, reasons } = interiorOf([sure('unknown_damage', 'moderate')]);

    expect(range).toEqual({ from: 'C4', to: 'C6' });
    expect([probabilities.C1, probabilities.C2, probabilities.C3]).toEqual([0, 0, 0]);
    // C4 or better (95 %) in thirds, C5 (4 %) in halves, C6 (1 %) as it was.
    expect(probabilities.C4).toBeCloseTo(0.95 / 3, 3);
    expect(probabilities.C5).toBeCloseTo(0.95 / 3 + 0.04 / 2, 3);
    expect(reasons[0]).toBe(
      'moderate damage of unknown kind, bedroom (over 95 %, p004): anything from C4 to C6 until it is inspected',
    );
  });

  it('is as sure as it is of damage of unknown kind', () => {
    const { probabilities } = interiorOf([finding({ kind: 'unknown_damage', confidenceRatio: 0.8 })]);

    expect(probabilities.C3).toBeCloseTo(0.2 * 0.64, 3);
    expect(probabilities.C6).toBeCloseTo(0.8 * (0.95 / 3 + 0.04 / 2 + 0.01) + 0.2 * 0.01, 3);
  });

  it('lets a known finding bound what an unknown one leaves open', () => {
    const findings = [sure('unknown_damage', 'moderate'), sure('crack', 'severe')];

    expect(interiorOf(findings)).toMatchObject({ class: 'C5', range: { from: 'C5', to: 'C6' } });
  });

  it('widens the range of the whole by damage of unknown kind without a place', () => {
    const views = [...house(), photo('p005', 'surface', { findings: [sure('unknown_damage', 'moderate')] })];
    const { class: name, range, reasons } = partOf('overall', views);

    expect([name, range]).toEqual(['C3', { from: 'C3', to: 'C6' }]);
    expect(reasons[1]).toBe(
      'moderate damage of unknown kind, place not stated (over 95 %, p005): its side is anything from C4 to C6 until it is inspected; the range allows for it',
    );
  });

  it('takes a destroyed building for its outside where the photo shows no side', () => {
    const views = [...house(), photo('p005', 'undetermined', { findings: [sure('destroyed', 'severe')] })];

    expect(rate(views).exterior).toMatchObject({ class: 'C6' });
    expect(rate(views).exterior.reasons[0]).toMatch(/^severe destruction or collapse, .*: C6 at best$/);
  });

  it.each(['destroyed', 'unknown_damage'] as const)('is not changed by an experimental %s', (kind) => {
    const views = withFindings(house(), 3, [{ ...sure(kind, 'severe'), experimental: true }]);

    for (const part of ['interior', 'overall'] as const) {
      expect(partOf(part, views).score).toBe(partOf(part, house()).score);
    }
  });
});
