import type { Vehicle } from '../assets/asset.ts';
import type { VehicleRating } from './rating.ts';
import type { Calls } from './vehicle-damage.ts';

type VehicleCalls = Pick<Calls, 'damaged' | 'undamaged'>;

type Categories = NonNullable<VehicleRating['categories']>;
type Category = Categories[keyof Categories];

const NOT_INSPECTED: Category = {
  status: 'not_inspected',
  meaning: 'not inspected: no model judges it',
};
const FLOODED: Category = { status: 'stated_damage', meaning: 'the owner states flood damage' };

/** What was examined of each category of NAAA: paint and body by the photos, the others only where the owner states damage. */
export function vehicleCategories({ frameDamage, floodDamage }: Vehicle, shown: VehicleCalls): Categories {
  return {
    paintAndBody: paintAndBody(shown),
    interior: floodDamage ? FLOODED : NOT_INSPECTED,
    frame: frameDamage ? { status: 'stated_damage', meaning: 'the owner states frame damage' } : NOT_INSPECTED,
    mechanical: floodDamage ? FLOODED : NOT_INSPECTED,
    tires: NOT_INSPECTED,
  };
}

function paintAndBody({ damaged, undamaged }: VehicleCalls): Category {
  const photos = damaged + undamaged;
  if (photos === 0) return { status: 'not_inspected', meaning: 'not inspected: no usable photo shows it' };
  const found = damaged > 0 ? `damage on ${damaged}` : 'no damage visible';
  return { status: 'seen', meaning: `${photos} ${photos === 1 ? 'photo' : 'photos'}, ${found}` };
}
