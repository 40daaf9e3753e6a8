import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawPlate, PLATE_RULES, plateOf } from '../../../functions/photos/plate.ts';

const COLOURS = { ground: [200, 0, 0], letters: [255, 255, 255] } as const;

describe('plateOf', () => {
  it('is as large as its text asks for where there is room', () => {
    const { textPx, size } = plateOf({ ...COLOURS, lines: ['hood 91 %'] }, { widthPx: 400, heightPx: 300 }, 1);

    expect(textPx).toBe(PLATE_RULES.textPx);
    expect(size.height).toBeCloseTo(12 * 0.711 + 10, 5);
  });

  it('grows by a line for each line, and with the picture', () => {
    const of = (lines: string[], unit = 1) =>
      plateOf({ ...COLOURS, lines }, { widthPx: 400 * unit, heightPx: 300 * unit }, unit).size;

    expect(of(['hood', 'door']).height - of(['hood']).height).toBeCloseTo(15, 5);
    expect(of(['hood'], 3).width).toBeCloseTo(of(['hood']).width * 3, 5);
  });

  it('fits the picture, whatever the text', () => {
    const line = fc.string({ minLength: 1, maxLength: 60, unit: fc.constantFrom(...'abcdefg 0123%()·') });
    const lines = fc.array(line, { minLength: 1, maxLength: 8 });
    const side = fc.integer({ min: 200, max: 1280 });
    fc.assert(
      fc.property(lines, side, side, (text, widthPx, heightPx) => {
        const { size } = plateOf({ ...COLOURS, lines: text }, { widthPx, heightPx }, 1);
        expect(size.width).toBeLessThanOrEqual(widthPx);
        expect(size.height).toBeLessThanOrEqual(heightPx);
      }),
    );
  });
});

describe('drawPlate', () => {
  it('keeps its ground and letters inside its place', () => {
    const canvas = { data: new Uint8Array(400 * 300 * 3).fill(128), widthPx: 400, heightPx: 300, channels: 3 } as const;
    const plate = plateOf({ ...COLOURS, lines: ['severe damage', 'hood (experimental)'] }, canvas, 1);
    drawPlate(canvas, plate, { left: 50, top: 60, ...plate.size }, 1);

    const drawn = Array.from({ length: 400 * 300 }, (_, at) => at).filter((at) => canvas.data[at * 3] !== 128);
    const columns = drawn.map((at) => at % 400);
    const rows = drawn.map((at) => Math.floor(at / 400));
    // With a line of one pixel around it, and its shadow one pixel lower.
    expect(Math.min(...columns)).toBeGreaterThanOrEqual(49);
    expect(Math.min(...rows)).toBeGreaterThanOrEqual(59);
    expect(Math.max(...columns)).toBeLessThanOrEqual(Math.ceil(51 + plate.size.width));
    expect(Math.max(...rows)).toBeLessThanOrEqual(Math.ceil(62 + plate.size.height));
  });
});
