import { describe, expect, it } from 'vitest';
import { ModelCard } from '../../../functions/condition/model-card.ts';
import {
  averageOutputs,
  chooseModels,
  type Graph,
  graphProblem,
  outputProblem,
} from '../../../functions/condition/model-rules.ts';
import { type CardInput, photoCard, tinyCard } from './tiny-models.ts';

const OUTPUT = {
  subject: { name: 'out', as: 'classification', labels: ['kitchen', 'bathroom'] },
  surface: { name: 'out', as: 'multiLabel', labels: ['crack'] },
  vehicle: { name: 'out', as: 'classification', labels: ['severe'] },
} as const;
const QUESTIONS = ['subject', 'surface', 'vehicle'] as const;
const cardOf = (question: (typeof QUESTIONS)[number]) =>
  ModelCard.parse(tinyCard(question, { outputs: [{ ...OUTPUT[question], labels: [...OUTPUT[question].labels] }] }));
const photo = { folder: 'models/photo', card: ModelCard.parse(photoCard()) };

describe('chooseModels', () => {
  it('takes the built-in model for all questions, in the folder photo', () => {
    const chosen = chooseModels('models', [photo]);

    expect(QUESTIONS.map((question) => chosen[question])).toEqual([photo, photo, photo]);
  });

  it("takes the user's model for its question alone, and the built-in one for the rest, in any order", () => {
    const own = { folder: 'models/mine', card: cardOf('surface') };

    for (const cards of [
      [own, photo],
      [photo, own],
    ]) {
      const chosen = chooseModels('models', cards);
      expect(QUESTIONS.map((question) => chosen[question].folder)).toEqual([
        'models/photo',
        'models/mine',
        'models/photo',
      ]);
    }
  });

  it("refuses two of the user's for one question, and names both", () => {
    const [one, two] = ['models/one', 'models/two'].map((folder) => ({ folder, card: cardOf('surface') }));
    if (!one || !two) throw new Error('no models');

    expect(() => chooseModels('models', [photo, one, two])).toThrow(
      /one.*it and model "two" both answer "surface"; remove one of the two/,
    );
  });

  it("refuses two of the user's that share one of several questions", () => {
    const all = { folder: 'models/all', card: photo.card };
    const own = { folder: 'models/mine', card: cardOf('vehicle') };

    expect(() => chooseModels('models', [photo, all, own])).toThrow(
      /all.*it and model "mine" both answer "vehicle"; remove one of the two/,
    );
    expect(chooseModels('models', [photo, all]).vehicle).toBe(all);
  });

  it('refuses two models in use with the same name, by which assessments could not tell them apart', () => {
    const own = { folder: 'models/mine', card: { ...cardOf('surface'), name: 'tiny-photo' } };

    expect(() => chooseModels('models', [photo, own])).toThrow(
      'Model "mine": it and model "photo" both have the name "tiny-photo"; rename one of the two',
    );
  });

  it('does not mind the name of a model that is not used', () => {
    const all = { folder: 'models/all', card: { ...photo.card, name: 'all' } };
    const unused = { folder: 'models/photo', card: { ...photo.card, name: 'all' } };

    expect(chooseModels('models', [unused, all]).surface.folder).toBe('models/all');
  });

  it('refuses a question that no model answers', () => {
    const vehicle = { folder: 'models/mine', card: cardOf('vehicle') };

    expect(() => chooseModels('models', [vehicle])).toThrow('Model "photo": no model answers "subject"');
  });
});

describe('graphProblem', () => {
  const input = (rest: Partial<Graph['inputs'][number]> = {}) => ({
    name: 'pixels',
    type: 'float32',
    shape: ['batch', 3, 64, 48],
    ...rest,
  });
  const problem = (graph: Partial<Graph>, asked: Partial<CardInput['input']> = {}) => {
    const card = tinyCard('subject', { outputs: [{ ...OUTPUT.subject, labels: ['kitchen'] }] });
    const size = { mode: 'stretch', widthPx: 48, heightPx: 64 } as const;
    const parsed = ModelCard.parse({ ...card, input: { ...card.input, name: 'pixels', size, ...asked } });
    return graphProblem(parsed, {
      inputs: [input()],
      outputs: [{ name: 'out', type: 'float32', shape: [] }],
      ...graph,
    });
  };

  it('has none where card and graph agree', () => expect(problem({})).toBeUndefined());

  it.each([
    ['another input', { inputs: [input({ name: 'x' })] }, 'card.json names the input "pixels", the graph has "x"'],
    ['no input', { inputs: [] }, 'card.json names the input "pixels", the graph has none'],
    [
      'a second input',
      { inputs: [input(), input({ name: 'mask' })] },
      'expected one input, the graph has "pixels", "mask"',
    ],
    ['bytes', { inputs: [input({ type: 'uint8' })] }, "expected a float32 input, the graph's is uint8"],
    [
      'sides the wrong way round',
      { inputs: [input({ shape: [1, 3, 48, 64] })] },
      "card.json declares an input of 1 x 3 x 64 x 48 (? is free), the graph's is 1 x 3 x 48 x 64",
    ],
    [
      'three dimensions',
      { inputs: [input({ shape: [3, 64, 48] })] },
      "card.json declares an input of 1 x 3 x 64 x 48 (? is free), the graph's is 3 x 64 x 48",
    ],
    [
      'five dimensions',
      { inputs: [input({ shape: [1, 3, 64, 48, 1] })] },
      "card.json declares an input of 1 x 3 x 64 x 48 (? is free), the graph's is 1 x 3 x 64 x 48 x 1",
    ],
    [
      'another output',
      { outputs: [{ name: 'logits', type: 'float32', shape: [] }] },
      'card.json names the output "out", the graph has "logits"',
    ],
  ])('names %s', (_, graph, expected) => {
    expect(problem(graph)).toBe(expected);
  });

  type Asked = Partial<CardInput['input']>;
  const GRAY: Asked = { colorOrder: 'GRAY', mean: [0], std: [1] };
  const SHORT_SIDE: Asked = { size: { mode: 'shortSide', px: 64, maxLongSidePx: 96, multipleOf: 16 } };
  const TILES: Asked = { size: { mode: 'tiles', px: 64, count: 5 } };

  it.each([
    ['channels last', { layout: 'NHWC' }, [1, 64, 48, 3], true],
    ['channels first where they are asked for last', { layout: 'NHWC' }, [1, 3, 64, 48], false],
    ['one channel for grey', GRAY, [1, 1, 64, 48], true],
    ['three channels for grey', GRAY, [1, 3, 64, 48], false],
    ['square tiles', TILES, [1, 3, 64, 64], true],
    ['tiles that are not square', TILES, [1, 3, 64, 48], false],
    ['free sides for a short side', SHORT_SIDE, [1, 3, 'height', 'width'], true],
    ['free sides written as -1', SHORT_SIDE, [1, 3, -1, -1], true],
    ['fixed sides for a short side, whose long side varies', SHORT_SIDE, [1, 3, 64, 64], false],
    ['a fixed size of nothing', {}, [1, 3, 0, 48], false],
    ['a batch of two', {}, [2, 3, 64, 48], false],
  ] as const)('takes or refuses %s', (_, asked, shape, taken) => {
    expect(problem({ inputs: [input({ shape: [...shape] })] }, asked) === undefined).toBe(taken);
  });
});

describe('outputProblem', () => {
  const labelled = { name: 'out', labels: ['crack', 'hole'] };
  const outputs = {
    classification: { ...labelled, as: 'classification' },
    multiLabel: { ...labelled, as: 'multiLabel' },
    map: { ...labelled, as: 'map', stridePx: 16 },
    boxes: { ...labelled, as: 'boxes' },
    distance: { name: 'out', as: 'distance', maximum: 3 },
  } as const;
  const problem = (as: keyof typeof outputs, shape: number[], data = [0]) => {
    const card = tinyCard('surface', {
      outputs: [
        { name: 'other', as: 'multiLabel', labels: ['crack'] },
        as === 'distance' ? outputs.distance : { ...outputs[as], labels: [...labelled.labels] },
      ],
    });
    const output = ModelCard.parse(card).outputs[1];
    if (!output) throw new Error('no output');
    return outputProblem(output, { data: Float32Array.from(data), shape });
  };

  it.each([
    ['classification', [1, 2], [1, 3], '1 x 2'],
    ['multiLabel', [1, 2], [2, 2], '1 x 2'],
    ['map', [1, 2, 7, 9], [1, 3, 7, 9], '1 x 2 x ? x ?'],
    ['map', [1, 2, 1, 1], [1, 2, 7], '1 x 2 x ? x ?'],
    ['boxes', [1, 30, 6], [1, 30, 5], '1 x ? x 6'],
    ['distance', [1, 1], [1, 2], '1 x 1'],
  ] as const)('expects of %s the shape %j, not %j', (as, right, wrong, expected) => {
    expect(problem(as, [...right])).toBeUndefined();
    expect(problem(as, [...wrong])).toBe(
      `output "out" (as ${as}) should be ${expected} (? is free), it is ${wrong.join(' x ')}`,
    );
  });

  it.each([Number.NaN, Infinity, -Infinity])('refuses %d among the numbers', (number) => {
    expect(problem('distance', [1, 1], [0, number])).toBe('output "out" has numbers that are not finite');
  });
});

describe('averageOutputs', () => {
  const answer = (...numbers: number[]) => ({ out: { data: Float32Array.from(numbers), shape: [1, numbers.length] } });

  it('takes the mean of each number over the tiles', () => {
    expect(averageOutputs([answer(1, 4), answer(2, 0), answer(6, 2)])).toEqual(answer(3, 2));
  });

  it('leaves the outputs of one picture as they are, and has none of no picture', () => {
    expect([averageOutputs([answer(1, 4)]), averageOutputs([])]).toEqual([answer(1, 4), {}]);
  });
});
