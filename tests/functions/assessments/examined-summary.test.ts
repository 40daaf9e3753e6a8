import { describe, expect, it } from 'vitest';
import { notFoundOn, summariseExamined } from '../../../functions/assessments/examined-summary.ts';
import { FINDING_KINDS } from '../../../functions/photos/photo-assessment.ts';
import { examinedAgain, finding, house, photo, vehicleOf, withFindings } from './photos.ts';

const EXPERIMENTAL =
  'examined, but no answer counts: peeling paint, mould, spalling, hole, broken window, roof damage, damage of unknown kind and destruction or collapse (experimental: the model is not reliable enough for this to count)';
const dark = () => {
  const view = photo('p009', 'bedroom');
  const { exposure } = view.quality;
  return examinedAgain({ ...view, quality: { ...view.quality, exposure: { ...exposure, meanLuma: 0.2 } } });
};

describe('summariseExamined', () => {
  it('says of a house what was not found on how many photos, and what was not examined', () => {
    const { questions, summary } = summariseExamined('property', house());

    expect(questions.map(({ question }) => question)).toEqual(FINDING_KINDS);
    expect(questions.slice(0, 3)).toEqual([
      { question: 'crack', outcome: 'nothing_found', photos: 4 },
      { question: 'damp_stain', outcome: 'nothing_found', photos: 4 },
      { question: 'peeling_paint', outcome: 'unsure', photos: 0, why: expect.stringMatching(/^experimental/) },
    ]);
    expect(summary).toEqual(['no crack or damp stain found on 4 photos', EXPERIMENTAL]);
  });

  it('counts for each kind the photos that were good enough for it', () => {
    expect(summariseExamined('property', [...house(), dark()]).summary).toEqual([
      'no crack found on 5 photos',
      'no damp stain found on 4 photos',
      EXPERIMENTAL,
    ]);
  });

  it('says what was found, and never that it was not', () => {
    expect(summariseExamined('property', withFindings(house(), 1, [finding()])).summary).toEqual([
      'crack looked for on 4 photos, and found',
      'no damp stain found on 4 photos',
      EXPERIMENTAL,
    ]);
  });

  it('takes an experimental finding for none that counts', () => {
    const views = withFindings(house(), 1, [finding({ kind: 'mould', experimental: true })]);

    expect(summariseExamined('property', views).questions[3]).toMatchObject({ outcome: 'unsure', photos: 0 });
  });

  it('counts copies once, and what is found on any of them', () => {
    const [one] = house();
    if (!one) throw new Error('no photo');
    const copy = examinedAgain({ ...one, photoId: 'p002', findings: [finding()] });

    expect(summariseExamined('property', [one, copy]).questions.slice(0, 2)).toEqual([
      { question: 'crack', outcome: 'found', photos: 1 },
      { question: 'damp_stain', outcome: 'nothing_found', photos: 1 },
    ]);
  });

  it('asks of a vehicle about its damage alone', () => {
    const cars = (severity: 'undamaged' | 'minor') => [photo('p001', 'vehicle', vehicleOf(severity))];

    expect(summariseExamined('vehicle', cars('minor')).questions).toEqual([
      { question: 'vehicle_severity', outcome: 'found', photos: 1 },
    ]);
    expect(summariseExamined('vehicle', cars('undamaged')).summary).toEqual([
      'no damage of the vehicle found on 1 photo',
    ]);
  });

  it.each(['product', 'collectible'] as const)('says that the condition of a %s was not examined', (kind) => {
    expect(summariseExamined(kind, [photo('p001', 'product')])).toEqual({
      questions: [],
      summary: [`condition not examined: no model judges the condition of a ${kind}`],
    });
  });

  it('says that the condition was not examined where no photo can be used', () => {
    expect(summariseExamined('property', [])).toMatchObject({
      questions: expect.arrayContaining([
        { question: 'crack', outcome: 'not_asked', photos: 0, why: 'there is no photo that can be used' },
      ]),
      summary: ['condition not examined: no photo can be used'],
    });
  });

  it('says nothing of photos that release 0.1.0 assessed', () => {
    const views = house().map((view) => ({ ...view, examined: [] }));

    expect(summariseExamined('property', views).summary).toEqual([
      'not examined: crack, damp stain, peeling paint, mould, spalling, hole, broken window, roof damage, damage of unknown kind and destruction or collapse (release 0.1.0 did not say what it examined)',
    ]);
  });

  it('gives the most frequent reason why no answer counts', () => {
    const [one, two] = [photo('p001', 'undetermined'), dark()];

    expect(summariseExamined('property', [one, photo('p003', 'undetermined'), two]).questions[1]).toEqual({
      question: 'damp_stain',
      outcome: 'unsure',
      photos: 0,
      why: 'it is not clear that the photo shows a building',
    });
  });
});

describe('notFoundOn', () => {
  it('is empty where nothing was looked for with a result that counts', () => {
    expect(notFoundOn([photo('p001', 'undetermined'), photo('p002', 'vehicle')])).toEqual([]);
  });

  it('names the kinds and the number of photos', () => {
    expect(notFoundOn([photo('p001', 'kitchen'), dark()])).toEqual([
      'no crack found on 2 photos',
      'no damp stain found on 1 photo',
    ]);
  });
});
