import { sideOf } from './places.ts';

/** Parts of a building that may be inside or outside, and what owners photograph of them. */
const BUILDING_WORDS =
  /\b(house|building|walls?|windows?|doors?|plaster|drywall|stucco|brick(s|work)?|concrete|masonry|foundation|lintel|sill|beams?|joists?|skylight)\b/;

const VEHICLE_WORDS =
  /\b(car|vehicle|truck|van|suv|sedan|pickup|minivan|coupe|hatchback|motorcycle|bonnet|hood|bumper|fender|wing|trunk|boot|tailgate|liftgate|hatch|windshield|windscreen|doors?|windows?|quarter|rocker|pillar|panel|grille?|headlights?|taillights?|lights?|lamps?|wheels?|rims?|tires?|tyres?|mirrors?|roof|front|back|rear|sides?|driver|passenger|undercarriage)\b/;

const anyOf = (words: string, pattern: RegExp): boolean => pattern.test(words.toLowerCase());

/** Whether an owner's words name a room, a side or a part of a building. Some, such as "door", name a part of a vehicle too. */
export const namesBuilding = (words: string): boolean =>
  sideOf({ label: 'undetermined', hint: words }) !== 'unknown' || anyOf(words, BUILDING_WORDS);

/** Whether an owner's words name a vehicle, a side or a part of one. */
export const namesVehicle = (words: string): boolean => anyOf(words, VEHICLE_WORDS);

/** Whether an owner's words name a place or a part, of a building or of a vehicle. */
export const namesPlace = (words: string): boolean => namesBuilding(words) || namesVehicle(words);
