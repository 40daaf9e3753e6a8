import { type PhotoFinding, SEVERITIES, type Severity } from '../photos/photo-assessment.ts';
import type { MergedFinding } from './assessment.ts';
import type { View } from './photo-views.ts';
import { placeOf, sideOf, usualSideOf } from './places.ts';

/** How findings are weighed against one another. */
export const FINDING_RULES = {
  /**
   * points = those of the severity x the model's confidence: the order of findings.
   * Each severity is about twice the one before: chosen by eye.
   */
  severityPoints: { minor: 0.35, moderate: 0.8, severe: 1.6 } satisfies Record<Severity, number>,
} as const;

type Weighed = { readonly severity: Severity; readonly confidenceRatio: number };

/** Points of a finding: severity x confidence. */
export const weightOf = ({ severity, confidenceRatio }: Weighed): number =>
  FINDING_RULES.severityPoints[severity] * confidenceRatio;

/**
 * The findings of the asset: those of one kind at one place are one, however many photos and regions show it.
 *
 * Of several views of the same finding the worst severity counts, and the highest confidence that there is one, so that
 * another photo never makes it look better. The place is the owner's word for what the photo shows, otherwise the model's. Most points
 * first.
 */
export function mergeFindings(views: readonly View[]): MergedFinding[] {
  const merged = new Map<string, MergedFinding>();
  for (const found of views.flatMap(findingsOf)) {
    const key = [found.kind, found.place, found.side, found.experimental].join('|');
    const before = merged.get(key);
    merged.set(key, before ? merge(before, found) : found);
  }
  return [...merged.values()].toSorted(
    (a, b) => Number(a.experimental) - Number(b.experimental) || weightOf(b) - weightOf(a),
  );
}

function merge(one: MergedFinding, other: MergedFinding): MergedFinding {
  return {
    ...one,
    severity: SEVERITIES.indexOf(other.severity) > SEVERITIES.indexOf(one.severity) ? other.severity : one.severity,
    confidenceRatio: Math.max(one.confidenceRatio, other.confidenceRatio),
    areaRatio: largerOf(one.areaRatio, other.areaRatio),
    photoIds: [...new Set([...one.photoIds, ...other.photoIds])].toSorted(),
  };
}

const largerOf = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.max(one, other);

const findingsOf = (view: View): MergedFinding[] => [
  ...view.findings.map((finding) => ofBuilding(view, finding)),
  ...ofVehicle(view),
];

function ofBuilding(view: View, { box: _whereOnThePhoto, ...finding }: PhotoFinding): MergedFinding {
  const shown = { label: view.subject.label, hint: view.hint };
  const side = sideOf(shown);
  return {
    ...finding,
    place: placeOf(shown),
    side: side === 'unknown' ? usualSideOf(finding.kind) : side,
    photoIds: [view.photoId],
  };
}

/** A damaged vehicle's parts, or the vehicle as a whole where no part is certain. */
function ofVehicle({ photoId, vehicle }: View): MergedFinding[] {
  if (!vehicle || vehicle.severity === 'undamaged' || vehicle.severity === 'undetermined') return [];
  const { severity, confidenceRatio, experimental } = vehicle;
  const damage = { kind: 'vehicle_damage', side: 'exterior', severity, areaRatio: null, photoIds: [photoId] } as const;
  const whole: MergedFinding = { ...damage, place: 'vehicle', confidenceRatio, experimental, photoIds: [photoId] };
  const parts = vehicle.parts.map(
    (part): MergedFinding => ({
      ...damage,
      place: part.part,
      confidenceRatio: Math.min(confidenceRatio, part.confidenceRatio),
      experimental: experimental || part.experimental,
      photoIds: [photoId],
    }),
  );
  // An experimental part must not take the damage itself out of the rating.
  return parts.some((part) => part.experimental === experimental) ? parts : [whole, ...parts];
}
