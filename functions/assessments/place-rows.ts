import type { SubjectLabel } from '../photos/photo-assessment.ts';
import type { Feature, Section, Side } from './defect.ts';

/** A place of a property: a name, the other words for it, and what follows from it. Words are lower-case and singular. */
export type PlaceRow = {
  readonly name: string;
  readonly says: readonly string[];
  /** before "the kitchen", "the roof" */
  readonly at: 'in' | 'on' | 'at';
  readonly section: Section;
  readonly side: Side;
  readonly feature?: Feature;
  /** what the model calls a photo of it */
  readonly subject?: SubjectLabel;
  /**
   * `generic` names a side or any room, and yields to every other word; `container` holds rooms and yields to them; `component` is
   * part of a building and yields to an outside structure ("shed roof"); `structure` is such a one
   */
  readonly role?: 'generic' | 'container' | 'component' | 'structure';
  /** a property has one: numbers and directions do not tell two apart */
  readonly only?: boolean;
};

type Rest = Partial<Omit<PlaceRow, 'name' | 'says'>>;
type Words = readonly [name: string, ...says: string[]];

const row = (words: Words, rest: Omit<PlaceRow, 'name' | 'says'>): PlaceRow => {
  const [name, ...says] = words;
  return { name, says, ...rest };
};
const room = (words: Words, rest: Rest = {}): PlaceRow =>
  row(words, { at: 'in', section: 'unit_interior', side: 'interior', ...rest });
const outside = (words: Words, rest: Rest = {}): PlaceRow =>
  row(words, { at: 'on', section: 'dwelling_exterior', side: 'exterior', ...rest });
const amenity = (words: Words, rest: Rest = {}): PlaceRow =>
  outside(words, { section: 'amenities', role: 'structure', ...rest });
const site = (words: Words, rest: Rest = {}): PlaceRow => outside(words, { section: 'site', ...rest });
const outbuilding = (words: Words): PlaceRow => outside(words, { at: 'in', section: 'outbuilding', role: 'structure' });
const storage = (words: Words): PlaceRow => outside(words, { at: 'in', section: 'vehicle_storage', role: 'structure' });

/**
 * The vocabulary of places. Sections are those of UAD 3.6; the words are those of US listings and inspection reports. The side is
 * what the rating of UAD 3.6 counts: everything that is not a room of the dwelling is outside.
 */
export const PLACE_ROWS: readonly PlaceRow[] = [
  room(['kitchen', 'kitchenette'], { subject: 'kitchen' }),
  room(
    [
      'bathroom',
      'bath',
      'bath room',
      'shower',
      'shower room',
      'toilet',
      'wc',
      'washroom',
      'restroom',
      'powder room',
      'ensuite',
      'en suite',
    ],
    { subject: 'bathroom' },
  ),
  room(['bedroom', 'bed', 'bed room', 'br', 'nursery'], { subject: 'bedroom' }),
  room(['living room', 'livingroom', 'living', 'lounge', 'sitting room', 'great room'], { subject: 'living_room' }),
  room(['dining room', 'diningroom', 'dining', 'dining area', 'breakfast nook'], { subject: 'living_room' }),
  room(['family room', 'den', 'rec room', 'playroom', 'play room'], { subject: 'living_room' }),
  room(['office', 'study', 'home office', 'library']),
  room(['hallway', 'hall', 'hall way', 'corridor', 'landing']),
  room(['entry', 'entryway', 'entrance', 'foyer', 'entrance hall', 'mudroom', 'mud room', 'vestibule']),
  room(['stairs', 'stair', 'staircase', 'stairway', 'stairwell', 'stair case'], { at: 'on', feature: 'stairs' }),
  room(['laundry', 'laundry room', 'utility room', 'utility']),
  room(['closet', 'wardrobe', 'walk in closet']),
  room(['pantry', 'larder']),
  room(['sunroom', 'sun room', 'conservatory']),
  room(['mechanical room', 'boiler room', 'furnace room', 'utility closet']),
  room(['attic', 'loft'], { role: 'container', only: true }),
  room(['basement', 'cellar'], { role: 'container', only: true }),
  room(['room'], { role: 'generic' }),
  room(['interior', 'inside', 'indoor'], { role: 'generic', only: true }),
  outside(['exterior', 'outside', 'outdoor', 'elevation', 'side of house', 'side of home'], {
    role: 'generic',
    subject: 'exterior',
  }),
  outside(['roof', 'rooftop', 'roof top', 'shingle', 'eave', 'soffit', 'fascia'], {
    feature: 'roof',
    subject: 'roof',
    role: 'component',
    only: true,
  }),
  outside(['gutters', 'downspout', 'gutter outlet'], {
    feature: 'gutters',
    subject: 'roof',
    role: 'component',
    only: true,
  }),
  outside(['chimney', 'chimney stack'], { feature: 'chimney', subject: 'roof', role: 'component', only: true }),
  outside(['foundation', 'footing', 'stem wall', 'plinth'], { feature: 'foundation', role: 'component', only: true }),
  outside(['crawl space', 'crawlspace'], { at: 'in', feature: 'foundation', only: true }),
  amenity(['porch', 'veranda', 'verandah', 'stoop'], { feature: 'porch' }),
  amenity(['deck', 'decking'], { feature: 'deck' }),
  amenity(['patio', 'terrace', 'pergola'], { feature: 'patio' }),
  amenity(['balcony', 'loggia'], { feature: 'balcony' }),
  amenity(['pool', 'swimming pool', 'hot tub', 'spa'], { at: 'at', feature: 'pool' }),
  amenity(['fence', 'gate', 'fencing'], { feature: 'fence', only: true }),
  site(['driveway', 'drive way'], { feature: 'driveway', only: true }),
  site(['walkway', 'sidewalk', 'path', 'walk way'], { feature: 'walkway' }),
  site(['retaining wall'], { feature: 'retaining_wall' }),
  site(['yard', 'garden', 'lawn', 'backyard', 'courtyard', 'flower bed', 'flowerbed'], { at: 'in', only: true }),
  outbuilding(['shed', 'tool shed', 'toolshed', 'garden shed', 'storage shed']),
  outbuilding(['barn', 'stable']),
  outbuilding(['greenhouse']),
  outbuilding(['guest house', 'guesthouse', 'pool house', 'cabin', 'outbuilding', 'out building', 'workshop', 'adu']),
  storage(['garage', 'attached garage']),
  storage(['detached garage']),
  storage(['carport', 'car port']),
];
