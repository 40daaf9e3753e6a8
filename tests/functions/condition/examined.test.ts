import { describe, expect, it } from 'vitest';
import { surfaceKindsOf } from '../../../functions/condition/examined.ts';
import { ModelCard } from '../../../functions/condition/model-card.ts';
import type { Question } from '../../../functions/condition/model-outputs.ts';
import {
  EXAMINED_QUESTIONS,
  type Examined,
  type ExaminedQuestion,
  type PhotoFinding,
  type Quality,
  type Subject,
} from '../../../functions/photos/photo-assessment.ts';
import { finding, photo, vehicleOf } from '../assessments/photos.ts';
import { examinedOn } from '../by-default.ts';
import { photoCard, tinyCard } from './tiny-models.ts';

const QUALITY = photo('p001', 'kitchen').quality;
const dark = (meanLuma: number): Quality => ({ ...QUALITY, exposure: { ...QUALITY.exposure, meanLuma } });
const blurred: Quality = {
  ...QUALITY,
  scoreRatio: 0.19,
  sharpness: { scoreRatio: 0.01, laplacianVariance: 15 },
};

type Given = {
  readonly label?: Subject['label'];
  readonly assetKind?: 'property' | 'vehicle' | 'product' | 'collectible';
  readonly quality?: Quality;
  readonly findings?: PhotoFinding[];
  readonly vehicle?: ReturnType<typeof vehicleOf>['vehicle'] | { readonly severity: 'undetermined' };
  readonly abstained?: Question;
  readonly named?: 'building' | 'vehicle';
};

/** What a model for cracks, stains, damage of unknown kind and, experimental, mould gives. */
function examined({ label = 'kitchen', quality = QUALITY, findings = [], vehicle, abstained, ...given }: Given) {
  const seen = { subject: { label, confidenceRatio: 0.9 }, quality, findings, ...given };
  const answer = vehicle && { vehicle: { ...vehicleOf('minor').vehicle, ...vehicle } };
  const surfaceKinds = new Map([
    ['crack', false],
    ['damp_stain', false],
    ['mould', true],
    ['unknown_damage', false],
  ]);
  return examinedOn({ ...seen, ...answer }, { surfaceKinds, abstained: new Set(abstained ? [abstained] : []) });
}
const outcomeOf = (question: ExaminedQuestion, given: Given): Omit<Examined, 'question'> | undefined => {
  const { question: _, ...rest } = examined(given).find((each) => each.question === question) ?? {};
  return 'outcome' in rest ? (rest as Omit<Examined, 'question'>) : undefined;
};

const EXPERIMENTAL = 'experimental: the model is not reliable enough for this to count';
const UNLIKE = 'the photo is unlike those that the model was tested on, or its answer is too doubtful';
const DARK = 'the photo is too dark to say that there is none';
const UNCLEAR = 'it is not clear that the photo shows a building';
const ONLY_CALLED = 'it is not clear that the photo shows a building, although it is called a part of one';
const CAR_CALLED_WALL = 'the photo shows a vehicle, although it is called a part of a building';
const PAGE_CALLED_DOOR = 'the photo shows a document, although it is called a part of a vehicle';
const NO_MODEL = 'no model judges the condition of a product';

describe('examinedOn', () => {
  it('answers every question once, whatever is shown', () => {
    for (const given of [{}, { label: 'document' }, { assetKind: 'product' }] satisfies Given[]) {
      expect(examined(given).map(({ question }) => question)).toEqual(EXAMINED_QUESTIONS);
    }
  });

  it.each<[string, ExaminedQuestion, Given, Examined['outcome'], string?]>([
    ['a subject that is recognised', 'subject', {}, 'found'],
    ['a subject that is not', 'subject', { label: 'undetermined' }, 'unsure', 'the model is not sure'],
    ['a subject unlike any', 'subject', { label: 'undetermined', abstained: 'subject' }, 'unsure', UNLIKE],
    ['a kitchen without a crack', 'crack', {}, 'nothing_found'],
    ['a kitchen with a crack', 'crack', { findings: [finding()] }, 'found'],
    ['a kitchen with another damage', 'damp_stain', { findings: [finding()] }, 'nothing_found'],
    ['a kitchen without mould', 'mould', {}, 'unsure', EXPERIMENTAL],
    [
      'a kitchen with mould',
      'mould',
      { findings: [finding({ kind: 'mould', experimental: true })] },
      'found',
      EXPERIMENTAL,
    ],
    ['a kitchen without damage of unknown kind', 'unknown_damage', {}, 'nothing_found'],
    [
      'a kitchen with damage of unknown kind',
      'unknown_damage',
      { findings: [finding({ kind: 'unknown_damage' })] },
      'found',
    ],
    [
      'a kitchen with a crack, for damage of unknown kind',
      'unknown_damage',
      { findings: [finding()] },
      'unsure',
      'damage of a known kind was found, which may be all of it',
    ],
    [
      'a kitchen with experimental mould, for damage of unknown kind',
      'unknown_damage',
      { findings: [finding({ kind: 'mould', experimental: true })] },
      'nothing_found',
    ],
    ['a kind that no model knows', 'spalling', {}, 'not_asked', 'no model looks for this kind of damage'],
    [
      'a dark photo, for stains',
      'damp_stain',
      { quality: dark(0.24) },
      'not_asked',
      'too dark to tell stains from shade',
    ],
    ['a dark photo, for cracks', 'crack', { quality: dark(0.24) }, 'nothing_found'],
    ['a darker one, for cracks', 'crack', { quality: dark(0.19) }, 'unsure', DARK],
    ['a crack in the dark', 'crack', { quality: dark(0.19), findings: [finding()] }, 'found'],
    ['a photo just light enough', 'damp_stain', { quality: dark(0.25) }, 'nothing_found'],
    ['a blurred photo', 'crack', { quality: blurred }, 'unsure', 'the photo is blurred'],
    ['a blurred crack', 'crack', { quality: blurred, findings: [finding()] }, 'found', 'the photo is blurred'],
    ['a photo unlike any', 'crack', { abstained: 'surface' }, 'unsure', UNLIKE],
    ['nobody knows what', 'crack', { label: 'undetermined' }, 'unsure', UNCLEAR],
    ['a crack in nobody knows what', 'crack', { label: 'undetermined', findings: [finding()] }, 'found'],
    ['a painting', 'crack', { label: 'other', assetKind: 'property' }, 'unsure', UNCLEAR],
    ['a close-up of a wall', 'crack', { label: 'surface' }, 'nothing_found'],
    ['a car', 'crack', { label: 'vehicle' }, 'not_asked', 'the photo shows a vehicle, not a building'],
    [
      'a car before a house',
      'vehicle_severity',
      { label: 'vehicle', assetKind: 'property' },
      'not_asked',
      'not asked of a property',
    ],
    [
      'the wall behind a car',
      'crack',
      { label: 'surface', assetKind: 'vehicle' },
      'not_asked',
      'not asked of a vehicle',
    ],
    ['the wall behind a lamp', 'crack', { assetKind: 'product' }, 'not_asked', NO_MODEL],
    ['a kitchen, for damage of cars', 'vehicle_severity', {}, 'not_asked', 'the photo shows a kitchen, not a vehicle'],
    ['a damaged car', 'vehicle_severity', { label: 'vehicle', vehicle: vehicleOf('severe').vehicle }, 'found'],
    ['a sound car', 'vehicle_severity', { label: 'vehicle', vehicle: vehicleOf('undamaged').vehicle }, 'nothing_found'],
    [
      'a sound car, experimental',
      'vehicle_severity',
      { label: 'vehicle', vehicle: { ...vehicleOf('undamaged').vehicle, experimental: true } },
      'unsure',
      EXPERIMENTAL,
    ],
    [
      'a car',
      'vehicle_severity',
      { label: 'vehicle', vehicle: { severity: 'undetermined' } },
      'unsure',
      'the model is not sure',
    ],
    [
      'a car unlike any',
      'vehicle_severity',
      { label: 'vehicle', vehicle: { severity: 'undetermined' }, abstained: 'vehicle' },
      'unsure',
      UNLIKE,
    ],
    ['something called a wall', 'crack', { label: 'other', named: 'building' }, 'unsure', ONLY_CALLED],
    [
      'a crack in something called a wall',
      'crack',
      { label: 'other', named: 'building', findings: [finding()] },
      'found',
    ],
    ['a kitchen called one', 'crack', { named: 'building' }, 'nothing_found'],
    ['a car called a wall', 'crack', { label: 'vehicle', named: 'building' }, 'unsure', CAR_CALLED_WALL],
    [
      'a crack in a car called a wall',
      'crack',
      { label: 'vehicle', named: 'building', findings: [finding()] },
      'found',
      CAR_CALLED_WALL,
    ],
    [
      'a page called a door, without damage',
      'vehicle_severity',
      { label: 'document', named: 'vehicle', vehicle: vehicleOf('undamaged').vehicle },
      'unsure',
      PAGE_CALLED_DOOR,
    ],
    [
      'a page called a door, with damage',
      'vehicle_severity',
      { label: 'document', named: 'vehicle', vehicle: vehicleOf('severe').vehicle },
      'found',
      PAGE_CALLED_DOOR,
    ],
    [
      'a close-up called a door, with damage',
      'vehicle_severity',
      { label: 'surface', assetKind: 'vehicle', named: 'vehicle', vehicle: vehicleOf('severe').vehicle },
      'found',
    ],
  ])('of %s (%s)', (_, question, given, outcome, why) => {
    expect(outcomeOf(question, given)).toEqual({ outcome, ...(why && { why }) });
  });
});

describe('surfaceKindsOf', () => {
  const outputs = (...each: object[]) => ModelCard.parse({ ...tinyCard('surface'), outputs: each });
  const labels = (rest: object) => ({ name: 'a', as: 'multiLabel', labels: ['crack', 'rust'], ...rest });

  it('takes the words of the card in ours, and leaves out what it ignores', () => {
    const card = outputs(labels({ vocabulary: { crack: 'hole', rust: null } }));

    expect([...surfaceKindsOf(card)]).toEqual([['hole', false]]);
  });

  it('asks of the outputs of the surface alone, and takes a kind for tested when one of them is', () => {
    const [subject, map, , vehicle] = photoCard().outputs;
    const whole = labels({ question: 'surface', labels: ['crack', 'destroyed'], experimental: ['destroyed'] });
    const card = ModelCard.parse({
      ...photoCard(),
      outputs: [subject, { ...map, experimental: ['crack'] }, whole, vehicle],
    });

    expect([...surfaceKindsOf(card)]).toEqual([
      ['crack', false],
      ['destroyed', true],
    ]);
  });

  it('takes a kind for experimental when every output that answers it is', () => {
    const experimental = labels({ labels: ['crack', 'mould'], experimental: ['crack', 'mould'] });
    const card = outputs(experimental, { ...labels({ labels: ['crack'] }), name: 'b' });

    expect([...surfaceKindsOf(card)]).toEqual([
      ['crack', false],
      ['mould', true],
    ]);
  });
});
