import type { AssetKind } from '../assets/asset.ts';
import type { Subject } from '../photos/photo-assessment.ts';

/** What the subject model may say of a close-up of a car's panel. */
const VEHICLE_CLOSE_UP: readonly Subject['label'][] = ['surface', 'product', 'other', 'undetermined'];

/** Subjects whose size is known well enough to judge the size of a finding on them. */
const OF_KNOWN_SCALE: readonly Subject['label'][] = [
  'kitchen',
  'bathroom',
  'bedroom',
  'living_room',
  'exterior',
  'roof',
];

/** Subjects that show walls, floors or roofs. */
const BUILT: readonly Subject['label'][] = [...OF_KNOWN_SCALE, 'surface'];
/** What the subject model may say of a part of a building that fills the picture. */
const MAYBE_BUILT: readonly Subject['label'][] = ['undetermined', 'other'];

/** Whether a photo may be a close-up, which even a hair crack fills. */
export const maybeCloseUp = ({ label }: Subject): boolean => !OF_KNOWN_SCALE.includes(label);

/**
 * Whether the surface model is asked about a photo: when it shows a part of a building or its subject is undetermined, and
 * for a property also when the subject is `other`. For other kinds of assets never, whatever the background.
 */
export function needsSurfaceModel({ label }: Subject, assetKind?: AssetKind): boolean {
  if (assetKind === 'property') return BUILT.includes(label) || MAYBE_BUILT.includes(label);
  return assetKind === undefined && (BUILT.includes(label) || label === 'undetermined');
}

/** Whether the vehicle model is asked about a photo: when it shows one, or may be a close-up among the photos of a vehicle. */
export function needsVehicleModel({ label }: Subject, assetKind?: AssetKind): boolean {
  return label === 'vehicle' || (assetKind === 'vehicle' && VEHICLE_CLOSE_UP.includes(label));
}
