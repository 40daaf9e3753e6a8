import type { FindingRules } from '../condition/finding-policy.ts';
import { maybeCloseUp } from '../condition/questions.ts';
import { severityReadFrom } from '../condition/severity.ts';
import type { SeverityReadFrom } from '../photos/finding-size.ts';
import { type FindingKind, type PhotoFinding, SEVERITIES, type Severity } from '../photos/photo-assessment.ts';
import type { MergedFinding } from './assessment.ts';
import { Feature, PlaceIs } from './defect.ts';
import { adviceOn, featureOf } from './defect-rules.ts';
import { extentOf, largestOf, type Sighting } from './finding-extent.ts';
import { propertyFindingText } from './finding-text.ts';
import type { View } from './photo-views.ts';
import { type Place, placeAt, sectionOf, usualSideOf } from './places.ts';
import { vehicleFindings } from './vehicle-findings.ts';

type Weighed = { readonly severity: Severity; readonly confidenceRatio: number };

/** Points of a finding: severity x confidence. */
export const weightOf = ({ severity, confidenceRatio }: Weighed, { severityPoints }: FindingRules): number =>
  severityPoints[severity] * confidenceRatio;

/**
 * The findings of the asset: those of one kind at one place are one, however many photos and regions show it, and whatever the
 * place is called.
 *
 * Of several views of the same finding the worst severity counts, and the highest confidence that there is one, so that
 * another photo never makes it look better. Most points first; nothing depends on the order of the photos.
 *
 * @param yearBuilt of a property, for what depends on its age
 */
export function mergeFindings(views: readonly View[], rules: FindingRules, yearBuilt?: number): MergedFinding[] {
  const sightings = views
    .toSorted((a, b) => (a.photoId < b.photoId ? -1 : 1))
    .flatMap((view) => view.findings.map((finding) => sightingOf(view, finding, rules)));
  const groups = Map.groupBy(sightings, ({ finding: { kind, experimental }, place, side }) =>
    [kind, place.name, side, experimental].join('|'),
  );
  const ofBuilding = [...groups.values()].map((group) => mergedFinding(group, rules, yearBuilt));
  return [...ofBuilding, ...vehicleFindings(views)].toSorted(
    (a, b) =>
      Number(a.experimental) - Number(b.experimental) ||
      weightOf(b, rules) - weightOf(a, rules) ||
      (a.photoIds[0] ?? '').localeCompare(b.photoIds[0] ?? ''),
  );
}

function sightingOf({ photoId, subject, hint }: View, finding: PhotoFinding, rules: FindingRules): Sighting {
  const place = placeAt({ label: subject.label, hint });
  return {
    photoId,
    finding,
    place,
    side: place.side === 'unknown' ? usualSideOf(finding.kind) : place.side,
    readFrom: severityReadFrom(finding, rules),
    closeUp: maybeCloseUp(subject),
    hint,
  };
}

function mergedFinding(
  sightings: readonly Sighting[],
  rules: FindingRules,
  yearBuilt: number | undefined,
): MergedFinding {
  const [{ finding, side }] = sightings as [Sighting, ...Sighting[]];
  const { kind, experimental } = finding;
  const place = bestKnown(sightings.map((each) => each.place));
  const feature = componentOf(kind, sightings);
  const { severity, readFrom } = worstOf(sightings);
  const extent = extentOf(sightings, feature, rules);
  const advice = adviceOn({
    ...{ kind, severity, feature, side, yearBuilt },
    isMovement: extent.crack?.structural === 'suspected',
    room: place.room,
    electrical: sightings.some((each) => each.place.electrical),
  });
  const photoIds = [...new Set(sightings.map(({ photoId }) => photoId))];
  const { task: _said, ...columns } = advice;
  return {
    kind,
    place: place.name,
    location: place.location,
    placeIs: place.is,
    side,
    section: place.section === 'unknown' ? sectionOf(side) : place.section,
    feature,
    description: propertyFindingText(
      kind,
      { severity, feature, phrase: place.phrase, photos: photoIds.length },
      advice,
    ),
    severity,
    severityReadFrom: readFrom,
    extent,
    ...columns,
    panel: null,
    confidenceRatio: Math.max(...sightings.map((each) => each.finding.confidenceRatio)),
    areaRatio: largestOf(sightings)?.finding.areaRatio ?? null,
    experimental,
    photoIds,
  };
}

/** Of one place the best known: stated, seen, guessed; of several the first photo's. */
const bestKnown = (places: readonly Place[]): Place =>
  places.toSorted((a, b) => PlaceIs.options.indexOf(a.is) - PlaceIs.options.indexOf(b.is))[0] as Place;

/** Of several components the first in the order of the vocabulary, which begins with what carries the building. */
function componentOf(kind: FindingKind, sightings: readonly Sighting[]): Feature {
  const features = sightings.map(({ place, side }) => featureOf(kind, place.feature, side));
  return Feature.options.find((each) => features.includes(each)) ?? 'unknown';
}

function worstOf(sightings: readonly Sighting[]): { severity: Severity; readFrom: SeverityReadFrom } {
  const severity = SEVERITIES.findLast((each) => sightings.some(({ finding }) => finding.severity === each)) ?? 'minor';
  const as = sightings.filter(({ finding }) => finding.severity === severity);
  return { severity, readFrom: as.find(({ readFrom }) => readFrom !== 'unknown')?.readFrom ?? 'unknown' };
}
