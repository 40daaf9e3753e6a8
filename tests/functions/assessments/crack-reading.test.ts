import { describe, expect, it } from 'vitest';
import type { SeenCrack } from '../../../functions/assessments/crack-reading.ts';
import type { CrackShape } from '../../../functions/photos/finding-size.ts';
import { mergeFindings, readCrack } from '../by-default.ts';
import { finding, photo } from './photos.ts';

/** Of a photo whose map has 16 x 16 cells: its diagonal is 22.6 cells. */
const CELL = 1 / Math.hypot(16, 16);
const shape = (
  length: number,
  width: number,
  span = 2,
  direction: CrackShape['direction'] = 'vertical',
): CrackShape => ({
  lengthRatio: length * CELL,
  widthRatio: width * CELL,
  spanRatio: span * CELL,
  cellRatio: CELL,
  direction,
});
const read = (rest: Partial<SeenCrack>) =>
  readCrack({ shape: undefined, feature: 'interior_walls', atOpening: false, hint: undefined, ...rest });

describe('readCrack', () => {
  it.each([
    [15, 1.5, 'thin'],
    [15, 2.5, 'thin'],
    [15, 2.6, 'unknown'],
    [15, 3.2, 'unknown'],
    [15, 3.3, 'open'],
  ])('of a region of %d x %d cells reads a width against its length: %s', (length, width, expected) => {
    expect(read({ shape: shape(length, width) })).toMatchObject({ width: expected, readFrom: 'width_against_length' });
  });

  it.each([
    [4, 1.2],
    [4, 4],
  ])('reads nothing of a piece of %d x %d cells', (length, width) => {
    expect(read({ shape: shape(length, width, 1, 'diagonal'), feature: 'exterior_walls' })).toEqual(read({}));
  });

  it('tells a line from what is bent, branched or map-like', () => {
    expect(read({ shape: shape(12, 2, 6) }).pattern).toBe('line');
    expect(read({ shape: shape(12, 2, 7, 'unknown') }).pattern).toBe('branched');
    expect(read({ shape: shape(3, 2, 1) }).pattern).toBe('unknown');
  });

  it('reads nothing where no model says where the crack is', () => {
    expect(read({})).toEqual({
      width: 'unknown',
      pattern: 'unknown',
      direction: 'unknown',
      structural: 'unknown',
      structuralBecause: null,
      readFrom: 'none',
    });
  });

  it.each([
    [{ hint: 'Stepped crack, garage' }, /calls it stepped/],
    [{ hint: 'bulging wall' }, /calls it bulging/],
    [{ feature: 'chimney', shape: shape(12, 4, 5, 'diagonal') }, /^open and diagonal, in a chimney$/],
    [{ feature: 'foundation', shape: shape(12, 2, 3, 'horizontal') }, /^horizontal on a foundation/],
    [{ atOpening: true, shape: shape(12, 2, 3, 'diagonal') }, /^diagonal at an opening/],
    [{ feature: 'exterior_walls', shape: shape(12, 4, 4, 'horizontal') }, /^open and horizontal, in an outside wall$/],
    [{ hint: 'not only hairline: structural' }, /calls it structural/],
    [{ hint: 'not hairline, but settlement' }, /calls it settlement/],
    [{ hint: 'not structural? it is widening' }, /calls it widening/],
    [{ hint: 'noted settlement' }, /calls it settlement/],
    [{ hint: 'no repair since, structural' }, /calls it structural/],
  ] satisfies [Partial<SeenCrack>, RegExp][])('suspects movement, and says why: %j', (rest, why) => {
    expect(read(rest)).toMatchObject({ structural: 'suspected', structuralBecause: expect.stringMatching(why) });
  });

  it.each([
    { hint: 'hairline crack' },
    { hint: 'not structural' },
    { hint: 'Not a structural crack' },
    { hint: 'non-structural' },
    { hint: 'nonstructural' },
    { hint: 'no settlement' },
    { hint: 'NO SIGNS OF SETTLEMENT' },
    { hint: "isn't structural" },
    { hint: 'it doesn’t look structural' },
    { hint: 'does not appear to be structural, kitchen' },
    { hint: 'neither stepped nor leaning' },
    { hint: 'no structural or settlement cracks' },
    { feature: 'exterior_walls', shape: shape(12, 4) },
    { feature: 'exterior_walls', shape: shape(12, 4, 7, 'unknown') },
    { feature: 'chimney', shape: shape(12, 4) },
    { shape: shape(12, 4) },
    { atOpening: true, shape: shape(12, 2, 3, 'vertical') },
    { feature: 'foundation', shape: shape(12, 2, 3, 'vertical') },
    { feature: 'exterior_walls', shape: shape(12, 2) },
  ] satisfies Partial<SeenCrack>[])('rules movement out of none, and suspects it not without a sign: %j', (rest) => {
    expect(read(rest).structural).toBe('unknown');
  });
});

describe('the extent of a crack', () => {
  const cracked = (hint: string, crack: CrackShape) =>
    photo('p001', 'surface', { hint, findings: [finding({ severity: 'minor', shape: crack })] });

  it('is said in shares of the photo, with its width against its length and never in mm', () => {
    const [found] = mergeFindings([cracked('kitchen wall', shape(12, 2))]);

    expect(found?.extent).toMatchObject({
      readFrom: 'region_of_close_up',
      meaning:
        "5 % of a close-up (p001), whose size is unknown, a vertical line, 53 % of the photo's diagonal long, thin against its length",
    });
  });

  it('keeps what words say of a crack that no model places', () => {
    const view = photo('p001', 'surface', {
      hint: 'settlement crack, kitchen',
      findings: [finding({ areaRatio: null, box: null })],
    });

    expect(mergeFindings([view])[0]?.extent).toMatchObject({
      readFrom: 'none',
      crack: { structural: 'suspected', readFrom: 'none' },
    });
  });

  it('is read of no other kind of damage', () => {
    const view = photo('p001', 'kitchen', { findings: [finding({ kind: 'hole', areaRatio: 0.001 })] });

    expect(mergeFindings([view])[0]?.extent).toEqual({
      readFrom: 'region',
      meaning: '1 % of the photo (p001)',
      crack: null,
    });
  });

  it('calls an engineer to a minor crack with a sign of movement', () => {
    const [found] = mergeFindings([cracked('above the front door', shape(12, 2, 3, 'diagonal'))]);

    expect(found).toMatchObject({
      feature: 'exterior_walls',
      action: 'inspect',
      trade: 'structural_engineer',
      affectsSoundness: 'unknown',
    });
  });

  it('keeps a suspicion of one photo, whichever photo shows most of the crack', () => {
    const large = photo('p002', 'surface', {
      hint: 'kitchen',
      findings: [finding({ areaRatio: 0.4, shape: shape(12, 2, 3, 'vertical') })],
    });
    const stepped = cracked('kitchen, stepped crack', shape(12, 2));

    for (const views of [
      [stepped, large],
      [large, stepped],
    ]) {
      expect(mergeFindings(views)[0]?.extent.crack?.structural).toBe('suspected');
    }
  });
});
