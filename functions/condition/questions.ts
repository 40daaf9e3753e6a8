import type { AssetKind } from '../assets/asset.ts';
import type { Subject } from '../photos/photo-assessment.ts';
import type { Named } from '../photos/subject-words.ts';

/** What a photo of a thing of this kind does not show. A product or a collectible may lie before anything. */
export const SHOWS_NO: Record<AssetKind, readonly Subject['label'][]> = {
  property: ['vehicle', 'product', 'document'],
  vehicle: ['kitchen', 'bathroom', 'bedroom', 'living_room', 'exterior', 'roof', 'document'],
  product: [],
  collectible: [],
};

/** Possible subjects of a close-up of a vehicle's panel. */
const VEHICLE_CLOSE_UP: readonly Subject['label'][] = ['surface', 'product', 'other', 'undetermined'];

/** Subjects of roughly known size, from which the size of a finding can be estimated. */
const OF_KNOWN_SCALE: readonly Subject['label'][] = [
  'kitchen',
  'bathroom',
  'bedroom',
  'living_room',
  'exterior',
  'roof',
];

/** Subjects that show walls, floors or roofs. */
export const BUILT: readonly Subject['label'][] = [...OF_KNOWN_SCALE, 'surface'];
/** Possible subjects of a part of a building that fills the picture. */
const MAYBE_BUILT: readonly Subject['label'][] = ['undetermined', 'other'];

/** Whether a photo may be a close-up, in which a hairline crack looks large. */
export const maybeCloseUp = ({ label }: Subject): boolean => !OF_KNOWN_SCALE.includes(label);

/**
 * Whether `surface` is asked of a photo: when its subject is a part of a building or undetermined, and for a property also when
 * the subject is `other`; whatever the subject, when the owner's words name a part of a building. Never for other kinds of
 * assets, whatever the background.
 */
export function asksSurface({ label }: Subject, assetKind?: AssetKind, named?: Named): boolean {
  if (named === 'building') return true;
  if (assetKind === 'property') return BUILT.includes(label) || MAYBE_BUILT.includes(label);
  return assetKind === undefined && (BUILT.includes(label) || label === 'undetermined');
}

/**
 * Whether `vehicle` is asked of a photo: when it shows a vehicle, or may be a close-up of the asset, which is one; whatever the
 * subject, when the owner's words name a part of a vehicle. Not of the car in front of a house: its damage is not the house's.
 */
export function asksVehicle({ label }: Subject, assetKind?: AssetKind, named?: Named): boolean {
  if (named === 'vehicle') return true;
  if (assetKind === 'vehicle') return label === 'vehicle' || VEHICLE_CLOSE_UP.includes(label);
  return assetKind === undefined && label === 'vehicle';
}
