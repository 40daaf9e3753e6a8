import { RequestError } from '../platform/errors.ts';
import type { KeyId } from '../platform/ids.ts';
import type { PolicyRevision, PolicyState, PolicyVersion } from '../platform/policy-rows.ts';

/** What an admin wants of a policy. */
export type Intent =
  | { readonly kind: 'replace'; readonly document: unknown }
  | { readonly kind: 'roll_back'; readonly to: PolicyVersion<unknown> }
  /** without a document the share of a running trial changes */
  | { readonly kind: 'try'; readonly document?: unknown; readonly shareBps: number }
  | { readonly kind: 'promote' }
  | { readonly kind: 'end_trial' };

/** Who, when and why. */
export type Signature = Pick<PolicyRevision, 'at' | 'why'> & { readonly by: KeyId };

/** The state of a policy that was never changed. */
export const UNCHANGED: PolicyState<unknown> = { revision: 0, versions: 0, active: { version: 0 } };

/**
 * The revision that follows from a state and an intent. Versions are numbered from 1 in the order in which they are made, and
 * keep their numbers when they are rolled back to or promoted.
 *
 * @param expected the revision that the caller has seen
 * @throws RequestError policy_changed when it is another one; trial_running or no_trial when a trial stands in the way or is missing
 */
export function nextRevision(
  state: PolicyState<unknown>,
  expected: number,
  intent: Intent,
  signature: Signature,
): PolicyRevision {
  if (expected !== state.revision) throw changedMeanwhile(expected, state.revision);
  const { change, versions = state.versions, active = state.active, candidate } = effectOf(state, intent);
  return { revision: state.revision + 1, versions, active, ...(candidate && { candidate }), change, ...signature };
}

type Effect = Pick<PolicyRevision, 'change'> & Partial<Pick<PolicyState<unknown>, 'versions' | 'active' | 'candidate'>>;

function effectOf({ versions, active, candidate }: PolicyState<unknown>, intent: Intent): Effect {
  const version = versions + 1;
  switch (intent.kind) {
    case 'replace':
      if (candidate) throw trialRunning(candidate.version);
      return { change: 'replaced', versions: version, active: { version, document: intent.document } };
    // In an emergency one call is enough, so that it ends a trial, too.
    case 'roll_back':
      return { change: 'rolled_back', active: intent.to };
    case 'try':
      return triedBy(intent, { version, active, candidate });
    case 'promote': {
      const { shareBps: _share, ...promoted } = candidate ?? refuseWithoutTrial();
      return { change: 'trial_promoted', active: promoted };
    }
    case 'end_trial':
      if (!candidate) refuseWithoutTrial();
      return { change: 'trial_ended' };
  }
}

function triedBy(
  { document, shareBps }: Extract<Intent, { kind: 'try' }>,
  { version, active, candidate }: Pick<PolicyState<unknown>, 'active' | 'candidate'> & { readonly version: number },
): Effect {
  if (document === undefined) {
    return { change: 'trial_changed', active, candidate: { ...(candidate ?? refuseWithoutTrial()), shareBps } };
  }
  if (candidate) throw trialRunning(candidate.version);
  return { change: 'trial_started', versions: version, active, candidate: { version, document, shareBps } };
}

export const changedMeanwhile = (expected: number, revision: number): RequestError =>
  new RequestError(
    'policy_changed',
    `Expected the current revision of the policy, which is ${revision}, received ${expected}. Read the policy again, and decide whether your change still holds.`,
  );

const trialRunning = (version: number): RequestError =>
  new RequestError('trial_running', `Version ${version} is on trial. Promote it or end its trial first.`);

function refuseWithoutTrial(): never {
  throw new RequestError('no_trial', 'No version of this policy is on trial.');
}
