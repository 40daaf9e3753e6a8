import type { AssetKind } from '../assets/asset.ts';
import { RequestError } from '../platform/errors.ts';
import type { PolicyUse } from '../platform/policy-use.ts';
import type { Violation } from '../platform/problem.ts';
import type { Comp } from './comp.ts';
import { COMP_DAYS, compIdOf, type StoredComp } from './comp-rows.ts';
import { ageDaysOf } from './comp-weight.ts';
import type { ValueRules } from './value-policy.ts';
import { quantileOf } from './weighted.ts';

/** Milliseconds of a day. */
const DAY_MILLISECONDS = 86_400_000;

/**
 * Refuses comps of days that have not begun anywhere yet, and of days after which they would not be kept.
 *
 * @throws RequestError with every such comp
 */
export function refuseImpossibleDates(comps: readonly Comp[], now: Date): void {
  // In the first time zone it is tomorrow already.
  const latest = new Date(now.getTime() + DAY_MILLISECONDS).toISOString().slice(0, 10);
  const oldest = new Date(now.getTime() - COMP_DAYS * DAY_MILLISECONDS).toISOString().slice(0, 10);
  const violations = comps.flatMap(({ date }, index): Violation[] => {
    if (date === undefined || (date <= latest && date >= oldest)) return [];
    const expected =
      date > latest ? `a day until ${latest}` : `a day from ${oldest} on, since comps are kept ${COMP_DAYS} days`;
    const received = `text "${date}"`;
    return [{ path: `body.comps[${index}].date`, expected, received, message: `expected ${expected}` }];
  });
  const [first] = violations;
  if (!first) return;
  throw new RequestError(
    'invalid_request',
    `${first.path}: expected ${first.expected}, received ${first.received}.`,
    violations,
  );
}

/** The policy that decides what is quarantined, and which version of it that is. */
export type IntakePolicy = { readonly rules: ValueRules; readonly use: PolicyUse };

/** A comp that arrives, and whether it counts: by the comps of the same title that are there already. */
export function arrivingComp(
  kind: AssetKind,
  comp: Comp,
  sameTitle: readonly StoredComp[],
  { rules, use }: IntakePolicy,
  now: Date,
): StoredComp {
  const compId = compIdOf(kind, comp);
  const others = sameTitle.filter((other) => other.compId !== compId && other.comp.status === 'sold');
  const quarantine =
    comp.status === 'sold' ? (relisting(comp, others, rules, now) ?? outlier(comp, others, rules)) : undefined;
  return {
    compId,
    comp,
    state: quarantine ? 'quarantined' : 'counted',
    ...(quarantine && { quarantine: { ...quarantine, policy: use } }),
    addedAt: now.toISOString(),
  };
}

type Quarantine = NonNullable<StoredComp['quarantine']>;

/** The same seller sells the same at the same price again: more often the first buyer did not pay. */
function relisting(
  comp: Comp,
  others: readonly StoredComp[],
  { intake }: ValueRules,
  now: Date,
): Quarantine | undefined {
  if (comp.seller === undefined) return undefined;
  const age = ageDaysOf(comp, now);
  const earlier = others.find(({ comp: other }) => {
    const isSame =
      other.source === comp.source &&
      other.seller === comp.seller &&
      other.priceCents === comp.priceCents &&
      other.currency === comp.currency;
    const otherAge = ageDaysOf(other, now);
    return isSame && (age === undefined || otherAge === undefined || Math.abs(age - otherAge) <= intake.relistingDays);
  });
  if (!earlier) return undefined;
  const why = `The same seller sold it at the same price on ${earlier.comp.date ?? 'an unknown day'} (${earlier.compId}).`;
  return { reason: 'relisting', why };
}

/** Several times what the same title brought, or a fraction of it: more often another thing, or a slip of the decimal point. */
function outlier(comp: Comp, others: readonly StoredComp[], { intake }: ValueRules): Quarantine | undefined {
  const counted = others.filter(({ state, comp: other }) => state === 'counted' && other.currency === comp.currency);
  if (counted.length < intake.outlierSales) return undefined;
  const median = quantileOf(
    counted.map(({ comp: { priceCents } }) => ({ price: priceCents, weight: 1 })),
    0.5,
  );
  const times = comp.priceCents / median;
  if (times <= intake.outlierTimes && times >= 1 / intake.outlierTimes) return undefined;
  const why = `${comp.priceCents} cents; ${counted.length} sales of this title have a median of ${Math.round(median)}.`;
  return { reason: 'outlier', why };
}
