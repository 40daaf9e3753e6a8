import { describe, expect, it } from 'vitest';
import { assessmentTable } from '../../bin/assessment-table.ts';
import { type Assessment, composeAssessment } from '../../functions/assessments/assessment.ts';
import type { PhotoAssessment } from '../../functions/photos/photo-assessment.ts';
import { JobId, photoIdAt } from '../../functions/platform/ids.ts';
import { finding, house, photo, vehicleOf } from '../functions/assessments/photos.ts';
import { conclude } from '../functions/by-default.ts';

const NOW = new Date('2026-11-21T12:00:00Z');

function assessmentOf(photos: readonly PhotoAssessment[], asset: Assessment['asset']): Assessment {
  const declared = photos.map((_, index) => ({
    photoId: photoIdAt(index),
    filename: 'a.jpg',
    contentType: 'image/jpeg' as const,
    bytes: 1,
  }));
  const job = { jobId: JobId.parse('01JD0000000000000000000000'), asset, photos: declared };
  return composeAssessment({ job, photos, conclusion: conclude(job, photos, NOW) });
}

describe('assessmentTable', () => {
  it('calls photos by the names they are given', () => {
    const text = assessmentTable(assessmentOf(house(), { kind: 'property' }), new Map([['p001', 'front-door.jpg']]));
    expect(text).toContain('front-door.jpg');
  });

  it('calls photos by the same names in findings, reasons and notes', () => {
    const cracked = photo('p001', 'kitchen', { findings: [finding({ kind: 'crack' })] });
    const rejected: PhotoAssessment = { photoId: 'p002', status: 'rejected', code: 'corrupt', detail: 'cut', bytes: 9 };
    const names = new Map([
      ['p001', 'stove.jpg'],
      ['p002', 'cut.jpg'],
    ]);
    const text = assessmentTable(assessmentOf([cracked, rejected], { kind: 'property' }), names);

    expect(text).not.toMatch(/p00\d/);
    expect(text).toMatch(/│ stove\.jpg +│\n/);
    expect(text).toContain('Note: cut.jpg was rejected');
  });

  it('says what a photo is called, and by what', () => {
    const words = new Map([['p001', { text: 'guest bath', from: 'file name' as const }]]);
    const text = assessmentTable(assessmentOf(house(), { kind: 'property' }), new Map(), { called: words });

    expect(text).toMatch(/p001 .*│ called "guest bath" \(file name\) +│\n.*│ no crack, no damp stain/);
    expect(text.match(/called/g)).toHaveLength(1);
  });

  it('asks where a close-up is, by the name of its photo', () => {
    const cracked = photo('p001', 'surface', { findings: [finding({ kind: 'crack', severity: 'severe' })] });
    const text = assessmentTable(assessmentOf([cracked], { kind: 'property' }), new Map([['p001', 'wall.jpg']]));
    expect(text).toMatch(/^Question: Where is wall\.jpg \(severe crack\)\?$/m);
  });

  it.each(['suspicious', 'synthetic'] as const)('says why a photo is %s, beside it and among the notes', (verdict) => {
    const doubted = photo('p001', 'kitchen', { evidence: { verdict, summary: 'the file says so', tests: [] } });
    const text = assessmentTable(assessmentOf([doubted], { kind: 'property' }), new Map([['p001', 'stove.jpg']]));

    expect(text).toMatch(new RegExp(`stove\\.jpg .*│ ${verdict}: the file says so`));
    expect(text).toMatch(new RegExp(`^Note: stove\\.jpg is ${verdict}.*: the file says so$`, 'm'));
  });

  it('judges no evidence of drawings', () => {
    const text = assessmentTable(assessmentOf(house(), { kind: 'property' }), new Map(), { drawn: true });

    expect(text.match(/│ not judged +│/g)).toHaveLength(4);
    expect(text).not.toContain('undetermined');
  });

  it('says nothing more of a photo of which nothing is known', () => {
    const text = assessmentTable(assessmentOf([photo('p001', 'kitchen')], { kind: 'property' }), new Map());

    expect(text).not.toContain('nothing proves it');
  });

  it('says why a photo was rejected', () => {
    const rejected: PhotoAssessment = {
      photoId: 'p001',
      status: 'rejected',
      code: 'unsupported_type',
      detail: 'this is a PDF',
      bytes: 9,
    };
    expect(assessmentTable(assessmentOf([rejected], { kind: 'property' }), new Map())).toContain(
      'rejected: this is a PDF',
    );
  });

  it('gives the class, range and score of every side of a property', () => {
    const text = assessmentTable(assessmentOf(house(), { kind: 'property', yearBuilt: 1994 }), new Map());
    expect(text).toMatch(/exterior\s+C3 \(C3-C4\), 3\.4 on UAD 1-6[\s\S]*interior\s+C3[\s\S]*overall\s+C3/);
  });

  it('says what is missing for a rating', () => {
    const text = assessmentTable(assessmentOf([photo('p001', 'kitchen')], { kind: 'property' }), new Map());
    expect(text).toContain('missing: a usable photo of the outside');
  });

  it('gives the grade of a vehicle with its range, the categories that nobody inspected and the facts beside it', () => {
    const cars = ['p001', 'p002', 'p003', 'p004'].map((id) => photo(id, 'vehicle', vehicleOf('undamaged')));
    const asset = { kind: 'vehicle', odometerMiles: 61_000, modelYear: 2019, statedCondition: 'extra_clean' } as const;
    const text = assessmentTable(assessmentOf(cars, asset), new Map());

    expect(text).toMatch(/^Rating {5}NAAA 4.5 clean \(4-5\), 4.38 on 0-5$/m);
    expect(text).toMatch(/^ {11}paint and body: 4 photos, no damage visible$/m);
    expect(text).toMatch(/^ {11}not inspected: interior, frame, mechanical, tires$/m);
    expect(text).toMatch(/^ {11}beside the grade, not in it: 61000 miles, model year 2019$/m);
    expect(text).toMatch(/^stated {5}stated extra clean: /m);
  });

  it.each([
    ['minor', false, 'minor damage (80 %)'],
    ['undamaged', true, 'no damage visible (80 %, experimental)'],
    ['undetermined', false, 'not sure whether it is damaged'],
  ] as const)('says of a photo of a vehicle that is %s (experimental: %s): %s', (severity, experimental, said) => {
    const vehicle = { ...vehicleOf('minor').vehicle, severity, experimental };
    const text = assessmentTable(assessmentOf([photo('p001', 'vehicle', { vehicle })], { kind: 'vehicle' }), new Map());

    expect(text).toContain(`│ ${said} `);
  });

  it('says of a finding that it is experimental, on its photo too', () => {
    const mouldy = photo('p001', 'kitchen', { findings: [finding({ kind: 'mould', experimental: true })] });
    const text = assessmentTable(assessmentOf([mouldy], { kind: 'property' }), new Map());

    expect(text).toContain('moderate mould (80 %, experimental)');
  });

  it('says how good a vehicle can be at best when its photos show nothing', () => {
    const text = assessmentTable(
      assessmentOf([photo('p001', 'kitchen')], { kind: 'vehicle', frameDamage: true }),
      new Map(),
    );

    expect(text).toMatch(/^Rating {5}undetermined, no better than 2$/m);
    expect(text).toContain('frame: the owner states frame damage');
  });

  it('calls the parts of a vehicle as the US trade does', () => {
    const { vehicle } = vehicleOf('minor');
    const parts = [{ part: 'bonnet' as const, confidenceRatio: 0.8, experimental: false }];
    const text = assessmentTable(
      assessmentOf([photo('p001', 'vehicle', { vehicle: { ...vehicle, parts } })], { kind: 'vehicle' }),
      new Map(),
    );

    expect(text).toMatch(/│ hood +│ minor damage/);
    expect(text).not.toContain('bonnet');
  });

  it('says of what no damage was found, on how many photos, and what was not examined', () => {
    const text = assessmentTable(assessmentOf(house(), { kind: 'property' }), new Map());

    expect(text).toMatch(/^No crack or damp stain found on 4 photos\.$/m);
    expect(text).toMatch(
      /^Examined, but no answer counts: peeling paint, mould, .* roof damage, damage of unknown kind and destruction or collapse \(experimental/m,
    );
    expect(text).toMatch(/p001 .*│ no crack, no damp stain/);
  });

  it.each([
    [photo('p001', 'document'), 'property', /not examined: the photo shows a\s+│\s[\s\S]*document, not a building/],
    [
      photo('p001', 'undetermined'),
      'property',
      /^Examined, but no answer counts: crack and damp stain \(it is not clear/m,
    ],
    [photo('p001', 'product'), 'product', /^Condition not examined: no model judges the condition of a product\.$/m],
  ] as const)('never says that no damage was found where nothing was examined: %#', (view, kind, why) => {
    const text = assessmentTable(assessmentOf([view], { kind }), new Map());

    expect(text).not.toMatch(/no (damage|crack|damp stain)|nothing found/i);
    expect(text).toMatch(why);
  });
});
