import type { AssetKind } from '../assets/asset.ts';
import { certaintyInWords } from '../photos/certainty.ts';
import { darknessOf, faultsOf, isGoodEnough } from '../photos/faults.ts';
import type { PhotoAssessment } from '../photos/photo-assessment.ts';
import { withArticle } from '../photos/subject-words.ts';
import type { JobTest, QualitySummary } from './assessment.ts';
import { namedBy } from './owner-words.ts';
import { copiesAmong, countsWith, isUsable, showsAsset, type UseRules, usableViews, type View } from './photo-views.ts';
import { contradicts } from './places.ts';

/**
 * How well the photos support an assessment: counts, copies, doubtful origins, and what is wrong with which, in words.
 *
 * @param kind of the asset
 */
export function summariseQuality(
  photos: readonly PhotoAssessment[],
  views: readonly View[],
  kind: AssetKind,
  rules: UseRules,
): QualitySummary {
  const duplicates = copiesAmong(views);
  return {
    photos: {
      total: photos.length,
      assessed: views.length,
      rejected: photos.filter(({ status }) => status === 'rejected').length,
      failed: photos.filter(({ status }) => status === 'failed').length,
      usable: usableViews(
        views.filter((view) => showsAsset(kind, view)),
        rules,
      ).length,
    },
    meanScoreRatio:
      views.length === 0 ? null : views.reduce((sum, { quality }) => sum + quality.scoreRatio, 0) / views.length,
    duplicates,
    doubtful: views.flatMap(({ photoId, evidence: { verdict, summary } }) =>
      verdict === 'suspicious' || verdict === 'synthetic' ? [{ photoId, verdict, reason: summary }] : [],
    ),
    tests: duplicates.flatMap(seenBefore),
    notes: [
      ...photos.flatMap(unreadNote),
      ...duplicates.map((group) => `${group.join(', ')} show the same picture and count once`),
      ...views.flatMap((view) => weaknessNote(view, rules)),
      ...(kind === 'property' ? views.flatMap((view) => darknessNote(view, rules)) : []),
      ...views.flatMap((view) => doubtNote(view, rules)),
      ...views.flatMap((view) => subjectNote(view, kind)),
      ...views.filter((view) => !(isUsable(view, rules) && showsAsset(kind, view))).flatMap(unusedFindingsNote),
    ],
  };
}

const unreadNote = (photo: PhotoAssessment): string[] =>
  photo.status === 'assessed' ? [] : [`${photo.photoId} was ${photo.status}: ${photo.detail}`];

/** All photos of a group but the first. */
const seenBefore = ([first = '', ...later]: readonly string[]): JobTest[] =>
  later.map((photoId) => ({
    photoId,
    test: 'seen_before',
    outcome: 'warn',
    meaning: `it shows the same picture as ${first}`,
    where: first,
  }));

function doubtNote({ photoId, evidence: { verdict, summary } }: View, rules: UseRules): string[] {
  if (verdict !== 'suspicious' && verdict !== 'synthetic') return [];
  const effect = countsWith(verdict, rules) ? '' : ', and is not used for the rating';
  return [`${photoId} is ${verdict}${effect}: ${summary}`];
}

function weaknessNote({ photoId, quality }: View, { photos }: UseRules): string[] {
  const faults = faultsOf(quality, photos);
  if (faults.length === 0) return [];
  const effect = isGoodEnough(quality, photos) ? '' : ', and is not used for the rating';
  return [`${photoId} is ${faults.join(' and ')}${effect}`];
}

/** Of photos whose darkness is not named already. */
function darknessNote({ photoId, quality }: View, { photos }: UseRules): string[] {
  const darkness = darknessOf(quality);
  return darkness === undefined || faultsOf(quality, photos).includes('too dark') ? [] : [`${photoId} is ${darkness}`];
}

/** What a photo shows when that is not the asset, or not what it is called. */
function subjectNote(view: View, kind: AssetKind): string[] {
  const { photoId, subject, hint } = view;
  const shown = `${photoId} shows ${withArticle(subject)} (${certaintyInWords(subject.confidenceRatio)})`;
  if (!showsAsset(kind, view)) {
    return [`${shown}, not the ${kind}, and is not used for the rating${hint ? `; it is called "${hint}"` : ''}`];
  }
  if (hint && subject.label !== 'undetermined' && namedBy(hint, undefined) === NOT_NAMED_BY[kind]) {
    return [`${shown}; it is called "${hint}", and counts as the ${kind}`];
  }
  const contradicted = kind === 'property' && contradicts({ label: subject.label, hint });
  return contradicted ? [`${shown}; it is called "${hint}", and counts as that`] : [];
}

/** What words name that name another thing than the asset. */
const NOT_NAMED_BY = { property: 'vehicle', vehicle: 'building', product: null, collectible: null } as const;

function unusedFindingsNote({ photoId, findings, vehicle }: View): string[] {
  const damage = vehicle && vehicle.severity !== 'undetermined' && vehicle.severity !== 'undamaged' ? [vehicle] : [];
  const named = [
    ...findings.map(({ severity, kind, confidenceRatio }) => ({ what: `${severity} ${kind}`, confidenceRatio })),
    ...damage.map(({ severity, confidenceRatio }) => ({ what: `${severity} damage`, confidenceRatio })),
  ].map(({ what, confidenceRatio }) => `${what.replaceAll('_', ' ')} (${certaintyInWords(confidenceRatio)})`);
  return named.length > 0 ? [`what was found on ${photoId} does not count: ${named.join(', ')}`] : [];
}
