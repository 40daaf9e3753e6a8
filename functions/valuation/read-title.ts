import type { AssetKind } from '../assets/asset.ts';
import type { TitleLexicon } from './relevance-policy.ts';
import { type Grade, takeGrade } from './title-grade.ts';
import { takeNumbers } from './title-numbers.ts';
import { phrasePattern, phrasesIn, plainText, take, wordsOf } from './title-text.ts';

/** Why a title cannot be the one thing itself, whatever else it says. */
export type OtherThing = 'lot' | 'copy' | 'container' | 'otherForm' | 'accessory' | 'broken';

/** What a title says, as far as prices depend on it. */
export type TitleTraits = {
  /** every word in order, spelled as the lexicon spells it */
  readonly words: readonly string[];
  /** words that no list knows: names, models, plain numbers */
  readonly distinctive: readonly string[];
  readonly years: readonly number[];
  readonly numbers: readonly string[];
  readonly printRun?: number;
  readonly grade?: Grade;
  readonly autograph: boolean;
  readonly relic: boolean;
  readonly variants: readonly string[];
  readonly lines: readonly string[];
  readonly parents: readonly string[];
  readonly models: readonly string[];
  readonly colours: readonly string[];
  /** measures such as "128 gb" */
  readonly quantities: readonly Quantity[];
  readonly otherThings: readonly { readonly thing: OtherThing; readonly word: string }[];
  readonly isCardGame: boolean;
};

export type Quantity = { readonly unit: string; readonly amount: number };

/** Reads titles of a kind; collectibles have parallels, grades and print runs, other things models, measures and accessories. */
export function titleReader(kind: AssetKind, lexicon: TitleLexicon) {
  const patterns = patternsOf(lexicon);
  const isCollectible = kind === 'collectible';

  /** @param asCardGame whether the query is of a card game, which its comps need not repeat */
  return (title: string, asCardGame = false): TitleTraits => {
    const text = knownText(title, patterns);
    const isCardGame = isCollectible && (asCardGame || patterns.cardGames.test(text));
    patterns.cardGames.lastIndex = 0;
    const graded = isCollectible ? takeGrade(text, lexicon) : { rest: text };
    const { rest: unnumbered, ...numbers } = takeNumbers(graded.rest, isCardGame);
    const counted = isCollectible ? { numbers, rest: unnumbered } : yearsOnly(text);
    const affirmed = counted.rest.replace(DENIED, ' ');
    return {
      words: wordsOf(text),
      ...counted.numbers,
      ...('grade' in graded && graded.grade && { grade: graded.grade }),
      isCardGame,
      autograph:
        isCollectible &&
        phrasesIn(`${affirmed}${text.includes('psa/dna') ? ' auto ' : ''}`, patterns.autographs).length > 0,
      relic: isCollectible && phrasesIn(affirmed, patterns.relics).length > 0,
      otherThings: otherThings(affirmed, patterns, isCollectible),
      ...classified(affirmed, patterns, isCollectible),
    };
  };
}

/** Reads the words of titles alone: `TitleTraits.words`. */
export function titleWords(lexicon: TitleLexicon): (title: string) => string[] {
  const patterns = patternsOf(lexicon);
  return (title) => wordsOf(knownText(title, patterns));
}

/** "no auto", "not signed", "without box": the word after it is denied. */
const DENIED = /\b(?:no|not|non|without|never|w\/o)[\s-](?:an?\s)?[a-z]+/g;

function yearsOnly(text: string) {
  const { years, rest } = takeNumbers(text, true);
  return { numbers: { years, numbers: [] }, rest: rest === '' ? text : restoreNumbers(text, years) };
}

/** Of a product every number but its year names the model. */
const restoreNumbers = (text: string, years: readonly number[]): string =>
  years.reduce((rest, year) => rest.replace(String(year), ' '), text);

type Patterns = ReturnType<typeof compiled>;

/** Compiled once for each lexicon. */
const PATTERNS = new WeakMap<TitleLexicon, Patterns>();

function patternsOf(lexicon: TitleLexicon): Patterns {
  const patterns = PATTERNS.get(lexicon) ?? compiled(lexicon);
  PATTERNS.set(lexicon, patterns);
  return patterns;
}

function compiled(lexicon: TitleLexicon) {
  const { aliases, ambiguousGraders: _hardly, gradeWords: _not, speculative: _here, ...lists } = lexicon;
  const patterns = Object.fromEntries(
    Object.entries(lists).map(([name, phrases]) => [name, phrasePattern(phrases)]),
  ) as Record<keyof typeof lists, RegExp>;
  return {
    ...patterns,
    aliases: phrasePattern(aliases.map(({ written }) => written)),
    meanings: new Map(aliases.map(({ written, meant }) => [written, meant])),
  };
}

/** A title in plain text, in the lexicon's spelling, without phrases that mean nothing. */
const knownText = (title: string, patterns: Patterns): string =>
  withAliases(plainText(title), patterns).replace(patterns.innocent, ' ');

const withAliases = (text: string, { aliases, meanings }: Patterns): string =>
  text.replace(aliases, (written) => meanings.get(written.replace(/[-']/g, ' ')) ?? written);

/** Several of it: "x4", "4x", "(10)", "12 cards". */
const SEVERAL =
  /(?<![\w#])(?:x\s?[2-9]\d?|[2-9]\d?x|\((?:[2-9]|[1-9]\d)\)|(?:[2-9]|[1-9]\d{1,3})[\s-](?:cards?|pcs|pieces))(?!\w)/g;
/** Dimensions of a photo or poster, such as "8x10". */
const DIMENSIONS = /(?<![\w.])\d{1,2}\s?x\s?\d{1,2}(?!\w)/g;
/** "box only": the thing before it, without the rest. */
const ONLY = /([a-z]+)\sonly\b/g;

function otherThings(text: string, patterns: Patterns, isCollectible: boolean): TitleTraits['otherThings'] {
  const [main = text] = text.split(patterns.includes);
  const of = (thing: OtherThing, where: string, pattern: RegExp) =>
    phrasesIn(where, pattern).map((word) => ({ thing, word: word.trim() }));
  const only = [...text.matchAll(ONLY)].map(([, word = '']) => ({ thing: 'accessory' as const, word }));
  return [
    ...of('lot', text, patterns.lots),
    ...of('lot', text, SEVERAL),
    ...of('copy', text, patterns.copies),
    ...(isCollectible
      ? [
          ...of('container', main, patterns.containers),
          ...of('otherForm', text, patterns.otherForms),
          ...of('otherForm', text, DIMENSIONS),
        ]
      : [...of('accessory', main, patterns.accessories), ...of('broken', text, patterns.broken)]),
    ...only,
  ];
}

const QUANTITY = /(?<![\w.])(\d+(?:\.\d+)?)[\s-]?(gb|tb|mm|cm|inch|mp|mah|ml|kg|hz|cc|hp)(?![a-z0-9])/g;

/** "size 10", "US 10" */
const SIZE = /(?<![\w.])(?:size|sz|us)[\s:]{0,2}(\d{1,2}(?:\.5)?)(?![\w.])/g;

/** The words of a title by the lists that know them; what is left is distinctive. */
function classified(text: string, patterns: Patterns, isCollectible: boolean) {
  const [main = text] = isCollectible ? [text] : text.split(patterns.includes);
  const quantities = isCollectible ? { found: [], rest: main } : take(main, QUANTITY);
  const sizes = isCollectible ? { found: [], rest: quantities.rest } : take(quantities.rest, SIZE);
  let rest = sizes.rest;
  const taken = (pattern: RegExp): string[] => {
    const phrases = phrasesIn(rest, pattern);
    rest = take(rest, pattern).rest;
    return phrases;
  };
  const lines = isCollectible ? taken(patterns.lines) : [];
  const models = isCollectible ? [] : taken(patterns.models);
  const variants = isCollectible ? taken(patterns.variants) : [];
  const colours = isCollectible ? [] : taken(patterns.colours);
  const parents = taken(patterns.parents);
  const described = [patterns.context, patterns.autographs, patterns.relics, patterns.raw];
  for (const pattern of isCollectible ? [...described, patterns.graders] : [patterns.context]) taken(pattern);
  return {
    lines,
    models,
    variants,
    colours,
    parents,
    quantities: [
      ...quantities.found.map(([, amount, unit = '']) => ({ unit, amount: Number(amount) })),
      ...sizes.found.map(([, amount]) => ({ unit: 'size', amount: Number(amount) })),
    ],
    distinctive: [...new Set(wordsOf(rest.replaceAll('#', ' #')))],
  };
}
