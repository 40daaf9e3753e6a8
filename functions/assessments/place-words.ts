import type { SubjectLabel } from '../photos/photo-assessment.ts';
import type { Feature, Side } from './defect.ts';

/** Words that name a thing which is no place of a property, by what the model calls it. */
export const OTHER_SUBJECTS: Readonly<Record<string, SubjectLabel>> = {
  car: 'vehicle',
  vehicle: 'vehicle',
  truck: 'vehicle',
  hood: 'vehicle',
  bonnet: 'vehicle',
  bumper: 'vehicle',
  fender: 'vehicle',
  windshield: 'vehicle',
};

/** A component that the words name; `side` where it tells one by itself. */
export type ElementRow = { readonly feature: Feature | 'walls'; readonly side?: Side };

/** Words that name a component: they tell what is damaged, and do not tell two places apart. */
export const ELEMENTS: Readonly<Record<string, ElementRow>> = {
  wall: { feature: 'walls' },
  drywall: { feature: 'interior_walls', side: 'interior' },
  plaster: { feature: 'interior_walls', side: 'interior' },
  wallpaper: { feature: 'interior_walls', side: 'interior' },
  stucco: { feature: 'exterior_walls', side: 'exterior' },
  siding: { feature: 'exterior_walls', side: 'exterior' },
  cladding: { feature: 'exterior_walls', side: 'exterior' },
  facade: { feature: 'exterior_walls', side: 'exterior' },
  ceiling: { feature: 'ceiling', side: 'interior' },
  floor: { feature: 'flooring', side: 'interior' },
  flooring: { feature: 'flooring', side: 'interior' },
  carpet: { feature: 'flooring', side: 'interior' },
  window: { feature: 'windows' },
  windowpane: { feature: 'windows' },
  door: { feature: 'doors' },
  cabinet: { feature: 'cabinets', side: 'interior' },
  sink: { feature: 'plumbing', side: 'interior' },
  tub: { feature: 'plumbing', side: 'interior' },
  bathtub: { feature: 'plumbing', side: 'interior' },
  pipe: { feature: 'plumbing' },
  'water heater': { feature: 'plumbing' },
  furnace: { feature: 'heating_cooling' },
  boiler: { feature: 'heating_cooling' },
  radiator: { feature: 'heating_cooling' },
  'drain outlet': { feature: 'plumbing' },
  'water outlet': { feature: 'plumbing' },
  'vent outlet': { feature: 'heating_cooling' },
  outlet: { feature: 'electrical' },
  socket: { feature: 'electrical' },
  'light switch': { feature: 'electrical' },
  wiring: { feature: 'electrical' },
  'fuse box': { feature: 'electrical' },
  fusebox: { feature: 'electrical' },
  breaker: { feature: 'electrical' },
  'breaker box': { feature: 'electrical' },
  'electrical panel': { feature: 'electrical' },
  'electric panel': { feature: 'electrical' },
  'service panel': { feature: 'electrical' },
  'main panel': { feature: 'electrical' },
  'sub panel': { feature: 'electrical' },
  subpanel: { feature: 'electrical' },
  'fuse panel': { feature: 'electrical' },
  'electric meter': { feature: 'electrical' },
  'electrical meter': { feature: 'electrical' },
  'electricity meter': { feature: 'electrical' },
  'power meter': { feature: 'electrical' },
  'water meter': { feature: 'plumbing' },
};

/** Words that tell two places of one name apart, by what they mean. */
export const QUALIFIERS: Readonly<Record<string, string>> = {
  master: 'primary',
  primary: 'primary',
  owner: 'primary',
  guest: 'guest',
  spare: 'guest',
  kid: 'kids',
  child: 'kids',
  children: 'kids',
  main: 'main',
  half: 'half',
  small: 'small',
  large: 'large',
  big: 'large',
  front: 'front',
  street: 'front',
  curb: 'front',
  rear: 'rear',
  back: 'rear',
  left: 'left',
  right: 'right',
  north: 'north',
  northern: 'north',
  south: 'south',
  southern: 'south',
  east: 'east',
  eastern: 'east',
  west: 'west',
  western: 'west',
  middle: 'middle',
  upstair: 'upstairs',
  upper: 'upstairs',
  downstair: 'downstairs',
  lower: 'downstairs',
  blue: 'blue',
  green: 'green',
  red: 'red',
  yellow: 'yellow',
  pink: 'pink',
  white: 'white',
  grey: 'grey',
  gray: 'grey',
};

/** What follows these is where something stands, and says more of the same place. */
export const RELATIONS: ReadonlySet<string> = new Set(['in', 'of', 'at', 'on', 'within']);

/** What follows these is where the camera stands, or a neighbour: it is another place. */
export const VIEWPOINTS: ReadonlySet<string> = new Set(
  'from to toward towards looking facing near next beside by with through behind off outside adjoining above below under over'.split(
    ' ',
  ),
);

/** Words before a number that counts photos, not rooms. */
export const PHOTO_WORDS: ReadonlySet<string> = new Set(
  'photo picture pic img image dsc shot view file frame closeup detail'.split(' '),
);

/** Words before or after a number that names a storey. */
export const STOREYS: ReadonlySet<string> = new Set(['floor', 'storey', 'story', 'level']);

/** Words before a number or letter that names a dwelling unit. */
export const UNITS: ReadonlySet<string> = new Set(['unit', 'apartment', 'apt', 'suite', 'flat', 'building']);

export const NUMBER_WORDS: Readonly<Record<string, string>> = {
  one: '1',
  first: '1',
  two: '2',
  second: '2',
  three: '3',
  third: '3',
  four: '4',
  fourth: '4',
  five: '5',
  fifth: '5',
};

/** Words that name no place by themselves. */
export const FILLERS: ReadonlySet<string> = new Set(
  `this that or is are has have here there it some all whole full general overview part area corner side end edge top bottom
  close up no nr number photograph crack damp stain mould mold mildew hole peeling paint spalling broken damage damaged leak
  water wet rot rust burn burnt fire flood hairline bad old new house home property building unit apartment flat level storey
  story single family panel meter`
    .split(/\s+/)
    .filter((word) => word !== ''),
);
