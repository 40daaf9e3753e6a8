import type { TitleTraits } from './read-title.ts';
import type { RelevanceRule, TitleLexicon } from './relevance-policy.ts';
import type { Grade } from './title-grade.ts';
import { matchWord, withPairs } from './word-match.ts';

/** One way in which a title is not the query. */
export type Difference = { readonly rule: RelevanceRule; readonly text: string };

/** Every difference between what a query wants and what a title says. */
export function differencesBetween(wanted: TitleTraits, found: TitleTraits, lexicon: TitleLexicon): Difference[] {
  const numbers = numberDifferences(wanted, found);
  const hasNumber = wanted.numbers.length > 0 && numbers.length === 0;
  return [
    ...otherThingDifferences(wanted, found),
    ...yearDifferences(wanted, found),
    ...numbers,
    ...gradeDifferences(wanted.grade, found.grade),
    ...attributeDifferences(wanted, found),
    ...variantDifferences(wanted, found, lexicon),
    ...measureDifferences(wanted, found),
    ...wordDifferences(wanted, found, hasNumber),
  ];
}

const THINGS = {
  lot: 'several in one sale',
  copy: 'not the genuine thing',
  container: 'a box, pack or case',
  otherForm: 'another kind of thing',
  accessory: 'an accessory or part',
  broken: 'does not work',
} as const;

function otherThingDifferences(wanted: TitleTraits, found: TitleTraits): Difference[] {
  const wantedWords = new Set([...wanted.words, ...wanted.otherThings.map(({ word }) => word)]);
  const others = found.otherThings
    .filter(({ word }) => !wantedWords.has(word))
    .map(({ thing, word }) => ({ rule: 'otherThing' as const, text: `${THINGS[thing]}: "${word}"` }));
  return isForIt(wanted, found) ? [...others, { rule: 'otherThing', text: `${THINGS.accessory}: for it` }] : others;
}

/** "Case for iPhone 13": what the query names only stands after "for". */
function isForIt({ distinctive, parents, words: wantedWords }: TitleTraits, { words }: TitleTraits): boolean {
  const at = words.indexOf('for');
  if (at < 1 || wantedWords.includes('for')) return false;
  const first = words.findIndex((word) => distinctive.includes(word) || parents.includes(word));
  return first > at;
}

function yearDifferences({ years: wanted }: TitleTraits, { years: found }: TitleTraits): Difference[] {
  const [first] = found;
  if (wanted.length === 0) return [];
  if (first === undefined) return [{ rule: 'noYear', text: `no year; expected ${wanted.join(', ')}` }];
  if (wanted.includes(first)) return [];
  const rule = wanted.some((year) => found.includes(year)) ? 'lateYear' : 'otherYear';
  return [{ rule, text: `year ${first}; expected ${wanted.join(', ')}` }];
}

function numberDifferences(wanted: TitleTraits, found: TitleTraits): Difference[] {
  if (wanted.numbers.length === 0) return [];
  const plain = withPairs(found.words);
  const isThere = wanted.numbers.some(
    (number) => found.numbers.some((other) => isSameNumber(number, other)) || plain.has(number),
  );
  if (isThere) return [];
  const expected = `expected #${wanted.numbers.join(', #')}`;
  const [other] = found.numbers;
  return other === undefined
    ? [{ rule: 'noNumber', text: `no number; ${expected}` }]
    : [{ rule: 'otherNumber', text: `#${other}; ${expected}` }];
}

/** "4" is "4/102"; "4/130" is not. */
function isSameNumber(one: string, other: string): boolean {
  const [number, total] = one.split('/');
  const [otherNumber, otherTotal] = other.split('/');
  return number === otherNumber && (total === undefined || otherTotal === undefined || total === otherTotal);
}

const gradeText = ({ grader, value, qualifier }: Grade): string =>
  [grader?.toUpperCase(), value, qualifier?.toUpperCase()].filter(Boolean).join(' ');

function gradeDifferences(wanted: Grade | undefined, found: Grade | undefined): Difference[] {
  if (!wanted && !found) return [];
  if (!wanted || !found) {
    const text = found ? `graded ${gradeText(found)}; the query names no grade` : 'not graded; expected a grade';
    return [{ rule: 'otherGrade', text }];
  }
  const text = `graded ${gradeText(found)}; expected ${gradeText(wanted)}`;
  if (wanted.value !== undefined && wanted.value !== found.value) return [{ rule: 'otherGrade', text }];
  const isSame = (wanted.grader ?? found.grader) === found.grader && wanted.qualifier === found.qualifier;
  return isSame ? [] : [{ rule: 'otherGrader', text }];
}

function attributeDifferences(wanted: TitleTraits, found: TitleTraits): Difference[] {
  const differences: Difference[] = [];
  if (wanted.printRun !== found.printRun) {
    const text = `${runText(found.printRun)}; expected ${runText(wanted.printRun)}`;
    differences.push({ rule: 'otherPrintRun', text });
  }
  if (wanted.autograph !== found.autograph) {
    differences.push({ rule: 'otherAutograph', text: found.autograph ? 'signed' : 'not signed' });
  }
  if (wanted.relic !== found.relic) {
    differences.push({ rule: 'otherRelic', text: found.relic ? 'with a relic' : 'without a relic' });
  }
  return differences;
}

const runText = (printRun: number | undefined): string => (printRun === undefined ? 'not numbered' : `/${printRun}`);

function variantDifferences(wanted: TitleTraits, found: TitleTraits, lexicon: TitleLexicon): Difference[] {
  const isImplied = (word: string) => lexicon.impliedVariants.includes(word);
  const { extra: extraParents, missing: missingParents } = compared(wanted.parents, found.parents);
  const variants = compared(wanted.variants, found.variants);
  const lines = compared(wanted.lines, found.lines);
  const models = compared(wanted.models, found.models);
  return [
    ...each(
      'extraVariant',
      'also',
      variants.extra.filter((word) => !isImplied(word)),
    ),
    ...each(
      'missingVariant',
      'not',
      variants.missing.filter((word) => !isImplied(word)),
    ),
    ...each('missingImpliedVariant', 'not', variants.missing.filter(isImplied)),
    ...each('extraLine', 'also', lines.extra),
    ...each('missingLine', 'not', lines.missing),
    ...each('extraModel', 'also', models.extra),
    ...each('missingModel', 'not', models.missing),
    ...(extraParents.length > 0 && missingParents.length > 0
      ? each('otherParent', 'of', extraParents.slice(0, 1))
      : each('missingParent', 'not', missingParents)),
  ];
}

const each = (rule: RelevanceRule, verb: string, words: readonly string[]): Difference[] =>
  words.map((word) => ({ rule, text: `${verb} "${word}"` }));

const compared = (wanted: readonly string[], found: readonly string[]) => ({
  extra: found.filter((word) => !wanted.includes(word)),
  missing: wanted.filter((word) => !found.includes(word)),
});

function measureDifferences(wanted: TitleTraits, found: TitleTraits): Difference[] {
  const colours: Difference[] =
    wanted.colours.length === 0 || wanted.colours.some((colour) => found.colours.includes(colour))
      ? []
      : found.colours.length === 0
        ? [{ rule: 'noColour', text: `no colour; expected ${wanted.colours.join(', ')}` }]
        : [{ rule: 'otherColour', text: `${found.colours.join(', ')}; expected ${wanted.colours.join(', ')}` }];
  const quantities = wanted.quantities.flatMap(({ unit, amount }): Difference[] => {
    const others = found.quantities.filter((other) => other.unit === unit).map((other) => other.amount);
    if (others.includes(amount)) return [];
    return others.length === 0
      ? [{ rule: 'noQuantity', text: `no ${unit}; expected ${amount} ${unit}` }]
      : [{ rule: 'otherQuantity', text: `${others.join(', ')} ${unit}; expected ${amount} ${unit}` }];
  });
  return [...colours, ...quantities];
}

function wordDifferences(wanted: TitleTraits, found: TitleTraits, hasNumber: boolean): Difference[] {
  const withNeighbours = withPairs(found.words);
  const isThere = (word: string) => matchWord(word, found.words, withNeighbours);
  // A number proves nothing where no name agrees: each set has its #175.
  const corroborated = hasNumber && wanted.distinctive.some((word) => isThere(word) !== 'missing');
  return wanted.distinctive.flatMap((word): Difference[] => {
    const match = isThere(word);
    if (match === 'same' || isHalfOfWord(word, wanted.words, found.words)) return [];
    if (match === 'misspelled') return [{ rule: 'misspelledWord', text: `"${word}" with one letter wrong` }];
    const replacement = replacementOf(word, wanted, found);
    if (replacement) return [{ rule: 'replacedWord', text: `"${replacement}" where "${word}" is expected` }];
    return [{ rule: corroborated ? 'missingWordWithNumber' : 'missingWord', text: `not "${word}"` }];
  });
}

/** How many of the query's names are in no way among the words of a title. */
export function missingNames({ distinctive, words: wantedWords }: TitleTraits, words: readonly string[]): number {
  const withNeighbours = withPairs(words);
  return distinctive.filter(
    (word) => matchWord(word, words, withNeighbours) === 'missing' && !isHalfOfWord(word, wantedWords, words),
  ).length;
}

/** The query's "116610 LN" is the title's "116610ln". */
const isHalfOfWord = (word: string, wanted: readonly string[], found: readonly string[]): boolean =>
  wanted.some(
    (first, at) => (first === word || wanted[at + 1] === word) && found.includes(`${first}${wanted[at + 1]}`),
  );

/** The unknown word of the title that stands beside the same neighbour: "Luka Garza" where "Luka Doncic" is expected. */
function replacementOf(word: string, wanted: TitleTraits, found: TitleTraits): string | undefined {
  const at = wanted.words.indexOf(word);
  for (const side of [-1, 1]) {
    const neighbour = wanted.words[at + side];
    if (neighbour === undefined || !wanted.distinctive.includes(neighbour)) continue;
    const there = found.words.indexOf(neighbour);
    const stands = there < 0 ? undefined : found.words[there - side];
    if (stands && /^[a-z]{3,}$/.test(stands) && found.distinctive.includes(stands) && !wanted.words.includes(stands))
      return stands;
  }
  return undefined;
}
