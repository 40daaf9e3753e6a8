import { isTooDarkFor } from '../photos/faults.ts';
import type { CrackShape } from '../photos/finding-size.ts';
import { type Box, FindingKind, type PhotoFinding, type Quality } from '../photos/photo-assessment.ts';
import type { FindingRules } from './finding-policy.ts';
import type { ModelAnswer, Word, WordBox } from './model-answer.ts';
import type { Outline } from './outline.ts';
import { findRegions } from './regions.ts';
import { severityOf } from './severity.ts';

/** A finding with its outline, for the overlay. */
export type OutlinedFinding = { readonly finding: PhotoFinding; readonly outline: Outline };

type SeenPhoto = {
  readonly closeUp: boolean;
  /** the part of the photo that the model saw */
  readonly shown: Box;
  readonly quality: Quality;
};

/**
 * Non-maximum suppression: boxes of one kind whose intersection over union (IoU) exceeds this are one finding. 0.5 is PASCAL
 * VOC's threshold for the same object.
 */
const SAME_BOX_RATIO = 0.5;

/** Damage that an output reports, with its region; with neither area, box nor outline it is about the whole photo. */
type Found = Omit<Word, 'word' | 'reachesThreshold'> & {
  readonly kind: FindingKind;
  readonly areaRatio: number | null;
  readonly box: Box | null;
  readonly outline: Outline;
  readonly shape?: CrackShape;
};

/**
 * The findings on a photo, the most certain first; none when the model abstains.
 *
 * A kind found both with regions and for the whole photo is found once, with the regions. Not found are stains in the dark,
 * and damage of unknown kind beside damage of a known kind, which may be all of it.
 */
export function readFindings(answer: ModelAnswer, photo: SeenPhoto, rules: FindingRules): OutlinedFinding[] {
  if (answer.abstains) return [];
  const [placed, named] = [placedIn(answer, photo.shown), namedIn(answer)];
  const found = [
    ...[...Map.groupBy(placed, ({ kind }) => kind)].flatMap(([kind, regions]) => confirmed(regions, named.get(kind))),
    ...[...named.values()].filter(({ kind }) => !placed.some((each) => each.kind === kind)),
  ];
  return withoutExplained(found.filter(({ kind }) => !isTooDarkFor(kind, photo.quality)))
    .map((each) => outlined(each, photo, rules))
    .toSorted((a, b) => b.finding.confidenceRatio - a.finding.confidenceRatio);
}

/** Damage with its region. */
function placedIn({ maps, boxes }: ModelAnswer, shown: Box): Found[] {
  const mapped = maps.flatMap((map) => findRegions(map, shown).flatMap((region) => ofOurs({ ...map, ...region })));
  const boxed = distinctBoxes(boxes).flatMap((found) => {
    const box = withinPhoto(found.box, shown);
    return ofOurs({ ...found, box, areaRatio: box.width * box.height, outline: [corners(box)] });
  });
  return [...mapped, ...boxed];
}

/** Damage of the whole photo by kind: all labels above their thresholds, and of exclusive classes the most probable. */
function namedIn({ labels, classes }: ModelAnswer): ReadonlyMap<FindingKind, Found> {
  const found = [...labels, ...classes.flatMap((words) => words.slice(0, 1))]
    .filter(({ reachesThreshold }) => reachesThreshold)
    .flatMap((word) => ofOurs({ ...word, box: null, areaRatio: null, outline: [] }));
  return new Map(
    surestFirst(found)
      .toReversed()
      .map((each) => [each.kind, each]),
  );
}

const ofOurs = ({ word, ...found }: Omit<Found, 'kind'> & Pick<Word, 'word'>): Found[] => {
  const kind = FindingKind.safeParse(word);
  return kind.success ? [{ ...found, kind: kind.data }] : [];
};

/** What is not experimental first, then by descending confidence. */
const surestFirst = (found: readonly Found[]): Found[] =>
  found.toSorted((a, b) => Number(a.experimental) - Number(b.experimental) || b.confidenceRatio - a.confidenceRatio);

/**
 * The regions of one kind. Where another output finds the kind on the whole photo and counts for more (it alone is not
 * experimental, or it is more confident), the surest region takes its confidence, and no other region has more.
 */
function confirmed(regions: readonly Found[], whole: Found | undefined): readonly Found[] {
  const [surest] = surestFirst(regions);
  if (!whole || !surest || surestFirst([surest, whole])[0] === surest) return regions;
  const { confidenceRatio, thresholdRatio, experimental } = whole;
  return regions.map((region) =>
    region === surest || region.confidenceRatio > confidenceRatio
      ? { ...region, confidenceRatio, thresholdRatio, experimental }
      : { ...region, experimental },
  );
}

/** Without damage of unknown kind where damage of a known kind counts. */
function withoutExplained(found: readonly Found[]): Found[] {
  const known = found.some(({ kind, experimental }) => kind !== 'unknown_damage' && !experimental);
  return found.filter(({ kind }) => !known || kind !== 'unknown_damage');
}

function outlined(
  { outline, thresholdRatio, ...found }: Found,
  photo: SeenPhoto,
  rules: FindingRules,
): OutlinedFinding {
  const { kind, confidenceRatio, areaRatio, box, experimental } = found;
  const severity = severityOf({ ...found, thresholdRatio }, photo, rules);
  const shape = kind === 'crack' && found.shape ? { shape: found.shape } : {};
  return {
    finding: { kind, severity, confidenceRatio, thresholdRatio, areaRatio, box, experimental, ...shape },
    outline,
  };
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
