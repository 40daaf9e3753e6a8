import { describe, expect, it } from 'vitest';
import { severityOf } from '../../../functions/condition/severity.ts';

const FAR = { closeUp: false };
const finding = {
  areaRatio: 0.02,
  box: { x: 0, y: 0, width: 0.1, height: 0.1 },
  confidenceRatio: 0.95,
  thresholdRatio: 0.5,
};
const long = { x: 0, y: 0, width: 0.9, height: 0.9 };

describe('severityOf', () => {
  it('measures cracks by length', () => {
    expect(severityOf({ ...finding, kind: 'crack' }, FAR)).toBe('minor');
    expect(severityOf({ ...finding, kind: 'crack', box: { ...long, height: 0.2 } }, FAR)).toBe('moderate');
    expect(severityOf({ ...finding, kind: 'crack', box: long }, FAR)).toBe('severe');
  });

  it('measures stains by area', () => {
    expect(severityOf({ ...finding, kind: 'damp_stain', box: long }, FAR)).toBe('minor');
    expect(severityOf({ ...finding, kind: 'damp_stain', areaRatio: 0.05 }, FAR)).toBe('moderate');
    expect(severityOf({ ...finding, kind: 'damp_stain', areaRatio: 0.2 }, FAR)).toBe('severe');
  });

  it('takes a hole for more than cosmetic, however small', () => {
    expect(severityOf({ ...finding, kind: 'hole', areaRatio: 0.001 }, FAR)).toBe('moderate');
  });

  it('calls nothing severe that the model is only just certain of', () => {
    expect(severityOf({ ...finding, kind: 'crack', box: long, confidenceRatio: 0.55 }, FAR)).toBe('moderate');
  });

  it('calls nothing severe on a close-up, whose scale is unknown', () => {
    expect(severityOf({ ...finding, kind: 'crack', box: long }, { closeUp: true })).toBe('moderate');
  });

  it('judges a finding without a region by its kind alone', () => {
    expect(severityOf({ ...finding, kind: 'crack', box: null, areaRatio: null }, FAR)).toBe('minor');
    expect(severityOf({ ...finding, kind: 'spalling', box: null, areaRatio: null }, FAR)).toBe('moderate');
  });
});
