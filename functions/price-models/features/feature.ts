import type { Monotone } from '../boosting/find-split.ts';
import type { PriceFacts, PriceKind } from '../price-facts.ts';
import { type Levels, levelOf } from './levels.ts';

/** What features need besides the facts; learnt in training and kept in the model. */
export type Learnt = {
  /** the year for which prices hold; ages count from it */
  readonly asOfYear: number;
  /** by the name of a feature that is a level */
  readonly levels: Readonly<Record<string, Levels>>;
};

/** One number that the trees see, computed from facts that `cleanFacts` returned. */
export type Feature = {
  readonly name: string;
  /** the facts that it is computed from */
  readonly facts: readonly string[];
  readonly monotone: Monotone;
  /** NaN where a fact is missing */
  readonly value: (facts: PriceFacts, learnt: Learnt) => number;
  /** of a level: its groups, from the outermost to the innermost; undefined where a fact is missing */
  readonly groups?: (facts: PriceFacts) => readonly string[] | undefined;
  /** of a level: the rows that it is learnt from; absent for all */
  readonly learntFrom?: (facts: PriceFacts, asOfYear: number) => boolean;
};

/** How the facts of a kind become numbers, in training and in serving. */
export type FeaturePlan = {
  readonly kind: PriceKind;
  readonly features: readonly Feature[];
  /** terms of the linear model whose residuals the levels are means of, and which is a baseline of evaluations; none is NaN */
  readonly linearTerms: (facts: PriceFacts, asOfYear: number) => readonly number[];
};

/** A number that is a fact itself. */
export const numberFeature = (fact: string, monotone: Monotone = 0): Feature => ({
  name: fact,
  facts: [fact],
  monotone,
  value: (facts) => numberOf(facts, fact),
});

/** A number computed from facts that are all known. */
export const computedFeature = (
  name: string,
  facts: readonly string[],
  compute: (values: readonly number[], asOfYear: number) => number,
  monotone: Monotone = 0,
): Feature => ({
  name,
  facts,
  monotone,
  value: (given, { asOfYear }) => {
    const values = facts.map((fact) => numberOf(given, fact));
    const result = compute(values, asOfYear);
    return values.some(Number.isNaN) || !Number.isFinite(result) ? Number.NaN : result;
  },
});

/** Whether a fact is this word; the words of a fact are few. */
export const wordFeature = (fact: string, word: string): Feature => ({
  name: `${fact}=${word}`,
  facts: [fact],
  monotone: 0,
  value: (facts) => (facts[fact] === undefined ? Number.NaN : Number(wordOf(facts, fact) === word)),
});

/** The mean residual of the groups that the facts belong to. */
export const levelFeature = (
  name: string,
  facts: readonly string[],
  groups: (facts: PriceFacts) => readonly string[] | undefined,
): Feature => ({
  name,
  facts,
  monotone: 0,
  groups,
  value: (given, { levels }) => levelOf(levels[name] ?? {}, groups(given) ?? []),
});

export function numberOf(facts: PriceFacts, fact: string): number {
  const value = facts[fact];
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'number' ? value : Number.NaN;
}

/** A word of facts that `cleanFacts` returned; empty where it is missing. */
export const wordOf = (facts: PriceFacts, fact: string): string => {
  const value = facts[fact];
  return value === undefined ? '' : String(value);
};

/** Makes by their other names, the longer before one that it begins with. */
const MAKES: Readonly<Record<string, string>> = {
  chevy: 'chevrolet',
  'mercedes benz': 'mercedes-benz',
  mercedes: 'mercedes-benz',
  vw: 'volkswagen',
};

/**
 * Facts with their words in small letters with single spaces. A model begins with its make, and a make is a fact, by its full
 * name.
 */
export function cleanFacts(facts: PriceFacts): PriceFacts {
  const clean: Record<string, string | number | boolean | undefined> = {};
  for (const [fact, value] of Object.entries(facts)) {
    clean[fact] = typeof value === 'string' ? value.trim().toLowerCase().replaceAll(/\s+/g, ' ') : value;
  }
  const { make, model } = clean;
  if (typeof model !== 'string') return clean;
  const other = Object.keys(MAKES).find((each) => model.startsWith(`${each} `));
  const stated = typeof make === 'string' && make !== '' ? make : (other ?? model.split(' ', 1)[0] ?? '');
  const known = MAKES[stated] ?? stated;
  const named = [stated, known].find((each) => model === each || model.startsWith(`${each} `)) ?? '';
  const rest = model.slice(named.length).trim();
  return { ...clean, make: known, model: rest === '' ? known : `${known} ${rest}` };
}

/** A number for linear terms, with a substitute where it is missing. */
export function numberOr(facts: PriceFacts, fact: string, substitute: number): number {
  const value = numberOf(facts, fact);
  return Number.isNaN(value) ? substitute : value;
}
