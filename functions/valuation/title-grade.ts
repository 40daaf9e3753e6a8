import type { TitleLexicon } from './relevance-policy.ts';
import { phrasePattern, phrasesIn, take } from './title-text.ts';

/** A grade by a grading company, such as PSA 8 OC. */
export type Grade = {
  /** the company, such as "psa"; absent when the title names none */
  readonly grader?: string;
  /** "10", "9.5", or "authentic"; absent when only the company is named */
  readonly value?: string;
  /** what the company says against it: off-centre, marks, stain … */
  readonly qualifier?: string;
};

export type TakenGrade = { readonly grade?: Grade; readonly rest: string };

const GRADE = String.raw`(10(?:\.0)?|[1-9](?:\.\d)?)(?![\d/]|\.\d)`;
const QUALIFIER = String.raw`(?:\s*\(?(oc|mk|st|pd|of|mc)\)?(?![a-z0-9]))?`;

/**
 * The grade that a title states, and the title without it.
 *
 * A hope is no grade ("PSA 10 candidate", "looks like a PSA 9", "PSA 10?"), nor is a population ("POP 9"), an authenticated
 * signature ("PSA/DNA"), or the grade of the signature ("Auto 10").
 */
export function takeGrade(title: string, lexicon: TitleLexicon): TakenGrade {
  const stripped = title
    .replace(/\bpop(?:ulation)?\s*[:#]?\s*\d+/g, ' ')
    .replace(/\b(?:w\/?\s*)?10 subs?\b/g, ' ')
    .replace(/\b(psa|bgs)\s*[/ ]\s*dna\b/g, ' autograph ')
    .replace(/\b(auto(?:graph)?s?)\s*(?:grade\s*)?(?:10|[1-9](?:\.5)?)(?![\d/.])/g, ' $1 ');
  const patterns = patternsOf(lexicon);
  const isRaw = phrasesIn(stripped, patterns.raw).length > 0;
  const hoped = take(stripped, patterns.hoped).rest;
  for (const pattern of patterns.stated) {
    const { found, rest } = take(hoped, pattern);
    const groups = found[0]?.groups;
    if (groups) return isRaw ? { rest } : { grade: gradeOf(groups), rest };
  }
  return { rest: hoped };
}

function gradeOf({ grader, value, qualifier }: Record<string, string | undefined>): Grade {
  return {
    ...(grader && { grader }),
    ...(value && { value: value.replace(/\.0$|[\s-]/g, '') }),
    ...(qualifier && { qualifier }),
  };
}

type Patterns = ReturnType<typeof compiled>;

/** Compiled once for each lexicon. */
const PATTERNS = new WeakMap<TitleLexicon, Patterns>();

function patternsOf(lexicon: TitleLexicon): Patterns {
  const patterns = PATTERNS.get(lexicon) ?? compiled(lexicon);
  PATTERNS.set(lexicon, patterns);
  return patterns;
}

function compiled(lexicon: TitleLexicon) {
  const sure = lexicon.graders.join('|');
  const any = [...lexicon.graders, ...lexicon.ambiguousGraders].join('|');
  const between = String.raw`(?:[\s\-:(]|\b(?:${lexicon.gradeWords.join('|')})\b)*`;
  const hope = `(?:${lexicon.speculative.map((phrase) => phrase.replaceAll(' ', String.raw`\s`)).join('|')})`;
  const grade = String.raw`\b(?:${any})${between}${GRADE}`;
  const named = (text: string) => text.replace('(10', '(?<value>10').replace('(oc', '(?<qualifier>oc');
  return {
    raw: phrasePattern(lexicon.raw),
    // Before or after the grade, or a question mark.
    hoped: new RegExp(
      String.raw`\b${hope}\b(?:\s\w+){0,2}?\s${grade}|${grade}\s*(?:\?|(?:\s?\w+)?\s?\b${hope}\b)|\b(?:${sure})\s(?:${hope}|it)\b`,
      'g',
    ),
    stated: [
      // Coins are graded by letters and 1 to 70: MS65, PF-69.
      new RegExp(String.raw`\b(?<grader>ngc|pcgs)${between}(?<value>(?:ms|pr|pf|sp|au|xf|ef|vf)[\s\-]?\d\d)\b`, 'g'),
      new RegExp(named(String.raw`\b(?<grader>${any})${between}${GRADE}${QUALIFIER}`), 'g'),
      new RegExp(String.raw`\b(?<grader>${sure})${between}\(?(?<value>authentic)\b`, 'g'),
      new RegExp(named(String.raw`\bgem[\s\-](?:mint|mt)\s${GRADE}\s(?<grader>${sure})\b`), 'g'),
      new RegExp(named(String.raw`\bgem[\s\-](?:mint|mt)\s${GRADE}`), 'g'),
      new RegExp(String.raw`\b(?<grader>${sure})\b`, 'g'),
    ],
  };
}
