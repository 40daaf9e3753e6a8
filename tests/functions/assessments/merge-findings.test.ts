import { describe, expect, it } from 'vitest';
import { SEVERITIES } from '../../../functions/photos/photo-assessment.ts';
import { mergeFindings, weightOf } from '../by-default.ts';
import { finding, photo, vehicleOf } from './photos.ts';

describe('mergeFindings', () => {
  it('counts a damage once, however many photos of the place show it', () => {
    const views = [
      photo('p002', 'kitchen', { findings: [finding({ severity: 'minor', areaRatio: 0.2 })] }),
      photo('p001', 'kitchen', { findings: [finding({ severity: 'severe', areaRatio: 0.1 }), finding()] }),
    ];

    expect(mergeFindings(views)).toEqual([
      {
        kind: 'crack',
        place: 'kitchen',
        location: 'kitchen',
        placeIs: 'seen',
        side: 'interior',
        section: 'unit_interior',
        feature: 'unknown',
        description:
          'Severe crack in the kitchen, on 2 photos: a structural engineer should find whether it moves and what it goes through.',
        severity: 'severe',
        severityReadFrom: 'length',
        extent: {
          readFrom: 'region',
          meaning: '20 % of the photo (p002)',
          crack: {
            width: 'unknown',
            pattern: 'unknown',
            direction: 'unknown',
            structural: 'unknown',
            structuralBecause: null,
            readFrom: 'none',
          },
        },
        affectsSoundness: 'unknown',
        action: 'inspect',
        urgency: 'soon',
        trade: 'structural_engineer',
        panel: null,
        confidenceRatio: 0.8,
        areaRatio: 0.2,
        experimental: false,
        photoIds: ['p001', 'p002'],
      },
    ]);
  });

  it('takes the worst severity and the highest confidence, so that another view never makes it look better', () => {
    const views = [
      photo('p001', 'kitchen', { findings: [finding({ severity: 'severe', confidenceRatio: 0.6 })] }),
      photo('p002', 'kitchen', { findings: [finding({ severity: 'moderate', confidenceRatio: 0.95 })] }),
    ];

    expect(mergeFindings(views)).toMatchObject([{ severity: 'severe', confidenceRatio: 0.95 }]);
    expect(mergeFindings(views.toReversed())).toMatchObject([{ severity: 'severe', confidenceRatio: 0.95 }]);
  });

  it('tells kinds and places apart, the place by the words of the owner', () => {
    const views = [
      photo('p001', 'bedroom', { hint: 'Bedroom 1', findings: [finding(), finding({ kind: 'mould' })] }),
      photo('p002', 'bedroom', { hint: 'bedroom 2', findings: [finding()] }),
    ];

    expect(mergeFindings(views).map(({ kind, place }) => `${kind} ${place}`)).toEqual([
      'crack bedroom 1',
      'mould bedroom 1',
      'crack bedroom 2',
    ]);
  });

  it('keeps experimental findings apart and last', () => {
    const views = [
      photo('p001', 'kitchen', {
        findings: [finding({ experimental: true, severity: 'severe' }), finding({ severity: 'minor' })],
      }),
    ];

    expect(mergeFindings(views).map(({ experimental }) => experimental)).toEqual([false, true]);
  });

  it('puts damages on close-ups where their kind usually is', () => {
    const kinds = ['roof_damage', 'mould', 'crack'] as const;
    const views = kinds.map((kind, index) => photo(`p00${index + 1}`, 'surface', { findings: [finding({ kind })] }));

    expect(mergeFindings(views).map(({ kind, side }) => [kind, side])).toEqual([
      ['roof_damage', 'exterior'],
      ['mould', 'interior'],
      ['crack', 'unknown'],
    ]);
  });

  it('makes a finding of each certain part of a damaged vehicle, and one of the whole when no part is certain', () => {
    const parts = [{ part: 'door' as const, confidenceRatio: 0.7, experimental: false }];
    const views = [
      photo('p001', 'vehicle', { vehicle: { ...vehicleOf('moderate', 0.9).vehicle, parts } }),
      photo('p002', 'vehicle', vehicleOf('minor')),
      photo('p003', 'vehicle', vehicleOf('undamaged')),
    ];

    expect(mergeFindings(views).map(({ kind, place, severity }) => [kind, place, severity])).toEqual([
      ['vehicle_damage', 'door', 'moderate'],
      ['vehicle_damage', 'vehicle', 'minor'],
    ]);
  });

  it.each([
    [null, null, null],
    [null, 0.2, 0.2],
    [0.2, null, 0.2],
    [0.1, 0.2, 0.2],
    [0.2, 0.1, 0.2],
  ])('takes the larger area, where a model says how large: of %j and %j', (one, other, area) => {
    const views = [one, other].map((areaRatio, index) =>
      photo(`p00${index}`, 'kitchen', { findings: [finding({ areaRatio })] }),
    );

    expect(mergeFindings(views).map(({ areaRatio }) => areaRatio)).toEqual([area]);
  });

  it('puts the weightiest first, by severity and confidence', () => {
    const found = [
      finding({ kind: 'mould', severity: 'minor', confidenceRatio: 1 }),
      finding({ kind: 'hole', severity: 'severe', confidenceRatio: 0.9 }),
      finding({ kind: 'crack', severity: 'moderate', confidenceRatio: 0.9 }),
      finding({ kind: 'spalling', severity: 'severe', confidenceRatio: 0.5 }),
    ];

    expect(mergeFindings([photo('p001', 'kitchen', { findings: found })]).map(({ kind }) => kind)).toEqual([
      'hole',
      'spalling',
      'crack',
      'mould',
    ]);
  });

  it('does not say where on one photo a damage of several is', () => {
    expect(mergeFindings([photo('p001', 'kitchen', { findings: [finding()] })])[0]).not.toHaveProperty('box');
  });

  it.each(['undamaged', 'undetermined'] as const)('finds nothing on a vehicle that is %s', (severity) => {
    const vehicle = { severity, confidenceRatio: 0.9, experimental: false, parts: [] };

    expect(mergeFindings([photo('p001', 'vehicle', { vehicle })])).toEqual([]);
  });

  it('has one confidence of the damage and one of the panel, each with its own meaning', () => {
    const parts = [
      { part: 'door', confidenceRatio: 0.9, experimental: false },
      { part: 'light', confidenceRatio: 0.4, experimental: false },
    ] as const;
    const vehicle = { severity: 'severe' as const, confidenceRatio: 0.6, experimental: false, parts: [...parts] };

    expect(
      mergeFindings([photo('p001', 'vehicle', { vehicle })]).map(({ place, confidenceRatio, panel }) => [
        place,
        confidenceRatio,
        panel?.confidenceRatio,
      ]),
    ).toEqual([
      ['door', 0.6, 0.9],
      ['light', 0.6, 0.4],
    ]);
  });

  it.each([
    [false, [], ['vehicle false']],
    [false, [false], ['door false']],
    [false, [true], ['vehicle false', 'door true']],
    [false, [true, false], ['bumper false', 'door true']],
    [true, [true], ['door true']],
    [true, [], ['vehicle true']],
  ])('keeps the damage itself when its parts are experimental: damage %j, parts %j', (experimental, ofParts, found) => {
    const parts = ofParts.map((each, index) => ({
      part: index === 0 ? ('door' as const) : ('bumper' as const),
      confidenceRatio: 0.5,
      experimental: each,
    }));
    const vehicle = { severity: 'minor' as const, confidenceRatio: 0.8, experimental, parts };

    expect(
      mergeFindings([photo('p001', 'vehicle', { vehicle })]).map((each) => `${each.place} ${each.experimental}`),
    ).toEqual(found);
  });
});

describe('mergeFindings of what depends on facts and words', () => {
  it('sends peeling paint of a house of before 1978 to a painter who may touch lead', () => {
    const view = photo('p001', 'kitchen', { findings: [finding({ kind: 'peeling_paint' })] });

    expect([1977, 1978, undefined].map((year) => mergeFindings([view], year)[0]?.trade)).toEqual([
      'lead_safe_painter',
      'painter',
      'painter',
    ]);
  });

  it('takes the panel that the owner names, and what the model names beside it for experimental', () => {
    const parts = [{ part: 'fender' as const, confidenceRatio: 0.7, experimental: true }];
    const vehicle = { ...vehicleOf('moderate', 0.9).vehicle, parts };
    const found = mergeFindings([photo('p001', 'vehicle', { hint: 'Dent, left front door', vehicle })]);

    expect(
      found.map(({ place, experimental, placeIs, panel }) => [place, experimental, placeIs, panel?.damageType]),
    ).toEqual([
      ['left front door', false, 'stated', 'dent'],
      ['left fender', true, 'seen', 'dent'],
    ]);
  });

  it('keeps the better known of the places of one finding, whatever the order of photos', () => {
    const views = [
      photo('p001', 'kitchen', { findings: [finding()] }),
      photo('p002', 'surface', { hint: 'Kitchen wall', findings: [finding()] }),
    ];

    for (const order of [views, views.toReversed()]) {
      expect(mergeFindings(order)).toMatchObject([
        { placeIs: 'stated', location: 'Kitchen wall', feature: 'interior_walls', photoIds: ['p001', 'p002'] },
      ]);
    }
  });
});

describe('weightOf', () => {
  it('is severity times confidence', () => {
    expect(SEVERITIES.map((severity) => weightOf({ severity, confidenceRatio: 0.5 }))).toEqual([0.175, 0.4, 0.8]);
  });
});
