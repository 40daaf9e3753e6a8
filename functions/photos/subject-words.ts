import type { Subject, VehiclePart } from './photo-assessment.ts';

/** What the owner's words for a photo name, as far as it is what the asset is. */
export type Named = 'building' | 'vehicle';

/** What a photo shows in words, such as "a living room"; without a name it is "something else". */
export function withArticle({ label }: Pick<Subject, 'label'>): string {
  if (label === 'other' || label === 'undetermined') return 'something else';
  return `${label === 'exterior' ? 'an' : 'a'} ${label.replaceAll('_', ' ')}`;
}

/** The words of the US trade where they differ from the stored names. */
const US_WORDS: Partial<Record<string, string>> = { bonnet: 'hood', dickey_boot: 'trunk' } satisfies Partial<
  Record<VehiclePart, string>
>;

/** A place, or a part of a vehicle, in words for people in the US. */
export const placeInWords = (place: string): string => US_WORDS[place] ?? place.replaceAll('_', ' ');
