import type { AssetKind } from '../assets/asset.ts';
import type { Subject } from '../photos/photo-assessment.ts';

/** What a close-up of a car's panel may be taken for. */
const VEHICLE_CLOSE_UP: readonly Subject['label'][] = ['surface', 'product', 'other', 'undetermined'];

/** Subjects whose size is known well enough to say how large a damage on them is. */
const OF_KNOWN_SCALE: readonly Subject['label'][] = [
  'kitchen',
  'bathroom',
  'bedroom',
  'living_room',
  'exterior',
  'roof',
];

/** Subjects that have walls, floors or roofs to look at. */
const BUILT: readonly Subject['label'][] = [...OF_KNOWN_SCALE, 'surface'];
/** What the model may say of a part of a building that fills the picture. */
const MAYBE_BUILT: readonly Subject['label'][] = ['undetermined', 'other'];

/** Whether a photo may be a close-up, on which a hair crack fills the picture. */
export const maybeCloseUp = ({ label }: Subject): boolean => !OF_KNOWN_SCALE.includes(label);

/**
 * Whether a photo is searched for damage of buildings: where it shows a part of one, where nobody knows what it shows, and
 * among the photos of a property where it shows nothing in particular. For another kind of asset never, whatever the background.
 */
export function asksSurface({ label }: Subject, assetKind?: AssetKind): boolean {
  if (assetKind === 'property') return BUILT.includes(label) || MAYBE_BUILT.includes(label);
  return assetKind === undefined && (BUILT.includes(label) || label === 'undetermined');
}

/** Whether a photo is searched for damage of a vehicle: where it shows one, or a close-up among the photos of a vehicle. */
export function asksVehicle({ label }: Subject, assetKind?: AssetKind): boolean {
  return label === 'vehicle' || (assetKind === 'vehicle' && VEHICLE_CLOSE_UP.includes(label));
}
