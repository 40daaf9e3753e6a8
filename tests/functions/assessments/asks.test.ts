import { describe, expect, it } from 'vitest';
import { asksAbout } from '../../../functions/assessments/asks.ts';
import type { View } from '../../../functions/assessments/photo-views.ts';
import { mergeFindings } from '../by-default.ts';
import { finding, photo, vehicleOf } from './photos.ts';

const asksOf = (...views: readonly View[]): string[] => asksAbout(mergeFindings(views));

describe('asksAbout', () => {
  it('asks once where a close-up is, however many photos and regions show it', () => {
    const views = ['p001', 'p002'].map((id) => photo(id, 'surface', { findings: [finding(), finding()] }));

    expect(asksOf(...views)).toEqual(['Where are p001, p002 (moderate crack)?']);
  });

  it('asks once about several findings on one photo', () => {
    const view = photo('p001', 'surface', { findings: [finding(), finding({ kind: 'hole', severity: 'minor' })] });

    expect(asksOf(view)).toEqual(['Where is p001 (moderate crack, minor hole)?']);
  });

  it('asks also where the kind of damage lets guess the side', () => {
    expect(asksOf(photo('p001', 'surface', { findings: [finding({ kind: 'mould' })] }))).toHaveLength(1);
  });

  it.each([
    photo('p001', 'kitchen', { findings: [finding()] }),
    photo('p001', 'surface', { hint: 'Kitchen', findings: [finding()] }),
    photo('p001', 'surface', { findings: [finding({ experimental: true })] }),
    photo('p001', 'vehicle', { hint: 'left rear door', ...vehicleOf('minor') }),
    photo('p001', 'vehicle', vehicleOf('undamaged')),
  ])('asks nothing that is known or does not count: %#', (view) => {
    expect(asksOf(view)).toEqual([]);
  });

  it('asks which panel, or which side of it', () => {
    expect(asksOf(photo('p001', 'vehicle', vehicleOf('minor')))).toEqual([
      'Which panel does p001 show (minor damage)?',
    ]);
    expect(asksOf(photo('p001', 'vehicle', { hint: 'rear door', ...vehicleOf('minor') }))).toEqual([
      'Which rear door does p001 show (minor damage)?',
    ]);
  });
});
