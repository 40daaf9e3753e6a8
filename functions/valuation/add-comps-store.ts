import type { AssetKind } from '../assets/asset.ts';
import { RequestError } from '../platform/errors.ts';
import type { WorkspaceId } from '../platform/ids.ts';
import { forEach } from './at-once-store.ts';
import type { Comp } from './comp.ts';
import { type Arriving, compIntake, type IntakePolicy } from './comp-intake.ts';
import { type CompId, compIdOf, titleDigestOf } from './comp-rows.ts';
import { findComps, saveComp } from './comps-store.ts';

/** Times that comps which others write meanwhile are read and decided on again. */
const ATTEMPTS = 10;

export type Arrival = {
  readonly compId: CompId;
  readonly outcome: Arriving['outcome'];
  readonly why?: string;
};

type NewComps = { readonly kind: AssetKind; readonly comps: readonly Comp[] };

/**
 * Stores comps, each decided on by those that are there and those before it in the request. Safe to repeat: what is there already
 * is a duplicate.
 *
 * @throws RequestError unavailable when others keep writing the same comps
 */
export async function addComps(
  workspaceId: WorkspaceId,
  { kind, comps }: NewComps,
  policy: IntakePolicy,
  now: Date,
): Promise<Arrival[]> {
  const arrivals: Arrival[] = [];
  let left = [...comps.keys()];
  for (let attempt = 0; left.length > 0; attempt += 1) {
    if (attempt === ATTEMPTS) throw new RequestError('unavailable', 'Others write the same comps. Try again.');
    const of = left.map((index) => comps[index] as Comp);
    const arriving = await store(workspaceId, { kind, comps: of }, policy, now);
    for (const [at, each] of arriving.entries()) if (each) arrivals[left[at] as number] = each;
    left = left.filter((_index, at) => !arriving[at]);
  }
  return arrivals;
}

/** What became of each comp; undefined of those that somebody else has written meanwhile. */
async function store(workspaceId: WorkspaceId, { kind, comps }: NewComps, policy: IntakePolicy, now: Date) {
  const compIds = comps.map((comp) => compIdOf(kind, comp));
  const titles = [...new Set(comps.map(titleDigestOf))];
  const found = await findComps(workspaceId, kind, { compIds, titles }, now);
  const known = [...found.values()].map(({ stored }) => stored);
  const decide = compIntake(known, policy, now);
  const arriving = comps.map((comp) => decide(kind, comp));
  // Of a comp that stands twice in the request, its last state is written.
  const changed = new Map(
    arriving.flatMap(({ outcome, comp }) => (outcome === 'duplicate' ? [] : [[comp.compId, comp] as const])),
  );
  const overtaken = new Set<CompId>();
  await forEach([...changed.values()], async (comp) => {
    if (!(await saveComp(workspaceId, comp, found.get(comp.compId)))) overtaken.add(comp.compId);
  });
  return arriving.map((each) => (overtaken.has(each.comp.compId) ? undefined : arrivalOf(each)));
}

function arrivalOf({ outcome, comp: { compId, state, quarantine } }: Arriving): Arrival {
  const waits = outcome !== 'duplicate' && state === 'quarantined';
  return { compId, outcome, ...(waits && quarantine && { why: quarantine.why }) };
}
