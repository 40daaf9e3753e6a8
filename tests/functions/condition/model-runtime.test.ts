import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { readAnswer } from '../../../functions/condition/model-answer.ts';
import { loadModel, loadModels, readCard, runModel } from '../../../functions/condition/model-runtime.ts';
import type { Raster } from '../../../functions/photos/raster.ts';
import { node, onnxFile, tensor } from './onnx-file.ts';
import {
  constantModel,
  meanColourModel,
  photoCard,
  photoModel,
  SQUARE,
  temporaryFolder,
  tinyCard,
  writeModel,
  writeTinyModels,
} from './tiny-models.ts';

const plain = (red: number, green: number, blue: number, widthPx = 100, heightPx = 80): Raster => ({
  data: Uint8Array.from({ length: widthPx * heightPx * 3 }, (_, index) => [red, green, blue][index % 3] ?? 0),
  widthPx,
  heightPx,
  channels: 3,
});

const loadFrom = async (place: string) => loadModel(await readCard(place));

let folder: string;
beforeEach(async () => {
  folder = await temporaryFolder();
});

describe('loadModels', () => {
  it('finds one model for each question', async () => {
    await writeTinyModels(folder);

    const models = await loadModels(folder);

    expect(Object.values(models).map(({ card }) => card.name)).toEqual([
      'tiny-subject',
      'tiny-surface',
      'tiny-vehicle',
    ]);
  });

  it("prefers a user's model to the built-in one", async () => {
    await writeModel(folder, 'photo', photoCard(), photoModel('kitchen'));
    const mine = tinyCard('vehicle', {
      name: 'mine',
      outputs: [{ name: 'out', as: 'classification', labels: ['severe'] }],
    });
    await writeModel(folder, 'mine', mine, constantModel('out', [1]));

    expect((await loadModels(folder)).vehicle.card.name).toBe('mine');
  });

  it("names both when two of the user's answer the same question", async () => {
    await writeTinyModels(folder);
    const card = tinyCard('vehicle', { outputs: [{ name: 'out', as: 'classification', labels: ['severe'] }] });
    await writeModel(folder, 'one', card, constantModel('out', [1]));
    await writeModel(folder, 'two', card, constantModel('out', [1]));

    await expect(loadModels(folder)).rejects.toThrow(/"(one|two)": it and model "(one|two)" both answer "vehicle"/);
  });

  it('loads a model that answers several questions once', async () => {
    await writeModel(folder, 'photo', photoCard(), photoModel('kitchen'));
    await writeModel(
      folder,
      'mine',
      tinyCard('vehicle', { outputs: [{ name: 'out', as: 'classification', labels: ['severe'] }] }),
      constantModel('out', [1]),
    );

    const { subject, surface, vehicle } = await loadModels(folder);

    expect(surface).toBe(subject);
    expect([subject.card.name, vehicle.card.name]).toEqual(['tiny-photo', 'tiny-vehicle']);
  });

  it('says which question has no model', async () => {
    await writeTinyModels(folder);
    await rename(join(folder, 'surface', 'card.json'), join(folder, 'surface', 'no-card.json'));

    await expect(loadModels(folder)).rejects.toThrow('Model "photo": no model answers "surface"');
  });
});

describe('loadModel', () => {
  const outputs = [{ name: 'subject', as: 'classification' as const, labels: ['kitchen', 'bathroom'] }];

  it.each([
    [
      'a missing file',
      tinyCard('subject', { outputs }),
      undefined,
      /^Model "wrong": model.onnx cannot be loaded \(.+\)$/,
    ],
    [
      'a file that is no ONNX',
      tinyCard('subject', { outputs }),
      Uint8Array.of(1, 2, 3),
      /^Model "wrong": model.onnx cannot be loaded \(.+\)$/,
    ],
    [
      'an output of another name',
      tinyCard('subject', { outputs }),
      constantModel('room', [0, 0]),
      /^Model "wrong": card.json names the output "subject", the graph has "room"$/,
    ],
    [
      'another number of labels',
      tinyCard('subject', { outputs }),
      constantModel('subject', [0, 0, 0]),
      /^Model "wrong": output "subject" \(as classification\) should be 1 x 2 \(\? is free\), it is 1 x 3$/,
    ],
    [
      'another size',
      tinyCard('subject', { outputs }),
      constantModel('subject', [0, 0], [1, 3, 32, 32]),
      /^Model "wrong": card.json declares an input of 1 x 3 x 64 x 64 \(\? is free\), the graph's is 1 x 3 x 32 x 32$/,
    ],
    [
      'numbers that are not finite',
      tinyCard('subject', { outputs }),
      constantModel('subject', [Number.NaN, 0]),
      /^Model "wrong": output "subject" has numbers that are not finite$/,
    ],
    [
      'an input that is not float32',
      tinyCard('subject', { outputs }),
      onnxFile({
        nodes: [node('Identity', ['image'], 'subject')],
        constants: [],
        inputs: [tensor('image', SQUARE, 2)],
        outputs: [tensor('subject', SQUARE, 2)],
      }),
      /^Model "wrong": expected a float32 input, the graph's is uint8$/,
    ],
  ])('says in one sentence what is wrong with %s', async (_, card, model, sentence) => {
    const place = await writeModel(folder, 'wrong', card, model);

    await expect(loadFrom(place)).rejects.toThrow(sentence);
  });

  it('says where a card is wrong', async () => {
    const place = await writeModel(folder, 'wrong', { ...tinyCard('subject', { outputs }), colour: 'red' });

    await expect(loadFrom(place)).rejects.toThrow(
      /^Model "wrong": card.json is wrong at the top: Unrecognized key: "colour"$/,
    );
  });
});

describe('runModel', () => {
  const redOrBlue = { outputs: [{ name: 'subject', as: 'classification' as const, labels: ['kitchen', 'bathroom'] }] };
  const redIsKitchen = meanColourModel(
    'subject',
    [
      [9, 0, 0],
      [0, 0, 9],
    ],
    [0, 0],
    [1, 3, 'h', 'w'],
  );

  const best = async (card: object, photo: Raster) => {
    const model = await loadFrom(await writeModel(folder, 'model', card, redIsKitchen));
    return readAnswer(model.card, 'subject', await runModel(model, photo)).classes[0]?.[0]?.word;
  };

  it('sees red as red', async () => {
    expect(await best(tinyCard('subject', redOrBlue), plain(255, 0, 0))).toBe('kitchen');
  });

  it('gives the channels in the order of the card', async () => {
    const card = tinyCard('subject', redOrBlue);
    expect(await best({ ...card, input: { ...card.input, colorOrder: 'BGR' } }, plain(255, 0, 0))).toBe('bathroom');
  });

  it('takes a photo of any shape to a short side', async () => {
    const card = tinyCard('subject', redOrBlue);
    const size = { mode: 'shortSide', px: 64, maxLongSidePx: 96, multipleOf: 16 };
    expect(await best({ ...card, input: { ...card.input, size } }, plain(0, 0, 255, 64, 700))).toBe('bathroom');
  });

  it('averages tiles, and enlarges a photo smaller than a tile', async () => {
    const card = tinyCard('subject', redOrBlue);
    expect(
      await best({ ...card, input: { ...card.input, size: { mode: 'tiles', px: 128, count: 5 } } }, plain(0, 0, 255)),
    ).toBe('bathroom');
  });
});
