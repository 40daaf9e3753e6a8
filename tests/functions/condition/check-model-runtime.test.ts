import { beforeEach, describe, expect, it } from 'vitest';
import { checkModel, listModels } from '../../../functions/condition/check-model-runtime.ts';
import { constantModel, photoCard, photoModel, temporaryFolder, tinyCard, writeModel } from './tiny-models.ts';

let folder: string;
beforeEach(async () => {
  folder = await temporaryFolder();
});

describe('checkModel', () => {
  const grey = (outputs: Record<string, number[]>) => ({
    pattern: 'grey' as const,
    widthPx: 64,
    heightPx: 64,
    outputs,
  });

  it('names the questions of a usable model, and how many golden entries it agrees with', async () => {
    const card = photoCard({ golden: [grey({ severity: [0, 0, 5, 0], seen: [3, -3] })] });

    expect(await checkModel(await writeModel(folder, 'photo', card, photoModel('kitchen')))).toEqual({
      status: 'usable',
      name: 'tiny-photo',
      version: '1.2.3',
      answers: ['subject', 'surface', 'vehicle'],
      millisecondsPerPhoto: expect.any(Number),
      goldenEntries: 1,
    });
  });

  it('says in one sentence what is wrong', async () => {
    const card = photoCard({ golden: [grey({ seen: [3, 3] })] });

    expect(await checkModel(await writeModel(folder, 'photo', card, photoModel('kitchen')))).toEqual({
      status: 'unusable',
      problem: expect.stringMatching(/^Model "photo": output "seen" for the pattern "grey" .* differs by 6\.0 /),
    });
  });
});

describe('listModels', () => {
  it('says of each model which of its questions it is used for', async () => {
    const surface = tinyCard('surface', {
      name: 'mine',
      outputs: [{ name: 'out', as: 'multiLabel', labels: ['crack'] }],
    });
    await writeModel(folder, 'photo', photoCard(), photoModel('kitchen'));
    await writeModel(folder, 'mine', surface, constantModel('out', [1]));

    expect((await listModels(folder)).map(({ name, answers, usedFor }) => [name, answers, usedFor])).toEqual([
      ['mine', ['surface'], ['surface']],
      ['tiny-photo', ['subject', 'surface', 'vehicle'], ['subject', 'vehicle']],
    ]);
  });

  it('refuses what cannot be used together', async () => {
    await writeModel(folder, 'photo', photoCard(), photoModel('kitchen'));
    await writeModel(folder, 'mine', photoCard({ answers: ['subject'], outputs: photoCard().outputs.slice(0, 1) }));

    await expect(listModels(folder)).rejects.toThrow(/both have the name "tiny-photo"/);
  });
});
