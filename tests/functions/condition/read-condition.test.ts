import { describe, expect, it } from 'vitest';
import type { ModelAnswer, Word, WordBox } from '../../../functions/condition/model-answer.ts';
import { readFindings, readSubject, readVehicle } from '../../../functions/condition/read-condition.ts';

const word = (name: string, confidenceRatio: number, rest: Partial<Word> = {}): Word => ({
  word: name,
  confidenceRatio,
  thresholdRatio: 0.5,
  reachesThreshold: confidenceRatio >= 0.5,
  experimental: false,
  ...rest,
});
const answer = (rest: Partial<ModelAnswer>): ModelAnswer => ({
  classes: [],
  labels: [],
  maps: [],
  boxes: [],
  abstains: false,
  ...rest,
});
const WHOLE = { x: 0, y: 0, width: 1, height: 1 };
const FAR = { closeUp: false, shown: WHOLE };

describe('readSubject', () => {
  const kitchen = [word('kitchen', 0.7), word('bathroom', 0.2)];

  it('is the likeliest class', () => {
    expect(readSubject(answer({ classes: [kitchen] }))).toEqual({ label: 'kitchen', confidenceRatio: 0.7 });
  });

  it('is undetermined below the threshold, and where the model abstains, however sure', () => {
    const unsure = answer({ classes: [[word('kitchen', 0.4)]] });

    expect(readSubject(unsure)).toEqual({ label: 'undetermined', confidenceRatio: 0.4 });
    expect(readSubject(answer({ classes: [kitchen], abstains: true }))).toEqual({
      label: 'undetermined',
      confidenceRatio: 0.7,
    });
  });

  it.each([
    ['no class', []],
    ['a class without words', [[]]],
    ['a word that is none of ours', [[word('Küche', 0.9)]]],
  ])('knows nothing by %s', (_, classes) => {
    expect(readSubject(answer({ classes }))).toEqual({ label: 'undetermined', confidenceRatio: 0 });
  });
});

describe('readVehicle', () => {
  const PARTS = [
    word('door', 0.8),
    word('light', 0.3),
    word('bumper', 0.6, { experimental: true }),
    word('spoiler', 0.9),
  ];
  const vehicle = (rest: Partial<ModelAnswer>) => readVehicle(answer({ labels: PARTS, ...rest }));
  const damaged = [word('severe', 0.7), word('undamaged', 0.2)];
  const nothing = { severity: 'undetermined', confidenceRatio: 0, experimental: false, parts: [] };

  it('is the likeliest severity, with the parts that reach their thresholds', () => {
    expect(vehicle({ classes: [damaged] })).toEqual({
      severity: 'severe',
      confidenceRatio: 0.7,
      experimental: false,
      parts: [
        { part: 'door', confidenceRatio: 0.8, experimental: false },
        { part: 'bumper', confidenceRatio: 0.6, experimental: true },
      ],
    });
  });

  it.each([
    ['below the threshold', { classes: [[word('severe', 0.4)]] }, 0.4],
    ['where the model abstains, however sure', { classes: [damaged], abstains: true }, 0.7],
    ['where it abstains and is unsure', { classes: [[word('minor', 0.3)]], abstains: true }, 0.3],
  ])('is undetermined %s, and names no parts', (_, rest, confidenceRatio) => {
    expect(vehicle(rest)).toEqual({ ...nothing, confidenceRatio });
  });

  it('names no parts of an undamaged vehicle', () => {
    expect(vehicle({ classes: [[word('undamaged', 0.9)]] })).toEqual({
      ...nothing,
      severity: 'undamaged',
      confidenceRatio: 0.9,
    });
  });

  it('reads the output that speaks of severities', () => {
    const parts = [word('door', 0.9)];
    expect(vehicle({ classes: [parts, damaged] }).severity).toBe('severe');
  });

  it.each([
    ['no output', []],
    ['no output of severities', [[word('door', 0.9)]]],
    ['a best word that is no severity', [[word('door', 0.9), word('severe', 0.1)]]],
  ])('knows nothing by %s', (_, classes) => {
    expect(vehicle({ classes })).toEqual(nothing);
  });

  it('says when the severity is experimental', () => {
    expect(vehicle({ classes: [[word('minor', 0.9, { experimental: true })]] }).experimental).toBe(true);
  });
});

describe('readFindings', () => {
  const box = (name: string, confidenceRatio: number, at: WordBox['box']): WordBox => ({
    ...word(name, confidenceRatio),
    box: at,
  });
  const found = (rest: Partial<ModelAnswer>, photo = FAR) =>
    readFindings(answer(rest), photo).map(({ finding: { kind, confidenceRatio } }) => [kind, confidenceRatio]);
  const LEFT = { x: 0, y: 0, width: 0.5, height: 0.5 };

  it('finds nothing where the model abstains', () => {
    expect(found({ labels: [word('crack', 0.9)], abstains: true })).toEqual([]);
  });

  it('places boxes in the part of the photo that was shown to the model', () => {
    const shown = { x: 0.5, y: 0.2, width: 0.5, height: 0.8 };
    const [only] = readFindings(answer({ boxes: [box('mould', 0.9, { x: 0.25, y: 0.5, width: 0.5, height: 0.25 })] }), {
      closeUp: false,
      shown,
    });

    expect(only?.finding).toEqual({
      kind: 'mould',
      severity: 'moderate',
      confidenceRatio: 0.9,
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
    const severities = [false, true].map(
      (closeUp) => readFindings(answer({ boxes }), { closeUp, shown: WHOLE })[0]?.finding,
    );

    expect(severities).toMatchObject([
      { severity: 'severe', experimental: true },
      { severity: 'moderate', experimental: true },
    ]);
  });
});
