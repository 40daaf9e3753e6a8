import type { AssetKind } from '../assets/asset.ts';
import type { Subject } from '../photos/photo-assessment.ts';

/** Subjects that have walls, floors or roofs to look at. */
const BUILT: readonly Subject['label'][] = [
  'kitchen',
  'bathroom',
  'bedroom',
  'living_room',
  'exterior',
  'roof',
  'surface',
];
/** What a close-up of a car's panel may be taken for. */
const VEHICLE_CLOSE_UP: readonly Subject['label'][] = ['surface', 'product', 'other', 'undetermined'];

/**
 * Whether a photo is searched for damage of buildings: where it shows a part of one, and where it is not known what it shows.
 * A photo of another kind of asset is not, whatever its background.
 */
export function asksSurface({ label }: Subject, assetKind?: AssetKind): boolean {
  if (assetKind !== undefined && assetKind !== 'property') return false;
  return BUILT.includes(label) || label === 'undetermined';
}

/** Whether a photo is searched for damage of a vehicle: where it shows one, or a close-up among the photos of a vehicle. */
export function asksVehicle({ label }: Subject, assetKind?: AssetKind): boolean {
  return label === 'vehicle' || (assetKind === 'vehicle' && VEHICLE_CLOSE_UP.includes(label));
}
