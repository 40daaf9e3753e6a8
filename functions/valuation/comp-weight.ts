import type { Comp, NamedComp } from './comp.ts';
import type { ValueRules } from './value-policy.ts';

/** Milliseconds of a UTC day. */
const DAY_MILLISECONDS = 86_400_000;

/** Days since a comp's UTC day, never negative; undefined when its date is unknown. */
export const ageDaysOf = ({ date }: Pick<Comp, 'date'>, now: Date): number | undefined =>
  date === undefined
    ? undefined
    : Math.max(0, Math.floor((now.getTime() - Date.parse(`${date}T00:00:00Z`)) / DAY_MILLISECONDS));

/**
 * How much a sale says by the way in which it was sold, such as 2.5 for an auction with 20 bids and 0.8 for a fixed price. An
 * unknown way counts as a fixed price.
 */
export function formatWeightOf({ format = 'fixed_price', bids = 0 }: Comp, rules: ValueRules): number {
  const bonuses = rules.bidBonuses.filter(({ fromBids }) => format === 'auction' && bids >= fromBids);
  const bonus = Math.max(0, ...bonuses.map((each) => each.bonus));
  const weight = rules.formatWeights[format] + bonus;
  return Math.min(rules.mostFormatWeight, Math.max(rules.leastFormatWeight, weight));
}

/** Half-lives after which a comp does not weigh less still, so that the weights of old comps alone are numbers that divide. */
const MOST_HALF_LIVES = 20;

/** Days since a comp was stored, which are those that one without a date is older now than it was then. */
export const storedDaysOf = ({ storedOn: date }: Pick<NamedComp, 'storedOn'>, now: Date): number =>
  ageDaysOf({ date }, now) ?? 0;

/** How much of a comp's say is left at its age: 2^(-days / half-life), but no less than after 20 half-lives, about a millionth. */
export function recencyOf(comp: Omit<NamedComp, 'compId'>, rules: ValueRules, now: Date): number {
  const ageDays = ageDaysOf(comp, now) ?? rules.unknownDateDays + storedDaysOf(comp, now);
  return 2 ** -Math.min(MOST_HALF_LIVES, ageDays / rules.halfLifeDays);
}
