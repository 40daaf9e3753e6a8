import { describe, expect, it } from 'vitest';
import { FINDING_KINDS, type PhotoFinding } from '../../../functions/photos/photo-assessment.ts';
import { severityOf, severityReadFrom } from '../by-default.ts';

type Extent = Parameters<typeof severityOf>[0];

/** A certain finding from afar. */
const severity = (extent: Partial<Extent>, closeUp = false): string =>
  severityOf(
    {
      kind: 'crack',
      areaRatio: 0.02,
      box: { x: 0, y: 0, width: 0.1, height: 0.1 },
      confidenceRatio: 0.95,
      thresholdRatio: 0.5,
      ...extent,
    },
    { closeUp },
  );
/** As long as this share of the photo's diagonal. */
const along = (share: number) => ({ box: { x: 0, y: 0, width: share, height: share } });
const LONG = along(0.9);

describe('severityOf', () => {
  it.each([
    [0.24, 'minor'],
    [0.26, 'moderate'],
    [0.69, 'moderate'],
    [0.71, 'severe'],
  ])('measures a crack by its length: %d of the diagonal is %s', (share, expected) => {
    expect(severity({ kind: 'crack', areaRatio: 0.9, ...along(share) })).toBe(expected);
  });

  it('measures a crack along its main axis where its region is known, as its text does', () => {
    const shape = {
      lengthRatio: 0.6,
      widthRatio: 0.02,
      spanRatio: 0.05,
      cellRatio: 0.04,
      direction: 'horizontal',
    } as const;

    expect(severity({ ...LONG, shape })).toBe('moderate');
    expect(severity({ ...along(0.1), shape: { ...shape, lengthRatio: 0.75 } })).toBe('severe');
  });

  it('takes both sides of the box into the length of a crack', () => {
    expect(severity({ box: { x: 0, y: 0, width: 0.95, height: 0.35 } })).toBe('severe');
    expect(severity({ box: { x: 0, y: 0, width: 0.95, height: 0.01 } })).toBe('moderate');
  });

  it.each([
    [0.029, 'minor'],
    [0.03, 'moderate'],
    [0.149, 'moderate'],
    [0.15, 'severe'],
  ])('measures a stain by its area: %d of the photo is %s', (areaRatio, expected) => {
    expect(severity({ kind: 'damp_stain', areaRatio, ...LONG })).toBe(expected);
  });

  it.each(
    FINDING_KINDS.map((kind) => {
      const moderate = ['spalling', 'hole', 'broken_window', 'roof_damage', 'unknown_damage'].includes(kind);
      return [kind, kind === 'destroyed' ? 'severe' : moderate ? 'moderate' : 'minor'];
    }),
  )('takes the smallest %s for %s', (kind, expected) => {
    expect(severity({ kind, areaRatio: 0.001, ...along(0.01) })).toBe(expected);
    expect(severity({ kind, areaRatio: null, box: null })).toBe(expected);
  });

  it('calls what is destroyed severe, close up and however sure', () => {
    const barely = {
      kind: 'destroyed',
      areaRatio: null,
      box: null,
      confidenceRatio: 0.5,
      thresholdRatio: 0.5,
    } as const;

    expect([severity(barely), severity(barely, true)]).toEqual(['severe', 'severe']);
  });

  it('judges by the kind alone where area or box is missing', () => {
    expect(severity({ kind: 'mould', areaRatio: null, ...LONG })).toBe('minor');
    expect(severity({ kind: 'mould', areaRatio: 0.9, box: null })).toBe('minor');
  });

  // Between a threshold of 0.6 and certainty lie 0.4, a quarter of which is 0.1.
  it.each([
    [0.69, 'moderate'],
    [0.71, 'severe'],
  ])('calls nothing severe in the lowest quarter above the threshold: at %d it is %s', (confidenceRatio, expected) => {
    expect(severity({ ...LONG, thresholdRatio: 0.6, confidenceRatio })).toBe(expected);
  });

  it('has exactly a quarter above the threshold for enough', () => {
    expect(severity({ ...LONG, thresholdRatio: 0.5, confidenceRatio: 0.625 })).toBe('severe');
  });

  it('calls nothing severe on a close-up, whose scale is unknown', () => {
    expect(severity(LONG, true)).toBe('moderate');
    expect(severity(along(0.1), true)).toBe('minor');
  });
});

describe('severityReadFrom', () => {
  const photoFinding = (rest: Partial<PhotoFinding>): PhotoFinding => ({
    kind: 'crack',
    severity: 'minor',
    confidenceRatio: 0.9,
    areaRatio: 0.01,
    box: { x: 0, y: 0, width: 0.1, height: 0.1 },
    experimental: false,
    ...rest,
  });

  it.each([
    [{}, 'length'],
    [{ kind: 'damp_stain' }, 'area'],
    [{ kind: 'hole', severity: 'moderate' }, 'kind'],
    [{ kind: 'hole', severity: 'moderate', areaRatio: 0.1 }, 'area'],
    [{ kind: 'destroyed', severity: 'severe' }, 'kind'],
    [{ kind: 'unknown_damage', severity: 'moderate', areaRatio: null, box: null }, 'kind'],
    [{ areaRatio: null, box: null }, 'unknown'],
  ] satisfies [Partial<PhotoFinding>, string][])('of %j is %s', (rest, expected) => {
    expect(severityReadFrom(photoFinding(rest))).toBe(expected);
  });
});
