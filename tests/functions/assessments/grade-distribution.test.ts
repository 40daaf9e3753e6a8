import { describe, expect, it } from 'vitest';
import {
  bounded,
  expectedGrade,
  GRADES,
  gradeAtQuantile,
  gradesInWords,
} from '../../../functions/assessments/grade-distribution.ts';

const of = (shares: Readonly<Record<string, number>>) => GRADES.map((grade) => shares[String(grade)] ?? 0);
const close = (shares: Readonly<Record<string, number>>) => of(shares).map((share) => expect.closeTo(share, 9));

describe('bounded', () => {
  it('moves what is better to the bound, as far as it is certain', () => {
    expect(bounded(of({ 5: 0.5, 4: 0.5 }), [{ best: 3, certainty: 0.4 }])).toEqual(close({ 5: 0.3, 4: 0.3, 3: 0.4 }));
  });

  it('leaves what is no better than the bound', () => {
    expect(bounded(of({ 2: 0.5, 0: 0.5 }), [{ best: 2, certainty: 1 }])).toEqual(close({ 2: 0.5, 0: 0.5 }));
  });

  it('takes bounds that hold together for one: the surer of them, the lower one first', () => {
    const bounds = [
      { best: 4, certainty: 0.6 },
      { best: 2, certainty: 0.4 },
    ];
    expect(bounded(of({ 5: 1 }), bounds)).toEqual(close({ 5: 0.4, 4: 0.2, 2: 0.4 }));
    expect(bounded(of({ 5: 1 }), [...bounds, { best: 3, certainty: 0.1 }])).toEqual(close({ 5: 0.4, 4: 0.2, 2: 0.4 }));
  });

  it('changes nothing without bounds', () => {
    expect(bounded(of({ 5: 0.2, 3: 0.5, 0: 0.3 }), [])).toEqual(close({ 5: 0.2, 3: 0.5, 0: 0.3 }));
  });
});

describe('expectedGrade', () => {
  it('is the mean', () => {
    expect(expectedGrade(of({ 5: 0.5, 4.5: 0.25, 1: 0.25 }))).toBeCloseTo(3.875, 9);
  });
});

describe('gradeAtQuantile', () => {
  it.each([
    [0.1, 5],
    [0.5, 4],
    [0.9, 2.5],
    [1, 2.5],
  ])('at %d is %d', (quantile, grade) => {
    expect(gradeAtQuantile(of({ 5: 0.1, 4: 0.7, 2.5: 0.2 }), quantile)).toBe(grade);
  });
});

describe('gradesInWords', () => {
  it('leaves out what is less than half a per cent', () => {
    expect(gradesInWords(of({ 5: 0.004, 4.5: 0.596, 0: 0.4 }))).toBe('60 % for 4.5, 40 % for 0');
  });
});
