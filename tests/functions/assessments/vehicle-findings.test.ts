import { describe, expect, it } from 'vitest';
import type { View } from '../../../functions/assessments/photo-views.ts';
import { vehicleFindings } from '../../../functions/assessments/vehicle-findings.ts';
import { photo, vehicleOf } from './photos.ts';

type Parts = NonNullable<View['vehicle']>['parts'];
const part = (name: Parts[number]['part'], confidenceRatio: number): Parts[number] => ({
  part: name,
  confidenceRatio,
  experimental: false,
});
const damaged = (photoId: string, parts: Parts, hint?: string): View =>
  photo(photoId, 'vehicle', { vehicle: { ...vehicleOf('moderate', 0.8).vehicle, parts }, ...(hint && { hint }) });

describe('vehicleFindings', () => {
  it('have a panel repaired or replaced that is known, and inspected which one it is otherwise', () => {
    expect(vehicleFindings([damaged('p001', [part('door', 0.7)])])).toMatchObject([
      { action: 'repair', panel: { name: 'door', remedy: 'repair' } },
    ]);
    expect(vehicleFindings([damaged('p001', [])])).toMatchObject([
      { action: 'inspect', panel: { name: 'unknown', remedy: 'unknown' } },
    ]);
  });

  it('say of a panel on two photos what either knows: the words, the type of damage, the higher confidence', () => {
    const views = [
      damaged('p001', [part('door', 0.6)], 'left rear door'),
      damaged('p002', [part('door', 0.9)], 'dent, left rear door'),
    ];

    expect(vehicleFindings(views)).toMatchObject([
      {
        photoIds: ['p001', 'p002'],
        panel: { name: 'door', end: 'rear', side: 'left', damageType: 'dent', confidenceRatio: 0.9 },
      },
    ]);
  });

  it('are planned unless the damage is severe', () => {
    const severe = photo('p001', 'vehicle', { vehicle: { ...vehicleOf('severe', 0.9).vehicle, parts: [] } });

    expect(vehicleFindings([severe])).toMatchObject([{ urgency: 'soon' }]);
    expect(vehicleFindings([damaged('p001', [])])).toMatchObject([{ urgency: 'planned' }]);
  });
});
