import { describe, expect, it } from 'vitest';
import { mergeFindings } from '../../../functions/assessments/merge-findings.ts';
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
        side: 'interior',
        severity: 'severe',
        confidenceRatio: 0.8,
        areaRatio: 0.2,
        experimental: false,
        photoIds: ['p001', 'p002'],
      },
    ]);
  });

  it('lets the weightiest view stand, not the worst word of an unsure one', () => {
    const views = [
      photo('p001', 'kitchen', { findings: [finding({ severity: 'severe', confidenceRatio: 0.3 })] }),
      photo('p002', 'kitchen', { findings: [finding({ severity: 'moderate', confidenceRatio: 0.95 })] }),
    ];

    expect(mergeFindings(views)[0]).toMatchObject({ severity: 'moderate', confidenceRatio: 0.95 });
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
});
