import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { QUESTIONS } from '../../../functions/condition/model-outputs.ts';
import { type LoadedModel, loadModels, type Models } from '../../../functions/condition/model-runtime.ts';
import {
  constantModel,
  photoCard,
  photoModel,
  temporaryFolder,
  tinyCard,
  writeModel,
} from '../condition/tiny-models.ts';
import { assessPhoto } from './assess-by-default.ts';

/** One model for all questions, by which every photo shows this subject and damage of unknown kind, and dark parts are cracks. */
const folderOf = async (subject: string): Promise<string> => {
  const folder = await temporaryFolder();
  await writeModel(folder, 'photo', photoCard(), photoModel(subject));
  return folder;
};

/** Loads models that count their runs. */
async function counted(folder: string): Promise<{ runs: Record<string, number>; models: Models }> {
  const runs: Record<string, number> = {};
  const counting = ({ card, run }: LoadedModel): LoadedModel => ({
    card,
    run: (input) => {
      runs[card.name] = (runs[card.name] ?? 0) + 1;
      return run(input);
    },
  });
  const loaded = await loadModels(folder);
  const inUse = [...Map.groupBy(QUESTIONS, (question) => loaded[question])].flatMap(([model, questions]) => {
    const counter = counting(model);
    return questions.map((question) => [question, counter]);
  });
  return { runs, models: Object.fromEntries(inUse) as Models };
}

const plain = (background: string) => sharp({ create: { width: 640, height: 480, channels: 3, background } });
const light = () => plain('#ffffff').jpeg().toBuffer();
/** With a dark bar across it, which is a crack. */
const barred = async () => {
  const bar = await plain('#101010').resize(480, 120).png().toBuffer();
  return plain('#f4f2ee')
    .composite([{ input: bar, left: 80, top: 180 }])
    .jpeg()
    .toBuffer();
};

async function assessed(file: Uint8Array, models: Models, rest = {}) {
  const { assessment, overlay } = await assessPhoto({ photoId: 'p001', file, ...rest }, models);
  if (assessment.status !== 'assessed') throw new Error(JSON.stringify(assessment));
  return { ...assessment, overlay };
}

describe('inquireOf', () => {
  it('runs a model once, and reads every question that is asked', async () => {
    const { runs, models } = await counted(await folderOf('kitchen'));
    const kitchen = await assessed(await barred(), models);

    expect(runs).toEqual({ 'tiny-photo': 1 });
    expect(kitchen.subject.label).toBe('kitchen');
    // Beside the crack of the map the damage of unknown kind is not reported.
    expect(kitchen.findings.map(({ kind }) => kind)).toEqual(['crack']);
    expect(kitchen.vehicle).toBeUndefined();
    expect(kitchen.models).toEqual({ 'tiny-photo': '1.2.3' });
    expect(Object.keys(kitchen.timings)).toContain('model:tiny-photo');
  });

  it('reads the question of vehicles from the same run', async () => {
    const { runs, models } = await counted(await folderOf('vehicle'));
    const vehicle = await assessed(await barred(), models);

    expect([runs, vehicle.vehicle?.severity, vehicle.findings]).toEqual([{ 'tiny-photo': 1 }, 'moderate', []]);
  });

  it('has damage of unknown kind reported without a region, and drawn', async () => {
    const { models } = await counted(await folderOf('kitchen'));
    const kitchen = await assessed(await light(), models);

    expect(kitchen.findings).toMatchObject([{ kind: 'unknown_damage', box: null, areaRatio: null }]);
    expect((await sharp(kitchen.overlay).metadata()).width).toBe(640);
  });

  it('leaves out what is not asked, though the model has answered it', async () => {
    const { runs, models } = await counted(await folderOf('product'));
    const { findings, vehicle, examined } = await assessed(await barred(), models, { assetKind: 'product' });

    expect([runs, findings, vehicle]).toEqual([{ 'tiny-photo': 1 }, [], undefined]);
    expect(examined.filter(({ outcome }) => outcome === 'not_asked')).toHaveLength(examined.length - 1);
  });

  it('runs a model of which no question is asked not at all', async () => {
    const folder = await folderOf('kitchen');
    const outputs = [{ name: 'room', as: 'classification' as const, labels: ['kitchen', 'product'] }];
    await writeModel(folder, 'mine', tinyCard('subject', { outputs }), constantModel('room', [0, 6]));
    const { runs, models } = await counted(folder);
    const product = await assessed(await barred(), models);

    expect([runs, product.models]).toEqual([{ 'tiny-subject': 1 }, { 'tiny-subject': '1.2.3' }]);
  });

  it("takes a user's model for its question, and the built-in one for the rest", async () => {
    const folder = await folderOf('product');
    const outputs = [{ name: 'room', as: 'classification' as const, labels: ['kitchen', 'product'] }];
    await writeModel(folder, 'mine', tinyCard('subject', { outputs }), constantModel('room', [6, 0]));
    const { runs, models } = await counted(folder);
    const kitchen = await assessed(await barred(), models);

    expect(runs).toEqual({ 'tiny-subject': 1, 'tiny-photo': 1 });
    expect([kitchen.subject.label, kitchen.findings.map(({ kind }) => kind)]).toEqual(['kitchen', ['crack']]);
  });

  it('says from which questions a model abstained', async () => {
    const folder = await temporaryFolder();
    const [subject, damage, , severity] = photoCard().outputs;
    const distance = { name: 'far', as: 'distance', maximum: 2, question: 'surface' } as const;
    await writeModel(
      folder,
      'photo',
      { ...photoCard(), outputs: [subject, damage, severity, distance] },
      photoModel('kitchen', { far: [3] }),
    );
    const { subject: shown, findings, examined } = await assessed(await barred(), await loadModels(folder));

    expect([shown.label, findings]).toEqual(['kitchen', []]);
    expect(examined.find(({ question }) => question === 'crack')).toEqual({
      question: 'crack',
      outcome: 'unsure',
      why: 'the photo is unlike those that the model was tested on, or its answer is too doubtful',
    });
  });
});
