import type { AssetKind } from '../assets/asset.ts';
import { SHOWS_NO } from '../condition/questions.ts';
import { isGoodEnough } from '../photos/faults.ts';
import { groupNearDuplicates } from '../photos/near-duplicates.ts';
import type { AssessedPhoto, PhotoAssessment } from '../photos/photo-assessment.ts';
import { namedPlace } from './named-place.ts';
import { namedBy, namesPlace } from './owner-words.ts';
import type { PhotoPolicies } from './photo-policies.ts';
import { panelWords } from './vehicle-panels.ts';

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
  groupNearDuplicates(
    views.map(({ photoId, media, hint }) => ({ photoId, phash: media.phash, side: panelWords(hint).side })),
  ).filter((group) => group.length > 1);

/** What photos can be used for. */
export type UseRules = Pick<PhotoPolicies['documents'], 'photos' | 'evidence'>;

/** Whether a photo can support a rating: good enough to see something, and of a verdict that counts. */
export const isUsable = ({ quality, evidence: { verdict } }: AssessedPhoto, rules: UseRules): boolean =>
  isGoodEnough(quality, rules.photos) && countsWith(verdict, rules);

/** Whether photos of this verdict count. */
export const countsWith = (verdict: AssessedPhoto['evidence']['verdict'], { evidence }: UseRules): boolean =>
  verdict === 'suspicious' || verdict === 'synthetic' ? evidence.countsForRating[verdict] : true;

/**
 * Whether a photo shows a thing of this kind, or may.
 *
 * `other` shows no property unless its owner names a part of one: of 28 photos of burnt, collapsed and damaged houses of val none
 * is `other`, but most paintings, streets and landscapes are.
 */
export function showsAsset(kind: AssetKind, { subject: { label }, hint }: View): boolean {
  if (label === 'undetermined') return true;
  if (kind === 'property' && label === 'other') return hint !== undefined && namedBy(hint, kind) === 'building';
  return !SHOWS_NO[kind].includes(label);
}

/** The usable views, of copies of one picture only the best. */
export const usableViews = (views: readonly View[], rules: UseRules): View[] =>
  bestOf(
    views.filter((view) => isUsable(view, rules)),
    copiesAmong(views),
  );

/** Of views that can be used, of copies of one picture only the best. */
export const withoutCopies = (usable: readonly View[]): View[] => bestOf(usable, copiesAmong(usable));

function bestOf(usable: readonly View[], copies: readonly (readonly string[])[]): View[] {
  return usable.filter((view) => {
    const group = copies.find((members) => members.includes(view.photoId)) ?? [view.photoId];
    const rivals = usable.filter(({ photoId }) => group.includes(photoId));
    return rivals.every((rival) => rival === view || isBetter(view, rival, usable));
  });
}

/**
 * The views, copies of one picture with one subject and the same words of their owner: the subject of the best copy, and the words of
 * the first that names a place ("photo 3" hides no "kitchen ceiling"). A copy under another name shows no other place.
 */
export function asOnePlace(views: readonly View[]): View[] {
  const copies = copiesAmong(views);
  return views.map((view) => {
    const ids = copies.find((members) => members.includes(view.photoId));
    if (!ids) return view;
    const group = views
      .filter(({ photoId }) => ids.includes(photoId))
      .toSorted((a, b) => (a.photoId < b.photoId ? -1 : 1));
    const best = group.find((one) => group.every((other) => other === one || isBetter(one, other, group))) ?? view;
    const { hint: _own, ...rest } = view;
    const hint = tellingOf(
      group.flatMap((each) => each.hint ?? []),
      best.subject.label,
    );
    return { ...rest, subject: best.subject, ...(hint !== undefined && { hint }) };
  });
}

/** Of several words for one picture the first that name a room or a panel, otherwise a part, a place of no vocabulary, or anything. */
const tellingOf = (hints: readonly string[], label: View['subject']['label']): string | undefined =>
  [
    label === 'vehicle' ? namesPanel : namesRoom,
    namesPlace,
    (hint: string) => namedPlace(hint).unknown.length > 0,
    () => true,
  ].flatMap((tells) => hints.filter(tells))[0];

const namesPanel = (hint: string): boolean => panelWords(hint).name !== undefined;

/** "Inside" and "room" name none, "front" is a side of the house. */
function namesRoom(hint: string): boolean {
  const { row, apart } = namedPlace(hint);
  return row !== undefined && (row.role !== 'generic' || apart.length > 0);
}

/** Better quality, or the same and given earlier. */
const isBetter = (one: View, other: View, order: readonly View[]): boolean =>
  one.quality.scoreRatio === other.quality.scoreRatio
    ? order.indexOf(one) < order.indexOf(other)
    : one.quality.scoreRatio > other.quality.scoreRatio;
