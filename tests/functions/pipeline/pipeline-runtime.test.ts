import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadModel, loadModels, type Models, readCard } from '../../../functions/condition/model-runtime.ts';
import { PhotoAssessment } from '../../../functions/photos/photo-assessment.ts';
import { oneSizeModel, temporaryFolder, tinyCard, writeModel, writeTinyModels } from '../condition/tiny-models.ts';
import { jpeg } from '../photos/files.ts';
import { assessPhoto } from './assess-by-default.ts';

/** A light photo with a dark bar in its middle, which the tiny surface model calls a crack. */
const barred = (width = 480, height = 120): Promise<Buffer> =>
  sharp({ create: { width: 640, height: 480, channels: 3, background: '#f4f2ee' } })
    .composite([{ input: { create: { width, height, channels: 3, background: '#101010' } } }])
    .jpeg()
    .toBuffer();

const modelsFor = async (subject: string): Promise<Models> => {
  const folder = await temporaryFolder();
  await writeTinyModels(folder, subject);
  return loadModels(folder);
};

let models: Models;
let vehicleModels: Models;
beforeAll(async () => {
  models = await modelsFor('kitchen');
  vehicleModels = await modelsFor('vehicle');
});

const assessed = async (file: Uint8Array, chosen = models, rest = {}) => {
  const { assessment, overlay } = await assessPhoto({ photoId: 'p001', file, ...rest }, chosen);
  if (assessment.status !== 'assessed') throw new Error(JSON.stringify(assessment));
  return { ...assessment, overlay };
};

describe('assessPhoto', () => {
  it('returns everything that the contract requires', async () => {
    const { assessment } = await assessPhoto({ photoId: 'p001', file: await barred() }, models);

    expect(PhotoAssessment.parse(assessment)).toMatchObject({
      photoId: 'p001',
      status: 'assessed',
      media: { widthPx: 640, heightPx: 480 },
      subject: { label: 'kitchen' },
      evidence: { verdict: 'undetermined' },
      models: { 'tiny-subject': '1.2.3', 'tiny-surface': '1.2.3' },
    });
  });

  it('finds the damage where it is', async () => {
    const { findings } = await assessed(await barred());

    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ kind: 'crack', experimental: false });
    const { x = 0, y = 0, width = 0, height = 0 } = findings[0]?.box ?? {};
    expect(x).toBeCloseTo(0.125, 1);
    expect(y + height / 2).toBeCloseTo(0.5, 1);
    expect(width).toBeCloseTo(0.75, 1);
    expect(findings[0]?.areaRatio).toBeLessThan(0.3);
  });

  it('makes an overlay of the size of the photo when there are findings, and none otherwise', async () => {
    const { overlay } = await assessed(await barred());
    const white = sharp({ create: { width: 640, height: 480, channels: 3, background: '#ffffff' } });
    const clean = await assessed(await white.jpeg().toBuffer());

    expect((await sharp(overlay).metadata()).width).toBe(640);
    expect(clean.overlay).toBeUndefined();
  });

  it('makes an overlay of a damaged vehicle, and enlarges a small photo so that its letters can be read', async () => {
    const { overlay } = await assessed(await jpeg(160, 120), vehicleModels);

    expect(await sharp(overlay).metadata()).toMatchObject({ width: 400, height: 300, format: 'jpeg' });
  });

  it('runs the vehicle model on vehicles only, and the surface model on buildings only', async () => {
    const vehicle = await assessed(await barred(), vehicleModels);

    expect(vehicle.vehicle?.severity).toBe('moderate');
    expect(vehicle.findings).toEqual([]);
    expect(Object.keys(vehicle.models)).toEqual(['tiny-subject', 'tiny-vehicle']);
  });

  it('says what was examined: by the card of the model, the subject and the quality', async () => {
    const examined = (photo: { examined: readonly { question: string }[] }, question: string) =>
      photo.examined.find((each) => each.question === question);
    const kitchen = await assessed(await barred());

    expect(examined(kitchen, 'crack')).toEqual({ question: 'crack', outcome: 'found' });
    expect(examined(kitchen, 'mould')).toMatchObject({
      outcome: 'not_asked',
      why: 'no model looks for this kind of damage',
    });
    expect(examined(await assessed(await barred(), vehicleModels), 'crack')).toMatchObject({
      outcome: 'not_asked',
      why: 'the photo shows a vehicle, not a building',
    });
  });

  it('looks for no stains where it is too dark', async () => {
    const { card } = models.surface;
    const outputs = card.outputs.map((output) =>
      output.as === 'map' ? { ...output, labels: ['damp_stain'], thresholds: { damp_stain: 0.6 } } : output,
    );
    const stains = { ...models.surface, card: { ...card, outputs } };
    const file = (brightness: number) => barred().then((light) => sharp(light).linear(brightness, 0).jpeg().toBuffer());
    const [light, dark] = [
      await assessed(await file(1), { ...models, surface: stains }),
      await assessed(await file(0.3), { ...models, surface: stains }),
    ];

    expect(light.findings.map(({ kind }) => kind)).toEqual(['damp_stain']);
    expect(dark.findings).toEqual([]);
    expect(dark.overlay).toBeUndefined();
    expect(dark.examined.find(({ question }) => question === 'damp_stain')).toMatchObject({
      outcome: 'not_asked',
      why: 'too dark to tell stains from shade',
    });
  });

  it('looks where the words of its owner say, and says when the model sees another thing there', async () => {
    const property = { assetKind: 'property', hint: 'bedroom wall' } as const;
    const called = await assessed(await barred(), vehicleModels, property);
    const plain = await assessed(await barred(), vehicleModels, { assetKind: 'property' });

    expect([called.findings.length, plain.findings.length]).toEqual([1, 0]);
    expect(called.subject).toEqual(plain.subject);
    expect(called.examined.find(({ question }) => question === 'crack')).toEqual({
      question: 'crack',
      outcome: 'found',
      why: 'the photo shows a vehicle, although it is called a part of a building',
    });
  });

  it('looks for damage of a vehicle on what is called a part of one', async () => {
    const door = { assetKind: 'vehicle', hint: 'left door' } as const;

    expect((await assessed(await barred(), models, door)).vehicle?.severity).toBe('moderate');
    expect((await assessed(await barred(), models, { ...door, hint: 'my holiday' })).vehicle).toBeUndefined();
  });

  it('takes no finding for milder because of the words of its owner', async () => {
    const severities = async (hint?: string) =>
      (await assessed(await barred(640, 360), models, { hint })).findings.map(({ severity }) => severity);

    expect(await severities('wall close-up')).toEqual(await severities());
    expect(await severities()).toEqual(['severe']);
  });

  it('does not search the background of a product for damage', async () => {
    expect((await assessed(await barred(), models, { assetKind: 'product' })).findings).toEqual([]);
    expect((await assessed(await barred(), models, { assetKind: 'product', hint: 'wall' })).findings).toEqual([]);
  });

  it('gives the same answer for the same file', async () => {
    const [one, other] = [await assessed(await jpeg()), await assessed(await jpeg())];

    expect({ ...one, timings: {} }).toEqual({ ...other, timings: {} });
  });

  it('refuses a file that is not the one announced', async () => {
    const { assessment } = await assessPhoto({ photoId: 'p001', file: await jpeg(), sha256: '0'.repeat(64) }, models);

    expect(PhotoAssessment.parse(assessment)).toMatchObject({ status: 'rejected', code: 'checksum_mismatch' });
  });

  it('rejects what is no photo as a result', async () => {
    const { assessment, overlay } = await assessPhoto({ photoId: 'p001', file: Buffer.from('%PDF-1.7') }, models);

    expect(PhotoAssessment.parse(assessment)).toMatchObject({ status: 'rejected', code: 'unsupported_type', bytes: 8 });
    expect(overlay).toBeUndefined();
  });

  it('fails a photo of which a model says NaN, and names the field', async () => {
    const nothing = { data: Float32Array.of(Number.NaN, 0, 0), shape: [1, 3] };
    const confused = { ...models, subject: { ...models.subject, run: async () => ({ subject: nothing }) } };

    const { assessment, overlay } = await assessPhoto({ photoId: 'p001', file: await barred() }, confused);

    expect(PhotoAssessment.parse(assessment)).toEqual({
      photoId: 'p001',
      status: 'failed',
      code: 'invalid_answer',
      detail: 'the result violates its schema: subject.confidenceRatio: Invalid input: expected number, received NaN',
    });
    expect(overlay).toBeUndefined();
  });

  it('fails a photo on which a model fails, and invents no score', async () => {
    const size = { mode: 'shortSide' as const, px: 64, maxLongSidePx: 128, multipleOf: 16 };
    const card = tinyCard('subject', {
      outputs: [{ name: 'subject', as: 'classification', labels: ['kitchen', 'bathroom'] }],
    });
    const place = await writeModel(
      await temporaryFolder(),
      'fragile',
      { ...card, input: { ...card.input, size } },
      // Takes photos of 4:3 and fails on others.
      oneSizeModel('subject', 2, 80, 64),
    );
    const fragile = { ...models, subject: await loadModel(await readCard(place)) };

    const { assessment, overlay } = await assessPhoto({ photoId: 'p001', file: await jpeg(640, 320) }, fragile);

    expect(PhotoAssessment.parse(assessment)).toEqual({
      photoId: 'p001',
      status: 'failed',
      code: 'model_failed',
      detail: 'Model "fragile": it fails on an input of 1 x 3 x 64 x 128',
    });
    expect(overlay).toBeUndefined();
  });
});
