import { TITLE_LEXICON } from './title-lexicon.ts';

/**
 * How differences between a query and a title lessen relevance. Chosen by eye: one difference that buyers pay for makes a comp
 * irrelevant (below 0.5), several omissions together do, one omission does not. Precision and recall were measured on titles
 * that were labelled by their meaning (docs/valuation.md).
 */
export const RELEVANCE_RULES = {
  /** below it a comp is irrelevant, and changes nothing */
  relevantFrom: 0.5,
  /** relevance is the product of the factors of all differences */
  factors: {
    otherThing: 0,
    otherYear: 0.1,
    lateYear: 0.3,
    noYear: 0.85,
    otherNumber: 0.1,
    noNumber: 0.85,
    otherGrade: 0.1,
    otherGrader: 0.2,
    otherPrintRun: 0.2,
    otherAutograph: 0.1,
    otherRelic: 0.1,
    extraVariant: 0.2,
    missingVariant: 0.3,
    missingImpliedVariant: 0.85,
    extraLine: 0.2,
    missingLine: 0.3,
    otherParent: 0.2,
    missingParent: 0.97,
    extraModel: 0.2,
    missingModel: 0.3,
    otherColour: 0.3,
    noColour: 0.85,
    otherQuantity: 0.1,
    noQuantity: 0.85,
    missingWord: 0.4,
    missingWordWithNumber: 0.75,
    replacedWord: 0.2,
    misspelledWord: 0.85,
  },
  lexicon: TITLE_LEXICON,
} as const;
