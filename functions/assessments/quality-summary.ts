import type { PhotoAssessment, Quality } from '../photos/photo-assessment.ts';
import type { QualitySummary } from './assessment.ts';
import { copiesAmong, USABLE_QUALITY_RATIO, usableViews, type View } from './photo-views.ts';

/** A part of the quality below this is worth a remark. */
const POOR_RATIO = 0.35;

/** How far the photos carry: counts, copies, doubtful origins, and what is wrong with which, in words. */
export function summariseQuality(photos: readonly PhotoAssessment[], views: readonly View[]): QualitySummary {
  const duplicates = copiesAmong(views);
  return {
    photos: {
      total: photos.length,
      assessed: views.length,
      rejected: photos.filter(({ status }) => status === 'rejected').length,
      failed: photos.filter(({ status }) => status === 'failed').length,
      usable: usableViews(views).length,
    },
    meanScoreRatio:
      views.length === 0 ? null : views.reduce((sum, { quality }) => sum + quality.scoreRatio, 0) / views.length,
    duplicates,
    doubtful: views.flatMap(({ photoId, evidence: { verdict } }) =>
      verdict === 'suspicious' || verdict === 'synthetic' ? [{ photoId, verdict }] : [],
    ),
    notes: [
      ...photos.flatMap(unreadNote),
      ...duplicates.map((group) => `${group.join(', ')} show the same picture and count once`),
      ...views.flatMap(weaknessNote),
      ...views.flatMap(({ photoId, evidence }) =>
        evidence.verdict === 'synthetic'
          ? [`${photoId} counts for no rating: ${evidence.reasons[0] ?? 'generated'}`]
          : [],
      ),
    ],
  };
}

const unreadNote = (photo: PhotoAssessment): string[] =>
  photo.status === 'assessed' ? [] : [`${photo.photoId} was ${photo.status}: ${photo.detail}`];

function weaknessNote({ photoId, quality }: View): string[] {
  const faults = faultsOf(quality);
  if (faults.length === 0) return [];
  const effect = quality.scoreRatio < USABLE_QUALITY_RATIO ? ', too weak to count' : '';
  return [`${photoId} is ${faults.join(' and ')}${effect}`];
}

function faultsOf({ sharpness, exposure, resolution }: Quality): string[] {
  return [
    ...(sharpness.scoreRatio < POOR_RATIO ? ['blurred'] : []),
    ...(exposure.scoreRatio < POOR_RATIO ? [exposure.meanLuma < 0.5 ? 'too dark' : 'too bright'] : []),
    ...(resolution.scoreRatio < POOR_RATIO ? [`small (${resolution.megapixels.toFixed(2)} megapixels)`] : []),
  ];
}
