import { beforeAll, expect, it } from 'vitest';
import type { AssetKind } from '../../../functions/assets/asset.ts';
import { loadModels, type Models } from '../../../functions/condition/model-runtime.ts';
import { modelsFolder } from '../../../functions/condition/models-folder-runtime.ts';
import type { AssessedPhoto } from '../../../functions/photos/photo-assessment.ts';
import { describeWithPhotos, readPhotos } from '../../shared-cases.ts';
import { assessPhoto } from './assess-by-default.ts';

/** Photos of the validation split through the whole pipeline. docs/models/photo.md has the figures of all of them. */
describeWithPhotos('the built-in model, on photos that it was not trained on', () => {
  let models: Models;
  beforeAll(async () => {
    models = await loadModels(modelsFolder());
  });

  async function assess(assetKind: AssetKind, folders: readonly string[], count: number): Promise<AssessedPhoto[]> {
    const files = (await Promise.all(folders.map((folder) => readPhotos(folder, count)))).flat();
    const assessed: AssessedPhoto[] = [];
    for (const file of files) {
      const { assessment } = await assessPhoto({ photoId: 'p001', file, assetKind }, models);
      if (assessment.status !== 'assessed') throw new Error(assessment.detail);
      assessed.push(assessment);
    }
    return assessed;
  }
  const share = <T>(all: readonly T[], is: (one: T) => boolean): number => all.filter(is).length / all.length;
  const hasFinding = ({ findings }: AssessedPhoto): boolean => findings.some(({ experimental }) => !experimental);

  it('sees no damage on listing photos', async () => {
    const rooms = ['bathroom', 'bedroom', 'exterior', 'kitchen', 'living_room'].map((room) => `room_type/val/${room}`);
    const photos = await assess('property', rooms, 12);

    expect(share(photos, hasFinding)).toBeLessThanOrEqual(0.02);
    expect(share(photos, ({ subject }) => subject.label !== 'undetermined')).toBeGreaterThan(0.9);
  });

  it('finds most burnt and collapsed houses, roofs and mould, and little on sound houses', async () => {
    const damaged = ['fire_damaged', 'fire_destroyed', 'house_collapsed', 'house_damaged', 'mould', 'roof_damage'];
    const photos = (kinds: readonly string[]) => kinds.map((kind) => `building_damage/val/${kind}`);

    expect(share(await assess('property', photos(damaged), 6), hasFinding)).toBeGreaterThanOrEqual(0.6);
    expect(share(await assess('property', photos(['undamaged_house', 'normal_room']), 8), hasFinding)).toBe(0);
  });

  it('calls undamaged cars undamaged, and damaged ones damaged', async () => {
    const severities = ['minor', 'moderate', 'severe'];
    const sound = await assess('vehicle', ['car_undamaged/val/undamaged'], 30);
    const damaged = await assess(
      'vehicle',
      severities.map((severity) => `car_severity/val/${severity}`),
      10,
    );

    const isDamaged = ({ vehicle }: AssessedPhoto): boolean => severities.includes(vehicle?.severity ?? '');
    expect(share(sound, isDamaged)).toBeLessThanOrEqual(0.15);
    expect(share(sound, ({ vehicle }) => vehicle?.severity === 'undamaged')).toBeGreaterThanOrEqual(0.5);
    expect(share(damaged, isDamaged)).toBeGreaterThanOrEqual(0.75);
    expect(share(damaged, ({ vehicle }) => vehicle?.severity === 'undamaged')).toBeLessThanOrEqual(0.1);
  });
});
