import type { AssetKind } from '../assets/asset.ts';
import { RequestError } from '../platform/errors.ts';
import type { PolicyUse } from '../platform/policy-use.ts';
import type { Violation } from '../platform/problem.ts';
import type { Comp } from './comp.ts';
import { COMP_DAYS, type CompId, compIdOf, isSameComp, type StoredComp, titleDigestOf } from './comp-rows.ts';
import { entryOf, type KnownSales, knownSales } from './known-sales.ts';
import type { ValueRules } from './value-policy.ts';

/** Milliseconds of a day. */
const DAY_MILLISECONDS = 86_400_000;

/** The last day that has begun anywhere, and the first one whose comps are kept. */
export const dayLimits = (now: Date): { readonly latest: string; readonly oldest: string } => ({
  // In the first time zone it is tomorrow already.
  latest: new Date(now.getTime() + DAY_MILLISECONDS).toISOString().slice(0, 10),
  oldest: new Date(now.getTime() - COMP_DAYS * DAY_MILLISECONDS).toISOString().slice(0, 10),
});

/**
 * Refuses comps of days that have not begun anywhere yet, and of days after which they would not be kept.
 *
 * @throws RequestError with every such comp
 */
export function refuseImpossibleDates(comps: readonly Comp[], now: Date): void {
  const { latest, oldest } = dayLimits(now);
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

/** A comp that arrives, and what it changes. */
export type Arriving =
  | { readonly outcome: 'stored' | 'quarantined' | 'renewed'; readonly comp: StoredComp }
  | { readonly outcome: 'duplicate'; readonly comp: StoredComp };

/**
 * Decides on comps one after the other, each by those that are stored and those that arrived before it.
 *
 * A comp that is there is renewed when its source says something else of it. A price seen before the stored one changes nothing, nor
 * does one of an unknown day where that of the stored one is known.
 *
 * @param stored comps that may be the same as an arriving one, and those with its title
 */
export function compIntake(stored: Iterable<StoredComp>, { rules, use }: IntakePolicy, now: Date) {
  const byId = new Map<CompId, StoredComp>();
  const byTitle = new Map<string, KnownSales>();
  const salesOf = (comp: Comp): KnownSales => entryOf(byTitle, titleDigestOf(comp), () => knownSales([]));
  const know = (comp: StoredComp): void => {
    byId.set(comp.compId, comp);
    salesOf(comp.comp).add(comp);
  };
  for (const comp of stored) know(comp);

  return (kind: AssetKind, comp: Comp): Arriving => {
    const compId = compIdOf(kind, comp);
    const before = byId.get(compId);
    if (before && !isNews(before.comp, comp)) return { outcome: 'duplicate', comp: before };
    // It is not compared with itself.
    if (before) salesOf(before.comp).remove(before);
    const quarantine = quarantineOf(comp, salesOf(comp), { rules, use }, now);
    const judged = quarantine ? { state: 'quarantined' as const, quarantine } : { state: 'counted' as const };
    const arrived = before
      ? renewedComp(before, comp, judged, now)
      : { compId, comp, ...judged, addedAt: now.toISOString() };
    know(arrived);
    if (before) return { outcome: 'renewed', comp: arrived };
    return { outcome: quarantine ? 'quarantined' : 'stored', comp: arrived };
  };
}

/** Whether an arriving comp says something that is not stored yet, of the day of the stored one or a later one. */
function isNews(before: Comp, comp: Comp): boolean {
  if (isSameComp(before, comp)) return false;
  if (comp.date === undefined || before.date === undefined) return before.date === undefined;
  // The day of a sale may be put right; an asking price was seen on its day.
  return comp.status === 'sold' || comp.date >= before.date;
}

type Judged = Pick<StoredComp, 'state' | 'quarantine'>;

/** What a person dropped stays dropped; what a person admitted stays admitted at the price at which it was. */
function renewedComp(before: StoredComp, comp: Comp, judged: Judged, now: Date): StoredComp {
  const { compId, addedAt, state, quarantine, decidedAt, decidedBy } = before;
  const isSamePrice = before.comp.priceCents === comp.priceCents && before.comp.currency === comp.currency;
  const stays = decidedAt !== undefined && (state === 'dropped' || isSamePrice);
  return {
    compId,
    comp,
    ...(stays ? { state, ...(quarantine && { quarantine }) } : judged),
    addedAt,
    renewal: { count: (before.renewal?.count ?? 0) + 1, at: now.toISOString(), before: before.comp },
    ...(stays && decidedBy !== undefined && { decidedAt, decidedBy }),
  };
}

type Quarantine = NonNullable<StoredComp['quarantine']>;

function quarantineOf(
  comp: Comp,
  sales: KnownSales,
  { rules: { intake }, use }: IntakePolicy,
  now: Date,
): Quarantine | undefined {
  if (comp.status !== 'sold') return undefined;
  const found = relisting(comp, sales, intake, now) ?? outlier(comp, sales, intake);
  return found && { ...found, policy: use };
}

type Found = Omit<Quarantine, 'policy'>;
type IntakeRules = ValueRules['intake'];

/** The same seller sells the same at the same price again: more often the first buyer did not pay. */
function relisting(comp: Comp, sales: KnownSales, { relistingDays }: IntakeRules, now: Date): Found | undefined {
  if (comp.seller === undefined) return undefined;
  const earlier = sales.sameSale(comp, relistingDays, now);
  if (!earlier) return undefined;
  const why = `The same seller sold it at the same price on ${earlier.comp.date ?? 'an unknown day'} (${earlier.compId}).`;
  return { reason: 'relisting', why };
}

/** Several times what the same title brought, or a fraction of it: more often another thing, or a slip of the decimal point. */
function outlier({ priceCents, currency }: Comp, known: KnownSales, rules: IntakeRules): Found | undefined {
  const { sales, medianCents } = known.priceOf(currency);
  if (sales < rules.outlierSales) return undefined;
  const times = priceCents / medianCents;
  if (times <= rules.outlierTimes && times >= 1 / rules.outlierTimes) return undefined;
  const why = `${priceCents} cents; ${sales} sales of this title have a median of ${Math.round(medianCents)}.`;
  return { reason: 'outlier', why };
}
