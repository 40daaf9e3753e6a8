import type { Asset } from '../assets/asset.ts';
import type { WorkspaceId } from '../platform/ids.ts';
import { reportFailure } from '../platform/observability.ts';
import { compsEvidence } from './comps-evidence-store.ts';
import { modelEvidence } from './model-evidence-runtime.ts';
import type { ValueEvidence } from './value-evidence.ts';

/**
 * What the value of an asset can rest on. A source that fails is reported, and missing in the answer, which says so: the rest of
 * an assessment is never lost for its value.
 */
export async function valueEvidence(workspaceId: WorkspaceId, asset: Asset, now: Date): Promise<ValueEvidence> {
  const failed = (what: string) => (error: unknown) => {
    reportFailure(`No value by ${what}`, { error });
    return { status: 'failed', why: 'it failed, and the operators were notified' } as const;
  };
  const [model, comps] = await Promise.all([
    modelEvidence(asset).catch(failed('a price model')),
    compsEvidence(workspaceId, asset, now).catch(failed('comps')),
  ]);
  return { model, comps };
}
