import type { Subject } from './photo-assessment.ts';

/** What the owner's words for a photo name, as far as it is what the asset is. */
export type Named = 'building' | 'vehicle';

/** What a photo shows in words, such as "a living room"; without a name it is "something else". */
export function withArticle({ label }: Pick<Subject, 'label'>): string {
  if (label === 'other' || label === 'undetermined') return 'something else';
  return `${label === 'exterior' ? 'an' : 'a'} ${label.replaceAll('_', ' ')}`;
}
