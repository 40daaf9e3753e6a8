import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeLabels } from '../../../functions/photos/label-places.ts';

const PICTURE = { width: 400, height: 300 };
const SIZE = { width: 100, height: 18 };

describe('placeLabels', () => {
  it('puts a label above its region', () => {
    expect(placeLabels([{ region: { left: 50, top: 100, width: 80, height: 60 }, size: SIZE }], PICTURE, 3)).toEqual([
      { left: 50, top: 79, ...SIZE },
    ]);
  });

  it('puts it below where there is no room above', () => {
    expect(placeLabels([{ region: { left: 50, top: 5, width: 80, height: 60 }, size: SIZE }], PICTURE, 3)).toEqual([
      { left: 50, top: 68, ...SIZE },
    ]);
  });

  it('puts it inside a region that fills the picture', () => {
    expect(placeLabels([{ region: { left: 0, top: 0, width: 400, height: 300 }, size: SIZE }], PICTURE, 3)).toEqual([
      { left: 3, top: 3, ...SIZE },
    ]);
  });

  it('moves on to the nearest free line where all places at the region are taken', () => {
    // Wide as the picture, so that a line has room for one label: above, inside, then the lines at 3 + 21 n px, nearest first.
    const size = { width: 390, height: 18 };
    const label = { region: { left: 0, top: 130, width: 400, height: 170 }, size };
    const tops = placeLabels(
      Array.from({ length: 6 }, () => label),
      PICTURE,
      3,
    ).map((place) => place?.top);

    expect(tops).toEqual([109, 133, 171, 87, 192, 66]);
  });

  it('never lets labels overlap or leave the picture, and finds a place for twenty', () => {
    const region = fc.record({ left: fc.nat(390), top: fc.nat(290), width: fc.nat(400), height: fc.nat(300) });
    fc.assert(
      fc.property(fc.array(region, { minLength: 1, maxLength: 20 }), (regions) => {
        const placed = placeLabels(
          regions.map((each) => ({ region: each, size: SIZE })),
          PICTURE,
          3,
        ).filter((each) => each !== undefined);
        expect(placed).toHaveLength(regions.length);
        for (const [index, one] of placed.entries()) {
          expect(one.left >= 0 && one.top >= 0 && one.left + 100 <= 400 && one.top + 18 <= 300).toBe(true);
          for (const other of placed.slice(index + 1)) {
            expect(Math.abs(one.left - other.left) >= 100 || Math.abs(one.top - other.top) >= 18).toBe(true);
          }
        }
      }),
    );
  });
});
