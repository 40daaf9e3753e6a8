import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bar, barLines } from '../../bin/bars.ts';

const bar = (rest: Partial<Bar> = {}): Bar => ({ name: 'value', ends: ['$1', '$9'], point: 0.5, text: '$5', ...rest });

/** The bar itself, without its ends and its text. */
const drawnOf = (line: string | undefined): string => /[·━┃]+/.exec(line ?? '')?.[0] ?? '';

describe('barLines', () => {
  it('draws range and point where they are on the scale', () => {
    expect(barLines([bar({ range: [0.25, 0.75] })], 33)).toEqual(['value      $1 ···━━━┃━━··· $9 $5']);
  });

  it('draws the same for a range in either order', () => {
    expect(barLines([bar({ range: [0.2, 0.8] })], 80)).toEqual(barLines([bar({ range: [0.8, 0.2] })], 80));
  });

  it('draws a point alone, and one at the end of its scale', () => {
    expect(drawnOf(barLines([bar({ point: 0 })], 80)[0])).toMatch(/^┃·+$/);
    expect(drawnOf(barLines([bar({ point: 1 })], 80)[0])).toMatch(/^·+┃$/);
  });

  it('aligns bars with ends and names of other lengths', () => {
    const [one = '', other = ''] = barLines([bar(), bar({ name: 'condition', ends: ['C1', '$1,000,000'] })], 90);
    expect(one.indexOf(drawnOf(one))).toBe(other.indexOf(drawnOf(other)));
    expect(drawnOf(one)).toHaveLength(drawnOf(other).length);
  });

  it('fits a terminal down to its shortest bar, whatever it draws', () => {
    const position = fc.double({ min: -1, max: 2, noNaN: true });
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 250 }),
        fc.tuple(position, position),
        position,
        (columns, range, point) => {
          const [line = ''] = barLines([bar({ range, point })], columns);
          expect(line.length).toBeLessThanOrEqual(Math.max(columns, 31));
          expect(drawnOf(line).length).toBeGreaterThanOrEqual(10);
          expect(drawnOf(line).split('┃')).toHaveLength(2);
        },
      ),
    );
  });

  it('has no line without a bar, and no escape sequence', () => {
    expect(barLines([], 80)).toEqual([]);
    expect(barLines([bar()], 80).join()).not.toContain('\u001b');
  });
});
