import { groupNearDuplicates } from '../photos/near-duplicates.ts';
import type { AssessedPhoto, PhotoAssessment } from '../photos/photo-assessment.ts';

/** Which photos a rating is based on, by the `scoreRatio`s of their quality. */
export const PHOTO_USE_RULES = {
  /** a photo of less quality is not used for a rating; chosen by eye */
  usableQualityRatio: 0.2,
  /** a part of the quality (sharpness, exposure, resolution) below this is named in the notes; chosen by eye */
  poorPartRatio: 0.35,
} as const;

/** An assessed photo, and the owner's words for what it shows. */
export type View = AssessedPhoto & { readonly hint?: string };

/** The photos that were assessed, in the order given, with the owner's words. */
export function viewsOf(photos: readonly PhotoAssessment[], hints: ReadonlyMap<string, string>): View[] {
  return photos
    .filter((photo) => photo.status === 'assessed')
    .map((photo) => {
      const hint = hints.get(photo.photoId);
      return hint === undefined ? photo : { ...photo, hint };
    });
}

/** Groups of two and more views that show the same picture. */
export const copiesAmong = (views: readonly View[]): string[][] =>
  groupNearDuplicates(views.map(({ photoId, media }) => ({ photoId, phash: media.phash }))).filter(
    (group) => group.length > 1,
  );

/** Whether a photo can support a rating: good enough to see something, and not a generated picture. */
export const isUsable = ({ quality, evidence }: AssessedPhoto): boolean =>
  quality.scoreRatio >= PHOTO_USE_RULES.usableQualityRatio && evidence.verdict !== 'synthetic';

/** The usable views, of copies of one picture only the best. */
export function usableViews(views: readonly View[]): View[] {
  const copies = copiesAmong(views);
  const usable = views.filter(isUsable);
  return usable.filter((view) => {
    const group = copies.find((members) => members.includes(view.photoId)) ?? [view.photoId];
    const rivals = usable.filter(({ photoId }) => group.includes(photoId));
    return rivals.every((rival) => rival === view || isBetter(view, rival, usable));
  });
}

/** Better quality, or the same and given earlier. */
const isBetter = (one: View, other: View, order: readonly View[]): boolean =>
  one.quality.scoreRatio === other.quality.scoreRatio
    ? order.indexOf(one) < order.indexOf(other)
    : one.quality.scoreRatio > other.quality.scoreRatio;
