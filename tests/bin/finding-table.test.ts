import { describe, expect, it } from 'vitest';
import { findingTable } from '../../bin/finding-table.ts';
import type { View } from '../../functions/assessments/photo-views.ts';
import { finding, photo, vehicleOf } from '../functions/assessments/photos.ts';
import { mergeFindings } from '../functions/by-default.ts';

const tableOf = (...views: readonly View[]): string =>
  findingTable({ findings: mergeFindings(views) }, (photoId) => `${photoId}.jpg`);

/** The cells of the first finding, each with its lines joined. */
function firstRow(table: string): string[] {
  const lines = table.split('\n').slice(3, -1);
  return lines
    .map((line) => line.split('│').slice(1, -1))
    .reduce<string[]>((row, cells) => cells.map((cell, at) => `${row[at] ?? ''} ${cell.trim()}`.trim()), []);
}

describe('findingTable', () => {
  it('has a row as in an inspection report: where, what, how large, what to do, how sure, on which photos', () => {
    const view = photo('p001', 'kitchen', {
      hint: 'Kitchen, ceiling',
      findings: [finding({ kind: 'damp_stain', areaRatio: 0.12 })],
    });

    expect(firstRow(tableOf(view))).toEqual([
      'Kitchen, ceiling',
      'moderate damp stain',
      '12 % of photo',
      'inspect soon: plumber',
      '80 %',
      'p001.jpg',
    ]);
  });

  it('names the component where the location does not', () => {
    const view = photo('p001', 'exterior', { findings: [finding({ kind: 'broken_window', severity: 'severe' })] });

    expect(firstRow(tableOf(view)).slice(0, 4)).toEqual([
      'exterior: windows',
      'severe broken window',
      '5 % of photo',
      'repair now: glazier',
    ]);
  });

  it('says what is not known', () => {
    const view = photo('p001', 'surface', { findings: [finding({ areaRatio: null, box: null })] });

    expect(firstRow(tableOf(view)).slice(0, 3)).toEqual(['place not stated', 'moderate crack', 'unknown']);
  });

  it('says of a panel where it is, what is damaged and whether it is repaired or replaced', () => {
    const view = photo('p001', 'vehicle', { hint: 'dent, left rear door', ...vehicleOf('severe', 0.99) });

    expect(firstRow(tableOf(view)).slice(0, 5)).toEqual([
      'left rear door',
      'severe dent',
      'unknown',
      'replace soon: body shop',
      'over 95 %',
    ]);
  });

  it('never is wider than the table of photos', () => {
    const view = photo('p001', 'surface', {
      hint: 'a very long description of where this crack was seen, twice',
      findings: [finding({ experimental: true })],
    });

    expect(
      Math.max(
        ...tableOf(view)
          .split('\n')
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(109);
  });
});
