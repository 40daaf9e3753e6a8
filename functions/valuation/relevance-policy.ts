import { z } from 'zod';
import { type DocumentOf, definePolicy } from '../platform/policy.ts';
import { RELEVANCE_RULES } from './relevance-rules.ts';

const Factor = z.number().min(0).max(1);

/** Words are put into patterns as they are: letters, digits and single spaces. */
const Word = z
  .string()
  .max(60)
  .regex(/^[a-z0-9]+( [a-z0-9]+)*$/, 'expected lower-case words without punctuation');
const Words = z.array(Word).max(500);

const lexicon = z.strictObject({
  aliases: z
    .array(
      z.strictObject({
        written: Word.describe('The words as a title has them.'),
        meant: Word.describe('The words that they stand for.'),
      }),
    )
    .max(200)
    .describe('Words and phrases, with the words that they stand for.'),
  innocent: Words.describe('Phrases that mean nothing for the price, though a word of theirs would elsewhere.'),
  graders: Words.describe('Grading companies whose name counts by itself.'),
  ambiguousGraders: Words.describe('Grading companies whose name is also a word: only before a number.'),
  gradeWords: Words.describe('Words between the grading company and its grade.'),
  speculative: Words.describe('Words by which the seller of a raw card hopes for a grade.'),
  raw: Words.describe('Words that say that it is not graded.'),
  autographs: Words.describe('Words that say that it is signed.'),
  relics: Words.describe('Words for a piece of a jersey, bat or the like inside the card.'),
  lots: Words.describe('Words for several things in one sale.'),
  copies: Words.describe('Words for what is not the genuine thing.'),
  containers: Words.describe('Words for boxes, packs and cases, which may hold the thing.'),
  otherForms: Words.describe('Words for other things that show the same subject, such as posters.'),
  accessories: Words.describe('Words for accessories and parts of a product or vehicle.'),
  broken: Words.describe('Phrases for what does not work.'),
  includes: Words.describe('Words after which a title lists what comes with the thing.'),
  variants: Words.describe('Words for a variant of a collectible: a parallel, colour, printing or language.'),
  impliedVariants: Words.describe(
    'Variant words that sellers often leave out or add, because every genuine one has them.',
  ),
  lines: Words.describe('Words for a product line or set of a collectible.'),
  parents: Words.describe('Words for the maker above a line, which sellers often leave out.'),
  models: Words.describe('Words by which a product differs from its sibling, such as "pro".'),
  colours: Words.describe('Colours of products; they count only if the query names one.'),
  cardGames: Words.describe('Words of games in which "4/102" is the number of a card, and not a print run.'),
  context: Words.describe('Words that describe without identifying: teams, places, trade words.'),
});

const shape = z.strictObject({
  relevantFrom: z
    .number()
    .min(0.01)
    .max(1)
    .describe('A comp below this relevance is irrelevant, and changes nothing. A larger value keeps fewer.'),
  factors: z
    .strictObject({
      otherThing: Factor.describe('A lot, copy, box, poster, accessory or broken one.'),
      otherYear: Factor.describe('Another year.'),
      lateYear: Factor.describe('The year of the query stands after another year in the title.'),
      noYear: Factor.describe('The title names no year.'),
      otherNumber: Factor.describe('The title numbers another card or issue.'),
      noNumber: Factor.describe('The title names no number.'),
      otherGrade: Factor.describe('Graded where the query is raw, or the reverse, or another grade.'),
      otherGrader: Factor.describe('The same grade by another company, or with a qualifier.'),
      otherPrintRun: Factor.describe('Another print run, or one where the query names none.'),
      otherAutograph: Factor.describe('Signed where the query is not, or the reverse.'),
      otherRelic: Factor.describe('With a relic where the query has none, or the reverse.'),
      extraVariant: Factor.describe(
        'The title names a parallel, colour, printing or language that the query does not.',
      ),
      missingVariant: Factor.describe('The query names a variant that the title does not.'),
      missingImpliedVariant: Factor.describe('The same of a word that sellers often leave out.'),
      extraLine: Factor.describe('The title names a product line that the query does not.'),
      missingLine: Factor.describe('The query names a product line that the title does not.'),
      otherParent: Factor.describe('The title names another maker.'),
      missingParent: Factor.describe('The title does not name the maker.'),
      extraModel: Factor.describe('The title names a sibling of the product, such as "pro".'),
      missingModel: Factor.describe('The query names a sibling of the product, and the title does not.'),
      otherColour: Factor.describe('The title names other colours only.'),
      noColour: Factor.describe('The title names no colour.'),
      otherQuantity: Factor.describe('Another measure, such as 256 GB for 128 GB.'),
      noQuantity: Factor.describe('The title does not name the measure.'),
      missingWord: Factor.describe('For each word that names the thing and is not in the title.'),
      missingWordWithNumber: Factor.describe(
        'The same where the number of the card or issue agrees, and another word.',
      ),
      replacedWord: Factor.describe('Another name stands where the query has this word.'),
      misspelledWord: Factor.describe('For each word that differs by one letter.'),
    })
    .describe('What remains of the relevance for each difference between query and title, 0..1; they are multiplied.'),
  lexicon: lexicon.describe('The words by which titles are read. Phrases are matched before words, longer ones first.'),
});

/** How far a comp is the thing of a query. */
export const COMP_RELEVANCE = definePolicy({
  name: 'comp-relevance',
  title: 'Relevance of comps',
  summary: 'How titles are read, and which differences between a query and a title make a comp irrelevant.',
  shape,
  contradictionsIn: () => [],
  defaults: RELEVANCE_RULES,
});
export type RelevanceRules = DocumentOf<typeof COMP_RELEVANCE>;
export type RelevanceRule = keyof RelevanceRules['factors'];
export type TitleLexicon = RelevanceRules['lexicon'];
