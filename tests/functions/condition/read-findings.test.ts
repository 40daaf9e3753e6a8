import { describe, expect, it } from 'vitest';
import type { ModelAnswer, WordBox } from '../../../functions/condition/model-answer.ts';
import { readFindings } from '../by-default.ts';
import { answer, FAR, WHOLE, word } from './answers.ts';

describe('readFindings', () => {
  const box = (name: string, confidenceRatio: number, at: WordBox['box']): WordBox => ({
    ...word(name, confidenceRatio),
    box: at,
  });
  const found = (rest: Partial<ModelAnswer>, seen = FAR) =>
    readFindings(answer(rest), seen).map(({ finding: { kind, confidenceRatio } }) => [kind, confidenceRatio]);
  const LEFT = { x: 0, y: 0, width: 0.5, height: 0.5 };

  it('finds nothing where the model abstains', () => {
    expect(found({ labels: [word('crack', 0.9)], abstains: true })).toEqual([]);
  });

  it('places boxes in the part of the photo that was shown to the model', () => {
    const shown = { x: 0.5, y: 0.2, width: 0.5, height: 0.8 };
    const [only] = readFindings(answer({ boxes: [box('mould', 0.9, { x: 0.25, y: 0.5, width: 0.5, height: 0.25 })] }), {
      closeUp: false,
      shown,
      quality: FAR.quality,
    });

    expect(only?.finding).toEqual({
      kind: 'mould',
      severity: 'moderate',
      confidenceRatio: 0.9,
      thresholdRatio: 0.5,
      experimental: false,
      areaRatio: expect.closeTo(0.05, 10),
      box: { x: 0.625, y: expect.closeTo(0.6, 10), width: 0.25, height: expect.closeTo(0.2, 10) },
    });
    expect(only?.outline.map((loop) => loop.map((point) => point.map((each) => Number(each.toFixed(6)))))).toEqual([
      [
        [0.625, 0.6],
        [0.875, 0.6],
        [0.875, 0.8],
        [0.625, 0.8],
      ],
    ]);
  });

  it('measures the shape of a crack that is marked on a map, and of nothing else', () => {
    const cells = Float32Array.from({ length: 64 }, (_, cell) => (Math.floor(cell / 8) === 3 ? 0.9 : 0));
    const map = (name: string) => ({ ...word(name, 0.9), cells, columns: 8, rows: 8, pooledCells: 1 });
    const [crack, stain] = ['crack', 'damp_stain'].map(
      (name) => readFindings(answer({ maps: [map(name)], labels: [] }), FAR)[0]?.finding,
    );

    expect(crack?.shape).toMatchObject({
      direction: 'horizontal',
      lengthRatio: expect.closeTo(8 / Math.hypot(8, 8), 6),
    });
    expect(stain).not.toHaveProperty('shape');
    expect(readFindings(answer({ boxes: [box('crack', 0.9, LEFT)] }), FAR)[0]?.finding).not.toHaveProperty('shape');
  });

  it('takes boxes of one kind that cover each other by more than half for one, the most certain', () => {
    const nearly = { ...LEFT, x: 0.1 };

    expect(found({ boxes: [box('crack', 0.6, LEFT), box('crack', 0.8, nearly)] })).toEqual([['crack', 0.8]]);
    expect(found({ boxes: [box('crack', 0.6, LEFT), box('hole', 0.8, nearly)] })).toHaveLength(2);
  });

  // Two equal boxes, one moved by a share s of its width, cover (1 - s) / (1 + s) of their union.
  it.each([
    ['a third of a width apart, they cover exactly half', { x: 0.25, width: 0.75 }, { x: 0.5, width: 0.75 }, 2],
    ['a little nearer, more than half', { x: 0.25, width: 0.75 }, { x: 0.49, width: 0.75 }, 1],
    ['one inside the other, half as large', { x: 0, width: 1 }, { x: 0, width: 0.5 }, 2],
    ['one inside the other, nearly as large', { x: 0, width: 1 }, { x: 0, width: 0.52 }, 1],
  ])('%s: %j and %j', (_, one, other, count) => {
    const down = { y: 0, height: 0.5 };
    const along = [one, other].map((each, index) => box('crack', 0.9 - index / 10, { ...each, ...down }));
    const across = along.map(({ box: { x, width, y, height }, ...rest }) => ({
      ...rest,
      box: { x: y, width: height, y: x, height: width },
    }));

    expect([found({ boxes: along }).length, found({ boxes: across }).length]).toEqual([count, count]);
  });

  it('keeps boxes apart that touch nowhere, and those of no size', () => {
    const apart = { x: 0.6, y: 0.6, width: 0.4, height: 0.4 };
    const point = { x: 0.2, y: 0.2, width: 0, height: 0 };

    expect(found({ boxes: [box('crack', 0.9, LEFT), box('crack', 0.8, apart)] })).toHaveLength(2);
    expect(found({ boxes: [box('crack', 0.9, point), box('crack', 0.8, point)] })).toHaveLength(2);
  });

  it('takes every label that reaches its threshold, and of exclusive classes the likeliest', () => {
    const classes = [[word('spalling', 0.6), word('mould', 0.55)], [word('damp_stain', 0.4)]];
    const labels = [word('crack', 0.7), word('peeling_paint', 0.2), word('hole', 0.8)];

    expect(found({ labels, classes })).toEqual([
      ['hole', 0.8],
      ['crack', 0.7],
      ['spalling', 0.6],
    ]);
    expect(readFindings(answer({ labels }), FAR)[0]).toEqual({
      finding: expect.objectContaining({ kind: 'hole', box: null, areaRatio: null, severity: 'moderate' }),
      outline: [],
    });
  });

  it('names no kind that is none of ours', () => {
    expect(found({ labels: [word('graffiti', 0.9)] })).toEqual([]);
  });

  it('puts the most certain first, whichever output says so', () => {
    const cells = Float32Array.from([0.7, 0, 0, 0]);
    const map = { ...word('mould', 0.7), cells, columns: 2, rows: 2, pooledCells: 1 };
    const boxes = [box('hole', 0.6, LEFT)];
    const order = found({ maps: [map], boxes, labels: [word('crack', 0.65), word('spalling', 0.9)] });

    expect(order.map(([kind]) => kind)).toEqual(['spalling', 'mould', 'crack', 'hole']);
  });

  it('calls a damage severe on a photo of known scale, and not on a close-up', () => {
    const boxes = [{ ...box('mould', 0.95, WHOLE), experimental: true }];
    const severities = [false, true].map((closeUp) => readFindings(answer({ boxes }), { ...FAR, closeUp })[0]?.finding);

    expect(severities).toMatchObject([
      { severity: 'severe', experimental: true },
      { severity: 'moderate', experimental: true },
    ]);
  });
});
