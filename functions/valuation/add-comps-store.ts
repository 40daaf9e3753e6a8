import type { AssetKind } from '../assets/asset.ts';
import type { WorkspaceId } from '../platform/ids.ts';
import type { Comp } from './comp.ts';
import { arrivingComp, type IntakePolicy } from './comp-intake.ts';
import { type compIdOf, titleDigestOf } from './comp-rows.ts';
import { addComp, compsWithTitle, renewAsk } from './comps-store.ts';

/** Titles that are read and written at once. */
const TITLES_AT_ONCE = 10;

export type Arrival = {
  readonly compId: ReturnType<typeof compIdOf>;
  readonly outcome: 'stored' | 'quarantined' | 'renewed' | 'duplicate';
  readonly why?: string;
};

/**
 * Stores comps, in the order of the request where they have the same title, so that the second of two is compared with the
 * first. Safe to repeat: what is there already is a duplicate.
 */
export async function addComps(
  workspaceId: WorkspaceId,
  { kind, comps }: { readonly kind: AssetKind; readonly comps: readonly Comp[] },
  policy: IntakePolicy,
  now: Date,
): Promise<Arrival[]> {
  const arrivals: Arrival[] = [];
  const titles = [...Map.groupBy(comps.keys(), (index) => titleDigestOf(comps[index] as Comp))];
  const worker = async (): Promise<void> => {
    for (let title = titles.shift(); title; title = titles.shift()) {
      const [digest, indexes] = title;
      const sameTitle = await compsWithTitle(workspaceId, kind, digest);
      for (const index of indexes) {
        const arriving = arrivingComp(kind, comps[index] as Comp, sameTitle, policy, now);
        arrivals[index] = await store(workspaceId, arriving);
        sameTitle.push(arriving);
      }
    }
  };
  await Promise.all(Array.from({ length: TITLES_AT_ONCE }, worker));
  return arrivals;
}

async function store(workspaceId: WorkspaceId, arriving: ReturnType<typeof arrivingComp>): Promise<Arrival> {
  const { compId, quarantine, state, comp } = arriving;
  if (await addComp(workspaceId, arriving)) {
    return state === 'quarantined'
      ? { compId, outcome: 'quarantined', why: quarantine?.why ?? '' }
      : { compId, outcome: 'stored' };
  }
  const isAsk = comp.status === 'asking' && comp.date !== undefined;
  if (isAsk && (await renewAsk(workspaceId, arriving))) return { compId, outcome: 'renewed' };
  return { compId, outcome: 'duplicate' };
}
