import { describe, expect, it } from 'vitest';
import { placeAt } from '../../../functions/assessments/places.ts';

/** Words of an owner, what UAD 3.6 files the place under, and how a sentence speaks of it. */
const VOCABULARY = [
  ['balcony', 'amenities', 'balcony', 'on the balcony'],
  ['porch', 'amenities', 'porch', 'on the porch'],
  ['deck', 'amenities', 'deck', 'on the deck'],
  ['patio', 'amenities', 'patio', 'on the patio'],
  ['swimming pool', 'amenities', 'pool', 'at the pool'],
  ['fence', 'amenities', 'fence', 'on the fence'],
  ['driveway', 'site', 'driveway', 'on the driveway'],
  ['sidewalk', 'site', 'walkway', 'on the walkway'],
  ['retaining wall', 'site', 'retaining_wall', 'on the retaining wall'],
  ['backyard', 'site', 'unknown', 'in the yard'],
  ['shed', 'outbuilding', 'unknown', 'in the shed'],
  ['garage', 'vehicle_storage', 'unknown', 'in the garage'],
  ['carport', 'vehicle_storage', 'unknown', 'in the carport'],
  ['roof', 'dwelling_exterior', 'roof', 'on the roof'],
  ['gutter', 'dwelling_exterior', 'gutters', 'on the gutters'],
  ['chimney', 'dwelling_exterior', 'chimney', 'on the chimney'],
  ['siding', 'dwelling_exterior', 'exterior_walls', 'on the outside'],
  ['foundation', 'dwelling_exterior', 'foundation', 'on the foundation'],
  ['crawl space', 'dwelling_exterior', 'foundation', 'in the crawl space'],
  ['front door', 'dwelling_exterior', 'doors', 'on the front side of the house'],
  ['stairs', 'unit_interior', 'stairs', 'on the stairs'],
  ['basement', 'unit_interior', 'unknown', 'in the basement'],
  ['kitchen cabinets', 'unit_interior', 'cabinets', 'in the kitchen'],
  ['kitchen ceiling', 'unit_interior', 'ceiling', 'in the kitchen'],
  ['bedroom wall', 'unit_interior', 'walls', 'in the bedroom'],
  ['bathroom window', 'unit_interior', 'windows', 'in the bathroom'],
  ['bathroom floor', 'unit_interior', 'flooring', 'in the bathroom'],
  ['electrical panel', 'unknown', 'electrical', 'at a place that is not known'],
] as const;

describe('the vocabulary of places', () => {
  it.each(VOCABULARY)('files "%s" under %s, %s, and speaks of it so', (hint, section, feature, phrase) => {
    expect(placeAt({ label: 'surface', hint })).toMatchObject({ section, feature, phrase });
  });

  it.each(['bathroom window', 'front door'])('knows that cracks at the corner of an opening matter: %s', (hint) => {
    expect(placeAt({ label: 'surface', hint })).toMatchObject({ opening: true });
  });

  it.each(['kitchen', 'retaining wall'])('knows that there is none: %s', (hint) => {
    expect(placeAt({ label: 'surface', hint })).toMatchObject({ opening: false });
  });
});
