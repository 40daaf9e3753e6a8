import type { FindingRules } from '../condition/finding-policy.ts';
import type { SeverityReadFrom } from '../photos/finding-size.ts';
import type { PhotoFinding } from '../photos/photo-assessment.ts';
import type { Extent } from './assessment.ts';
import { crackInWords, readCrack } from './crack-reading.ts';
import type { CrackReading, Feature, Side } from './defect.ts';
import type { Place } from './places.ts';

/** A finding on one photo, and where that is. */
export type Sighting = {
  readonly photoId: string;
  readonly finding: PhotoFinding;
  readonly place: Place;
  readonly side: Side;
  readonly readFrom: SeverityReadFrom;
  readonly closeUp: boolean;
  readonly hint: string | undefined;
};

/** The photo that shows most of it; undefined when no model says where it is on any. */
export const largestOf = (sightings: readonly Sighting[]): Sighting | undefined =>
  sightings
    .filter(({ finding }) => finding.areaRatio !== null)
    .toSorted((a, b) => (b.finding.areaRatio ?? 0) - (a.finding.areaRatio ?? 0))[0];

/** How far a finding reaches, from the photo that shows most of it; of a crack also what any of the photos tells. */
export function extentOf(sightings: readonly Sighting[], feature: Feature, rules: FindingRules): Extent {
  const crack = sightings[0]?.finding.kind === 'crack' ? crackOn(sightings, feature, rules) : null;
  const largest = largestOf(sightings);
  if (!largest) return { readFrom: 'none', meaning: 'extent unknown: no model says where on the photo it is', crack };
  const { finding, closeUp, photoId } = largest;
  const percent = Math.max(1, Math.round((finding.areaRatio ?? 0) * 100));
  const shape = crack && finding.shape ? `, ${crackInWords(crack, finding.shape)}` : '';
  return closeUp
    ? {
        readFrom: 'region_of_close_up',
        meaning: `${percent} % of a close-up (${photoId}), whose size is unknown${shape}`,
        crack,
      }
    : { readFrom: 'region', meaning: `${percent} % of the photo (${photoId})${shape}`, crack };
}

/** The reading of the photo that shows most of the crack; a suspicion on any other photo remains. */
function crackOn(sightings: readonly Sighting[], feature: Feature, rules: FindingRules): CrackReading | null {
  const readings = sightings.map(({ finding: { shape }, place, hint }) =>
    readCrack({ shape, feature, atOpening: place.opening, hint }, rules),
  );
  const largest = largestOf(sightings) ?? sightings[0];
  const main = readings[sightings.indexOf(largest as Sighting)];
  const suspicion = [main, ...readings].find((each) => each?.structural === 'suspected');
  if (!main) return null;
  const { structural, structuralBecause } = suspicion ?? main;
  return { ...main, structural, structuralBecause };
}
