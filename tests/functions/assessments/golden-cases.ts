import type { View } from '../../../functions/assessments/photo-views.ts';
import type { Asset } from '../../../functions/assets/asset.ts';
import { FINDING_KINDS } from '../../../functions/photos/photo-assessment.ts';
import { finding, house, photo, vehicleOf } from './photos.ts';

/** What is known of an asset; `words` are its owner's, by photo. */
export type GoldenCase = {
  readonly name: string;
  readonly asset: Asset;
  readonly photos: readonly View[];
  readonly words?: Readonly<Record<string, string>>;
};

/** The day on which all of them are rated. */
export const GOLDEN_DAY = new Date('2026-11-22T00:00:00Z');

const wholeHouse = (): View[] => [...house(), photo('p005', 'living_room'), photo('p006', 'roof')];
const weak = (photoId: string): View => {
  const view = photo(photoId, 'kitchen', { findings: [finding({ severity: 'severe' })] });
  return { ...view, quality: { ...view.quality, scoreRatio: 0.19 } };
};
const cars = (...severities: readonly Parameters<typeof vehicleOf>[0][]): View[] =>
  severities.map((severity, index) => photo(`p00${index + 1}`, 'vehicle', vehicleOf(severity, 0.9 - index / 10)));

/** Houses from new to ruined: ages on each stretch of the wear table, each kind and severity of damage, every way to be undetermined. */
const PROPERTIES: readonly GoldenCase[] = [
  { name: 'a house of which nothing is known', asset: { kind: 'property' }, photos: house() },
  {
    name: 'a house of this year, said to be new',
    asset: { kind: 'property', yearBuilt: 2026, statedCondition: 'C1' },
    photos: wholeHouse(),
  },
  {
    name: 'a house of three years with hair cracks inside and out',
    asset: { kind: 'property', yearBuilt: 2023 },
    photos: wholeHouse().map((view) => ({ ...view, findings: [finding({ severity: 'minor', confidenceRatio: 0.6 })] })),
  },
  {
    name: 'a house of ten years with a damp bathroom',
    asset: { kind: 'property', yearBuilt: 2016, statedCondition: 'C2' },
    photos: [
      ...house().filter(({ photoId }) => photoId !== 'p003'),
      photo('p003', 'bathroom', {
        findings: [finding({ kind: 'damp_stain' }), finding({ kind: 'mould', severity: 'minor' })],
      }),
    ],
    words: { p003: 'Guest bath' },
  },
  {
    name: 'a house of 22 years, its close-ups of nobody knows where',
    asset: { kind: 'property', yearBuilt: 2004 },
    photos: [
      ...house(),
      photo('p005', 'surface', { findings: [finding({ severity: 'severe' }), finding({ kind: 'hole' })] }),
    ],
  },
  {
    name: 'a house of 45 years whose experimental findings move nothing',
    asset: { kind: 'property', yearBuilt: 1981, statedCondition: 'C4' },
    photos: [...house(), photo('p005', 'bedroom', { findings: [finding({ kind: 'mould', experimental: true })] })],
    words: { p004: 'bedroom 1', p005: 'bedroom 2' },
  },
  {
    name: 'a house of 1930, renovated in 2018',
    asset: { kind: 'property', yearBuilt: 1930, yearRenovated: 2018 },
    photos: wholeHouse(),
  },
  {
    name: 'a house of 150 years with one damage of each kind',
    asset: { kind: 'property', yearBuilt: 1876, statedCondition: 'C5' },
    photos: [
      ...house(),
      photo('p005', 'surface', {
        findings: FINDING_KINDS.map((kind, index) => finding({ kind, confidenceRatio: 0.5 + index / 20 })),
      }),
    ],
  },
  {
    name: 'a house with a sound inside and a ruined outside',
    asset: { kind: 'property', statedCondition: 'C2' },
    photos: [
      ...house().filter(({ photoId }) => photoId !== 'p001'),
      photo('p001', 'exterior', {
        findings: (['roof_damage', 'spalling', 'broken_window'] as const).map((kind) =>
          finding({ kind, severity: 'severe', confidenceRatio: 0.95 }),
        ),
      }),
    ],
  },
  {
    name: 'a house near its end',
    asset: { kind: 'property', statedCondition: 'C6', yearBuilt: 1900 },
    photos: house().map((view) => ({
      ...view,
      findings: FINDING_KINDS.map((kind) => finding({ kind, severity: 'severe', confidenceRatio: 1 })),
    })),
  },
  {
    name: 'a house of a copy, a weak and a generated photo beside one of a kitchen',
    asset: { kind: 'property', yearRenovated: 2020 },
    photos: [
      ...[photo('p001', 'kitchen')].flatMap((view) => [view, { ...view, photoId: 'p002' }]),
      weak('p003'),
      photo('p004', 'exterior', { evidence: { verdict: 'synthetic', summary: 'generated', tests: [] } }),
    ],
  },
  {
    name: 'twelve rooms and a front, the facts in accord',
    asset: { kind: 'property', yearBuilt: 1996, statedCondition: 'C3' },
    photos: Array.from({ length: 13 }, (_, index) =>
      photo(`p${String(index + 1).padStart(3, '0')}`, index === 0 ? 'exterior' : 'bedroom', {
        findings: index === 5 ? [finding({ kind: 'peeling_paint' })] : [],
      }),
    ),
    words: { p001: 'Street front', p002: 'Kitchen', p003: 'Cellar stairs', p006: 'Attic' },
  },
];

/** Vehicles clean and damaged on few and many photos, in each stated condition, with each cap. */
const VEHICLES: readonly GoldenCase[] = [
  { name: 'a vehicle of which nothing is known', asset: { kind: 'vehicle' }, photos: cars('undamaged', 'undamaged') },
  {
    name: 'a vehicle of next year with 7,000 miles',
    asset: { kind: 'vehicle', modelYear: 2027, odometerMiles: 7000, statedCondition: 'extra_clean' },
    photos: cars('undamaged', 'undamaged', 'minor'),
  },
  {
    name: 'a vehicle of two years with 30,000 miles',
    asset: { kind: 'vehicle', modelYear: 2024, odometerMiles: 30_000, statedCondition: 'clean' },
    photos: cars('moderate', 'undamaged', 'minor'),
  },
  {
    name: 'a vehicle of five years with 70,000 miles and a damaged door',
    asset: { kind: 'vehicle', modelYear: 2021, odometerMiles: 70_000, statedCondition: 'average' },
    photos: cars('severe', 'moderate').map((view) => ({
      ...view,
      ...(view.vehicle && {
        vehicle: {
          ...view.vehicle,
          parts: [
            { part: 'door', confidenceRatio: 0.7, experimental: false },
            { part: 'dickey_boot', confidenceRatio: 0.9, experimental: true },
          ],
        },
      }),
    })),
  },
  {
    name: 'a vehicle of ten years with 120,000 miles that was flooded',
    asset: { kind: 'vehicle', modelYear: 2016, odometerMiles: 120_000, statedCondition: 'rough', floodDamage: true },
    photos: cars('undamaged', 'undamaged'),
  },
  {
    name: 'a vehicle of sixteen years with 200,000 miles and a bent frame',
    asset: { kind: 'vehicle', modelYear: 2010, odometerMiles: 200_000, frameDamage: true },
    photos: cars('severe', 'severe', 'severe', 'moderate'),
  },
  {
    name: 'a vehicle of forty years with 300,000 miles, photographed twice',
    asset: { kind: 'vehicle', modelYear: 1986, odometerMiles: 300_000 },
    photos: cars('undamaged', 'minor').flatMap((view) => [view, { ...view, photoId: `${view.photoId}-copy` }]),
  },
  {
    name: 'a vehicle on one photo',
    asset: { kind: 'vehicle', statedCondition: 'clean' },
    photos: [...cars('minor'), photo('p002', 'vehicle')],
  },
  {
    name: 'a vehicle of eight views without damage',
    asset: { kind: 'vehicle' },
    photos: cars(...Array.from({ length: 8 }, () => 'undamaged' as const)),
  },
  {
    name: 'a vehicle of seven views without damage and one scratch',
    asset: { kind: 'vehicle', statedCondition: 'average' },
    photos: cars('minor', ...Array.from({ length: 7 }, () => 'undamaged' as const)),
  },
  {
    name: 'a vehicle with a bent frame that no photo shows',
    asset: { kind: 'vehicle', statedCondition: 'clean', frameDamage: true },
    photos: [photo('p001', 'kitchen')],
  },
];

const OTHERS: readonly GoldenCase[] = [
  {
    name: 'a product, like new',
    asset: { kind: 'product', statedCondition: 'like_new' },
    photos: [photo('p001', 'product')],
  },
];

export const GOLDEN_CASES: readonly GoldenCase[] = [...PROPERTIES, ...VEHICLES, ...OTHERS];
