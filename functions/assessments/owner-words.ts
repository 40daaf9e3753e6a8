import type { AssetKind } from '../assets/asset.ts';
import type { Named } from '../photos/subject-words.ts';
import { namedPlace } from './named-place.ts';
import { panelWords } from './vehicle-panels.ts';

/** Words for a building and its parts that name no place and no component of the vocabulary. */
const BUILDING_WORDS = /\b(house|building|brick(s|work)?|concrete|masonry|lintel|sill|beams?|joists?|skylight)\b/;
/** Words for a vehicle and its parts that name no panel. */
const VEHICLE_WORDS =
  /\b(car|vehicle|truck|van|suv|sedan|pickup|minivan|coupe|hatchback|motorcycle|tires?|tyres?|driver|passenger|undercarriage)\b/;
/** Words for parts that both have. */
const SHARED_WORDS =
  /\b(doors?|windows?|roof|front|back|rear|sides?|lights?|lamps?|mirrors?|panels?|pillars?|hatch)\b/g;

type Parts = { readonly building: boolean; readonly vehicle: boolean; readonly shared: boolean };

/** A word that both have, such as "door", belongs to what the others name. */
function partsIn(words: string): Parts {
  const text = words.toLowerCase();
  const telling = text.replaceAll(SHARED_WORDS, ' ');
  const { row, elements } = namedPlace(telling);
  return {
    building: row !== undefined || elements.length > 0 || BUILDING_WORDS.test(telling),
    vehicle: panelWords(telling).name !== undefined || VEHICLE_WORDS.test(telling),
    shared: telling !== text,
  };
}

/** Whether an owner's words name a place or a part, of a building or of a vehicle. */
export const namesPlace = (words: string): boolean => Object.values(partsIn(words)).includes(true);

/**
 * Whether an owner's words name a building or a vehicle, or a part of one; undefined when they name neither, or not the kind of
 * asset that is assessed. Words that fit both name the asset, and of an unknown asset nothing.
 */
export function namedBy(words: string, kind: AssetKind | undefined): Named | undefined {
  const { building, vehicle, shared } = partsIn(words);
  const namesBuilding = building || (shared && !vehicle);
  const namesVehicle = vehicle || (shared && !building);
  switch (kind) {
    case 'property':
      return namesBuilding ? 'building' : undefined;
    case 'vehicle':
      return namesVehicle ? 'vehicle' : undefined;
    case 'product':
    case 'collectible':
      return undefined;
    case undefined:
      if (namesBuilding === namesVehicle) return undefined;
      return namesBuilding ? 'building' : 'vehicle';
  }
}
