import { describe, expect, it } from 'vitest';
import { darknessOf, isTooDarkFor, mayHideDamage } from '../../../functions/photos/faults.ts';
import { FINDING_KINDS, type Quality } from '../../../functions/photos/photo-assessment.ts';
import { photo } from '../assessments/photos.ts';
import { faultsOf, isGoodEnough } from '../by-default.ts';

const good: Quality = photo('p001', 'kitchen').quality;
const withLuma = (meanLuma: number): Quality => ({ ...good, exposure: { ...good.exposure, meanLuma } });

describe('isGoodEnough', () => {
  it.each([
    [0.2, true],
    [0.199, false],
  ])('of a quality of %d: %j', (scoreRatio, enough) => {
    expect(isGoodEnough({ ...good, scoreRatio })).toBe(enough);
  });
});

describe('isTooDarkFor', () => {
  it('takes stains and mould for undiscernible below a mean luma of 0.25, and nothing else', () => {
    const hidden = (luma: number) => FINDING_KINDS.filter((kind) => isTooDarkFor(kind, withLuma(luma)));

    expect([hidden(0.25), hidden(0.249)]).toEqual([[], ['damp_stain', 'mould']]);
  });
});

describe('mayHideDamage', () => {
  it('is so below a mean luma of 0.2', () => {
    expect([0.2, 0.199].map((luma) => mayHideDamage(withLuma(luma)))).toEqual([false, true]);
  });
});

describe('darknessOf', () => {
  it('is named where stains cannot be told', () => {
    expect([0.25, 0.249].map((luma) => darknessOf(withLuma(luma)))).toEqual([
      undefined,
      'too dark to tell stains from shade',
    ]);
  });
});

describe('faultsOf', () => {
  it('names the poor parts, and none of a good photo', () => {
    const poor: Quality = {
      ...good,
      sharpness: { scoreRatio: 0.34, laplacianVariance: 20 },
      exposure: { ...good.exposure, scoreRatio: 0.34, meanLuma: 0.05 },
      resolution: { scoreRatio: 0.34, megapixels: 0.04 },
    };

    expect([faultsOf(good), faultsOf(poor)]).toEqual([[], ['blurred', 'too dark', 'small (0.04 megapixels)']]);
  });
});
