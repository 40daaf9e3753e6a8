import {
  type Box,
  FindingKind,
  type PhotoFinding,
  type Subject,
  SubjectLabel,
  type VehicleCondition,
  VehiclePart,
} from '../photos/photo-assessment.ts';
import type { ModelAnswer, Word, WordBox } from './model-answer.ts';
import { VEHICLE_SEVERITIES } from './model-card.ts';
import type { Outline } from './outline.ts';
import { findRegions } from './regions.ts';
import { severityOf } from './severity.ts';

/** A finding with its outline, for the overlay. */
export type OutlinedFinding = { readonly finding: PhotoFinding; readonly outline: Outline };

/**
 * Non-maximum suppression: boxes of one kind whose intersection over union (IoU) exceeds this are one finding. 0.5 is PASCAL
 * VOC's threshold for the same object.
 */
const SAME_BOX_RATIO = 0.5;

/** The photo's subject; `undetermined` when the model is below its threshold or abstains. */
export function readSubject({ classes, abstains }: ModelAnswer): Subject {
  const best = classes[0]?.[0];
  const label = SubjectLabel.safeParse(best?.word);
  if (!best || !label.success) return { label: 'undetermined', confidenceRatio: 0 };
  return {
    label: best.reachesThreshold && !abstains ? label.data : 'undetermined',
    confidenceRatio: best.confidenceRatio,
  };
}

/** The findings on a photo, the most certain first; none when the model abstains. */
export function readFindings(
  answer: ModelAnswer,
  photo: { readonly closeUp: boolean; readonly shown: Box },
): OutlinedFinding[] {
  if (answer.abstains) return [];
  const mapped = answer.maps.flatMap((map) =>
    findRegions(map, photo.shown).flatMap((region) => outlined({ ...map, ...region }, region.outline, photo)),
  );
  const boxed = distinctBoxes(answer.boxes).flatMap((found) => {
    const box = withinPhoto(found.box, photo.shown);
    return outlined({ ...found, box, areaRatio: box.width * box.height }, [corners(box)], photo);
  });
  // Models that report damage without a place: the most probable class, or all labels above their thresholds.
  const named = [...answer.labels, ...answer.classes.flatMap((words) => words.slice(0, 1))]
    .filter(({ reachesThreshold }) => reachesThreshold)
    .flatMap((found) => outlined({ ...found, box: null, areaRatio: null }, [], photo));
  return [...mapped, ...boxed, ...named].toSorted((a, b) => b.finding.confidenceRatio - a.finding.confidenceRatio);
}

/** The damage severity of a vehicle, and the damaged parts, if any. */
export function readVehicle({ classes, labels, abstains }: ModelAnswer): VehicleCondition {
  const severities: readonly string[] = VEHICLE_SEVERITIES;
  const best = classes.find((words) => words.some(({ word }) => severities.includes(word)))?.[0];
  const severity = VEHICLE_SEVERITIES.find((each) => each === best?.word);
  if (!best || !severity) return { severity: 'undetermined', confidenceRatio: 0, experimental: false, parts: [] };
  const settled = best.reachesThreshold && !abstains ? severity : 'undetermined';
  const damaged = settled !== 'undamaged' && settled !== 'undetermined';
  return {
    severity: settled,
    confidenceRatio: best.confidenceRatio,
    experimental: best.experimental,
    parts: damaged ? labels.flatMap(partOf) : [],
  };
}

function partOf({ word, reachesThreshold, confidenceRatio, experimental }: Word): VehicleCondition['parts'] {
  const part = VehiclePart.safeParse(word);
  return reachesThreshold && part.success ? [{ part: part.data, confidenceRatio, experimental }] : [];
}

type Found = Word & { readonly box: Box | null; readonly areaRatio: number | null };

function outlined(found: Found, outline: Outline, photo: { readonly closeUp: boolean }): OutlinedFinding[] {
  const kind = FindingKind.safeParse(found.word);
  if (!kind.success) return [];
  const { confidenceRatio, thresholdRatio, areaRatio, box, experimental } = found;
  const severity = severityOf({ kind: kind.data, confidenceRatio, thresholdRatio, areaRatio, box }, photo);
  return [{ finding: { kind: kind.data, severity, confidenceRatio, areaRatio, box, experimental }, outline }];
}

/** Non-maximum suppression: of overlapping boxes of one kind the most certain. */
function distinctBoxes(boxes: readonly WordBox[]): WordBox[] {
  const kept: WordBox[] = [];
  for (const box of boxes.toSorted((a, b) => b.confidenceRatio - a.confidenceRatio)) {
    if (!kept.some((each) => each.word === box.word && overlapRatio(each.box, box.box) > SAME_BOX_RATIO))
      kept.push(box);
  }
  return kept;
}

/** Intersection over union. */
function overlapRatio(one: Box, other: Box): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  const shared = Math.max(0, width) * Math.max(0, height);
  const whole = one.width * one.height + other.width * other.height - shared;
  return whole > 0 ? shared / whole : 0;
}

const withinPhoto = (box: Box, shown: Box): Box => ({
  x: shown.x + box.x * shown.width,
  y: shown.y + box.y * shown.height,
  width: box.width * shown.width,
  height: box.height * shown.height,
});

const corners = ({ x, y, width, height }: Box): [number, number][] => [
  [x, y],
  [x + width, y],
  [x + width, y + height],
  [x, y + height],
];
