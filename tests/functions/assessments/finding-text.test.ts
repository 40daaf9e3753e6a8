import { describe, expect, it } from 'vitest';
import { panelInWords } from '../../../functions/assessments/finding-text.ts';
import type { View } from '../../../functions/assessments/photo-views.ts';
import { mergeFindings } from '../by-default.ts';
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
      'Severe roof damage: a roofer should cover it now and mend it.',
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

  it.each([
    ['kitchen wall', 'on a wall of the kitchen'],
    ['bedroom 2, wall', 'on a wall in bedroom 2'],
    ['stucco', 'on an outside wall'],
    ['front stucco', 'on an outside wall of the front side of the house'],
    ['inside, ceiling', 'on the ceiling'],
    ['ceiling', 'on the ceiling somewhere inside'],
    ['kitchen floor', 'on the floor of the kitchen'],
    ['kitchen cabinet', 'on a cabinet of the kitchen'],
    ['bathroom, pipe', 'at the plumbing of the bathroom'],
    ['basement boiler', 'at the heating of the basement'],
    ['foundation', 'on the foundation'],
    ['gutters', 'on the gutters'],
    ['chimney', 'on the chimney'],
    ['garage roof', 'on the roof of the garage'],
    ["Tom's room", 'at "Tom\'s room"'],
    ['granny flat', 'at "granny flat"'],
    ['outside', 'on the outside'],
    ['deck', 'on the deck'],
  ])('says of "%s" where the damage is: %s', (hint, where) => {
    expect(textOf(shown(hint, { kind: 'damp_stain' }))).toMatch(`Moderate damp stain ${where}: `);
  });

  it('says of a window and a door that it is at them', () => {
    expect(textOf(shown('kitchen window', { kind: 'damp_stain' }))).toMatch(' at a window of the kitchen: a glazier ');
    expect(textOf(shown('kitchen door', { kind: 'peeling_paint' }))).toMatch(' at a door of the kitchen: ');
  });

  it.each([
    ['broken_window', 'kitchen window', 'Moderate broken window in the kitchen: '],
    ['broken_window', 'front window', 'Moderate broken window on the front side of the house: '],
    ['broken_window', 'bedroom 2', 'Moderate broken window in bedroom 2: '],
    ['broken_window', '', 'Moderate broken window at a place that is not known: '],
    ['broken_window', 'kitchen door', 'Moderate broken window at a door of the kitchen: '],
    ['roof_damage', 'garage roof', 'Moderate roof damage at the garage: '],
    ['roof_damage', 'chimney', 'Moderate roof damage on the chimney: '],
    ['hole', 'roof', 'Moderate hole on the roof: '],
    ['damp_stain', 'kitchen ceiling', 'Moderate damp stain on the ceiling of the kitchen: '],
  ] as const)('does not repeat the component that the kind names: %s, "%s"', (kind, hint, text) => {
    expect(textOf(shown(hint, { kind }))?.startsWith(text), textOf(shown(hint, { kind }))).toBe(true);
  });

  it('says on how many photos it is seen, but of one', () => {
    const views = ['p001', 'p002'].map((id) => photo(id, 'kitchen', { findings: [finding({ kind: 'mould' })] }));

    expect(mergeFindings(views)[0]?.description).toMatch(/^Moderate mould in the kitchen, on 2 photos: /);
    expect(mergeFindings(views.slice(1))[0]?.description).toMatch(/^Moderate mould in the kitchen: /);
  });
});

describe('panelInWords', () => {
  it.each([
    [{ name: 'quarter_panel', end: 'rear', side: 'left' }, 'left quarter panel'],
    [{ name: 'hood', end: 'front', side: 'not_applicable' }, 'hood'],
    [{ name: 'rear_window', end: 'rear', side: 'not_applicable' }, 'rear window'],
    [{ name: 'bumper', end: 'rear', side: 'not_applicable' }, 'rear bumper'],
    [{ name: 'door', end: 'front', side: 'right' }, 'right front door'],
    [{ name: 'light', end: 'unknown', side: 'unknown' }, 'light'],
    [{ name: 'fender', end: 'front', side: 'right' }, 'right fender'],
    [{ name: 'unknown', end: 'rear', side: 'left' }, 'left rear of the vehicle'],
    [{ name: 'unknown', end: 'unknown', side: 'unknown' }, 'vehicle'],
  ] as const)('of %j are "%s"', (panel, words) => {
    expect(panelInWords(panel)).toBe(words);
  });
});
