import type { FindingKind } from './photo-assessment.ts';

/** Kinds whose name is no noun, or says less than is meant. */
const WORDS: Partial<Record<string, string>> = {
  unknown_damage: 'damage of unknown kind',
  destroyed: 'destruction or collapse',
} satisfies Partial<Record<FindingKind, string>>;

/** A kind of damage in words that follow "no" or "severe", such as "damp stain". */
export const kindInWords = (kind: string): string => WORDS[kind] ?? kind.replaceAll('_', ' ');
