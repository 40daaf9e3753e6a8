import { describe, expect, it } from 'vitest';
import { MergedFinding, QualitySummary } from '../../../functions/assessments/assessment.ts';
import { FINDING_KINDS } from '../../../functions/photos/photo-assessment.ts';
import { conclude, mergeFindings } from '../by-default.ts';
import { finding, house, photo } from './photos.ts';

const [merged] = mergeFindings([photo('p001', 'kitchen', { findings: [finding()] })]);
const { quality } = conclude({ asset: { kind: 'property' }, photos: [] }, house(), new Date(0));

describe('MergedFinding', () => {
  it.each([...FINDING_KINDS, 'vehicle_damage'])('may be of the kind %s', (kind) => {
    expect(MergedFinding.safeParse({ ...merged, kind }).success).toBe(true);
  });

  it.each([
    [{ side: 'interior' }, true],
    [{ side: 'exterior' }, true],
    [{ side: 'unknown' }, true],
    [{ side: 'inside' }, false],
    [{ areaRatio: null }, true],
    [{ photoIds: [] }, false],
    [{ box: null }, false],
  ])('with %j: %j', (rest, taken) => {
    expect(MergedFinding.safeParse({ ...merged, ...rest }).success).toBe(taken);
  });
});

describe('QualitySummary', () => {
  it.each([
    [{}, true],
    [{ meanScoreRatio: null }, true],
    [{ meanScoreRatio: 1.1 }, false],
    [{ duplicates: [['p001']] }, false],
    [{ duplicates: [['p001', 'p002']] }, true],
    [{ doubtful: [{ photoId: 'p001', verdict: 'suspicious' }] }, true],
    [{ doubtful: [{ photoId: 'p001', verdict: 'synthetic' }] }, true],
    [{ doubtful: [{ photoId: 'p001', verdict: 'authentic' }] }, false],
  ])('with %j: %j', (rest, taken) => {
    expect(QualitySummary.safeParse({ ...quality, ...rest }).success).toBe(taken);
  });

  it.each(['total', 'assessed', 'rejected', 'failed', 'usable'])('counts %s from 0', (name) => {
    const counted = [0, -1, 0.5].map((count) => ({ ...quality, photos: { ...quality.photos, [name]: count } }));

    expect(counted.map((each) => QualitySummary.safeParse(each).success)).toEqual([true, false, false]);
  });
});
