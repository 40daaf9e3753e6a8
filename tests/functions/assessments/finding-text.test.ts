import { describe, expect, it } from 'vitest';
import { mergeFindings } from '../../../functions/assessments/merge-findings.ts';
import type { View } from '../../../functions/assessments/photo-views.ts';
import { finding, photo, vehicleOf } from './photos.ts';

const textOf = (view: View): string | undefined => mergeFindings([view])[0]?.description;
const shown = (hint: string, rest: Parameters<typeof finding>[0] = {}): View =>
  photo('p001', 'surface', { hint, findings: [finding(rest)] });

describe('the description of a finding', () => {
  it.each([
    [
      shown('Bedroom 2, ceiling', { kind: 'damp_stain' }),
      'Moderate damp stain on the ceiling in bedroom 2: a plumber should find where the water comes from, and stop it.',
    ],
    [
      shown('porch ceiling', { kind: 'peeling_paint' }),
      'Moderate peeling paint on the ceiling of the porch: a painter should scrape, prime and repaint it.',
    ],
    [
      shown('roof', { kind: 'roof_damage', severity: 'severe' }),
      'Severe roof damage on the roof: a roofer should cover it now and mend it.',
    ],
    [
      shown('', { kind: 'crack' }),
      'Moderate crack at a place that is not known: a structural engineer should find whether it moves and what it goes through.',
    ],
    [
      shown('', { kind: 'mould' }),
      'Moderate mould at a place that is not known: a mould remediation contractor should remove it and the moisture that feeds it.',
    ],
    [
      shown('fuse box in the basement', { kind: 'damp_stain' }),
      'Moderate damp stain at the electrical installation of the basement: an electrician should cut the power there and test it before anyone uses it.',
    ],
  ])('is a sentence that a person would write: %#', (view, text) => {
    expect(textOf(view)).toBe(text);
  });

  it.each([
    ['dent, left rear door', 'severe', 'Severe dent on the left rear door: a body shop should replace it.'],
    ['windshield', 'minor', 'Minor damage on the windshield: an auto glass shop should repair it.'],
    [
      'left side',
      'minor',
      'Minor damage on the left of the vehicle: a body shop should find which panel it is on, and whether it can be repaired.',
    ],
    [
      '',
      'moderate',
      'Moderate damage, on a panel that is not known: a body shop should find which panel it is on, and whether it can be repaired.',
    ],
  ] as const)('of a vehicle, of %j, %s', (hint, severity, text) => {
    expect(textOf(photo('p001', 'vehicle', { ...(hint && { hint }), ...vehicleOf(severity) }))).toBe(text);
  });
});
