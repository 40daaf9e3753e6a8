import type { PhotoAssessment, Quality } from '../photos/photo-assessment.ts';
import type { JobTest, QualitySummary } from './assessment.ts';
import { copiesAmong, PHOTO_USE_RULES, usableViews, type View } from './photo-views.ts';

/** How well the photos support an assessment: counts, copies, doubtful origins, and what is wrong with which, in words. */
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
    doubtful: views.flatMap(({ photoId, evidence: { verdict, summary } }) =>
      verdict === 'suspicious' || verdict === 'synthetic' ? [{ photoId, verdict, reason: summary }] : [],
    ),
    tests: duplicates.flatMap(seenBefore),
    notes: [
      ...photos.flatMap(unreadNote),
      ...duplicates.map((group) => `${group.join(', ')} show the same picture and count once`),
      ...views.flatMap(weaknessNote),
      ...views.flatMap(doubtNote),
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

function doubtNote({ photoId, evidence: { verdict, summary } }: View): string[] {
  if (verdict === 'suspicious') return [`${photoId} is suspicious: ${summary}`];
  return verdict === 'synthetic' ? [`${photoId} is synthetic, and is not used for the rating: ${summary}`] : [];
}

function weaknessNote({ photoId, quality }: View): string[] {
  const faults = faultsOf(quality);
  if (faults.length === 0) return [];
  const effect = quality.scoreRatio < PHOTO_USE_RULES.usableQualityRatio ? ', and is not used for the rating' : '';
  return [`${photoId} is ${faults.join(' and ')}${effect}`];
}

function faultsOf({ sharpness, exposure, resolution }: Quality): string[] {
  const { poorPartRatio } = PHOTO_USE_RULES;
  return [
    ...(sharpness.scoreRatio < poorPartRatio ? ['blurred'] : []),
    ...(exposure.scoreRatio < poorPartRatio ? [exposure.meanLuma < 0.5 ? 'too dark' : 'too bright'] : []),
    ...(resolution.scoreRatio < poorPartRatio ? [`small (${resolution.megapixels.toFixed(2)} megapixels)`] : []),
  ];
}
