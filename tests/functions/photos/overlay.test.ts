import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawFindings, hasOverlay, overlaySize } from '../../../functions/photos/overlay.ts';
import { FINDING_KINDS, SEVERITIES, VEHICLE_PARTS } from '../../../functions/photos/photo-assessment.ts';
import type { Raster } from '../../../functions/photos/raster.ts';
import { LIMITS } from '../../../functions/platform/names/limits.ts';
import { finding, vehicleOf } from '../assessments/photos.ts';
import { luminanceOf } from './luminance.ts';

const grey = (widthPx = 400, heightPx = 300): Raster => ({
  data: new Uint8Array(widthPx * heightPx * 3).fill(128),
  widthPx,
  heightPx,
  channels: 3,
});

const SQUARE = [
  [
    [0.3, 0.4],
    [0.7, 0.4],
    [0.7, 0.8],
    [0.3, 0.8],
  ],
] as const;
const drawn = { finding: finding(), outline: SQUARE };

const pixel = ({ data, widthPx }: Raster, x: number, y: number): number[] => [
  ...data.subarray((y * widthPx + x) * 3, (y * widthPx + x) * 3 + 3),
];
const changed = (before: Raster, after: Raster): number =>
  before.data.reduce((sum, value, at) => sum + (value === after.data[at] ? 0 : 1), 0);

describe('hasOverlay', () => {
  const vehicle = (severity: Parameters<typeof vehicleOf>[0] | 'undetermined') => ({
    findings: [],
    vehicle: { ...vehicleOf('minor').vehicle, severity },
  });

  it('is true of anything that was found', () => {
    expect(hasOverlay({ findings: [finding()] })).toBe(true);
    expect(hasOverlay({ findings: [finding({ box: null, areaRatio: null })] })).toBe(true);
    expect(SEVERITIES.map((severity) => hasOverlay(vehicle(severity)))).toEqual([true, true, true]);
  });

  it('is false where there is nothing to show', () => {
    expect([{ findings: [] }, vehicle('undamaged'), vehicle('undetermined')].map(hasOverlay)).toEqual(
      Array(3).fill(false),
    );
  });
});

describe('overlaySize', () => {
  const side = fc.integer({ min: 64, max: LIMITS.workingPx });

  it('keeps what is large enough, enlarges what is not, and never beyond the working copy', () => {
    fc.assert(
      fc.property(side, side, (widthPx, heightPx) => {
        const size = overlaySize({ widthPx, heightPx });
        expect(Math.max(size.widthPx, size.heightPx)).toBeLessThanOrEqual(LIMITS.workingPx);
        expect(size.widthPx).toBeGreaterThanOrEqual(widthPx);
        expect(Math.abs(size.widthPx / widthPx - size.heightPx / heightPx)).toBeLessThan(0.01);
        if (widthPx >= 400 && heightPx >= 225) expect(size).toEqual({ widthPx, heightPx });
        else if (Math.max(widthPx, heightPx) < LIMITS.workingPx) expect(size).not.toEqual({ widthPx, heightPx });
      }),
    );
  });

  it.each([
    [64, 64, 400, 400],
    [259, 194, 400, 300],
    [1280, 64, 1280, 64],
    [300, 150, 450, 225],
  ])('makes of %d x %d px %d x %d px', (widthPx, heightPx, ...expected) => {
    expect(Object.values(overlaySize({ widthPx, heightPx }))).toEqual(expected);
  });
});

describe('drawFindings', () => {
  it('draws the outline in the colour of the kind and tints the region', () => {
    const picture = drawFindings(grey(), [drawn]);

    const [red = 0, green = 0] = pixel(picture, 200, 120);
    expect(red - green).toBeGreaterThan(100);
    const [tintedRed = 0, tintedGreen = 0] = pixel(picture, 200, 180);
    expect(tintedRed - tintedGreen).toBeGreaterThan(20);
    expect(pixel(picture, 390, 290)).toEqual([128, 128, 128]);
  });

  it('leaves the photo itself as it was', () => {
    const photo = grey();
    drawFindings(photo, [drawn]);

    expect(photo.data.every((value) => value === 128)).toBe(true);
  });

  it('dashes what is experimental', () => {
    const [whole, dashed] = [false, true].map((experimental) =>
      drawFindings(grey(), [{ ...drawn, finding: finding({ experimental }) }]),
    );

    const redAlong = (picture: Raster | undefined): number =>
      picture
        ? Array.from({ length: 120 }, (_, x) => pixel(picture, 140 + x, 120)).filter(
            ([red = 0, green = 0]) => red - green > 100,
          ).length
        : 0;
    expect(redAlong(whole)).toBe(120);
    expect(redAlong(dashed)).toBeGreaterThan(40);
    expect(redAlong(dashed)).toBeLessThan(100);
  });

  it('labels a finding without a region at the foot of the picture', () => {
    const picture = drawFindings(grey(), [{ finding: finding({ box: null, areaRatio: null }), outline: [] }]);

    expect(pixel(picture, 200, 100)).toEqual([128, 128, 128]);
    expect(changed(grey(), picture)).toBeGreaterThan(1000);
  });

  it('captions a damaged vehicle at the foot of the picture, and nothing of a sound one', () => {
    const picture = drawFindings(grey(), [], vehicleOf('severe').vehicle);

    expect(pixel(picture, 200, 200)).toEqual([128, 128, 128]);
    const [red = 0, green = 0] = pixel(picture, 6, 288);
    expect(red - green).toBeGreaterThan(100);
    expect(changed(grey(), drawFindings(grey(), [], vehicleOf('undamaged').vehicle))).toBe(0);
  });

  it.each([
    ['low', 1280, 64],
    ['narrow', 150, 1280],
  ])('keeps the letters of a caption readable on a picture that is %s', (_, widthPx, heightPx) => {
    const parts = VEHICLE_PARTS.map((part) => ({ part, confidenceRatio: 0.7, experimental: true }));
    const photo = grey(widthPx, heightPx);
    const picture = drawFindings(photo, [], { ...vehicleOf('severe').vehicle, parts });

    const rows = Array.from({ length: heightPx }, (_each, y) => y);
    const isLettered = (y: number): boolean =>
      Array.from({ length: widthPx }, (_each, x) => pixel(picture, x, y)).some(([, green = 0]) => green > 240);
    // The line around the plate is white as well: two rows.
    expect(rows.filter(isLettered).length).toBeGreaterThan(10);
    expect(changed(photo, picture)).toBeGreaterThan(10_000);
  });

  it('keeps the caption clear of the label of a finding at the foot', () => {
    const lowest = { ...drawn, finding: finding({ box: null, areaRatio: null }), outline: [] };
    const { vehicle } = vehicleOf('severe');
    const [caption, label, both] = [
      drawFindings(grey(), [], vehicle),
      drawFindings(grey(), [lowest]),
      drawFindings(grey(), [lowest], vehicle),
    ].map((picture) => changed(grey(), picture));

    expect(both).toBeGreaterThan(Math.max(caption ?? 0, label ?? 0) * 1.5);
  });

  it('makes the longest label fit the narrowest photo', () => {
    const narrow = grey(64, 400);
    const long = { ...drawn, finding: finding({ kind: 'destroyed', confidenceRatio: 1 }) };

    expect(changed(narrow, drawFindings(narrow, [long]))).toBeGreaterThan(100);
  });

  it('draws the same on every machine', () => {
    const { data } = drawFindings(grey(), [
      drawn,
      { ...drawn, finding: finding({ kind: 'mould', experimental: true }) },
    ]);

    expect(createHash('sha256').update(data).digest('hex')).toMatchInlineSnapshot(
      `"dbfb954951bcfc31a34e902a54285344a11f596eae79453cdfb625bd8e3be974"`,
    );
  });

  it('draws each kind in a colour of its own, dark enough for white letters', () => {
    const colours = FINDING_KINDS.map((kind) => {
      const picture = drawFindings(grey(), [{ ...drawn, finding: finding({ kind }) }]);
      return pixel(picture, 200, 120);
    });

    // WCAG 2: contrast of white on the colour, at least 4.5 for small letters.
    for (const colour of colours) expect(1.05 / (luminanceOf(colour) + 0.05)).toBeGreaterThan(4.5);
    for (const [index, one] of colours.entries()) {
      for (const other of colours.slice(index + 1)) {
        expect(Math.hypot(...one.map((value, at) => value - (other[at] ?? 0)))).toBeGreaterThan(50);
      }
    }
  });

  it('draws regions whose labels find no room', () => {
    const many = Array.from({ length: 12 }, () => drawn);

    expect(changed(grey(64, 40), drawFindings(grey(64, 40), many))).toBeGreaterThan(100);
  });
});
