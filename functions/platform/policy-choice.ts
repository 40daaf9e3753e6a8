import { type DocumentOf, digestOf, type Policy } from './policy.ts';
import type { PolicyState } from './policy-rows.ts';
import type { PolicyUse } from './policy-use.ts';
import { sha256 } from './sha256.ts';

/** Some policies, each under a name for its use. */
export type Policies = Readonly<Record<string, Policy>>;

/** The documents by which one result is decided, and which versions they are. */
export type InForce<Some extends Policies> = {
  readonly documents: { readonly [Key in keyof Some]: DocumentOf<Some[Key]> };
  readonly uses: { readonly [Key in keyof Some]: PolicyUse };
};

/** A document, and which version it is. */
export type Chosen = { readonly document: unknown; readonly use: PolicyUse };

/** Basis points of the whole. */
export const WHOLE_BPS = 10_000;

/** Values of the hash from which a share is taken: 32 bits. */
const HASHES = 2 ** 32;

/**
 * Where a result stands among all, 0 to WHOLE_BPS: the same at every call, and independent of other trials.
 *
 * A result that a share includes is included by every larger one.
 */
export const placeBps = (name: string, version: number, resultId: string): number =>
  (Number.parseInt(sha256(`${name}\n${version}\n${resultId}`).slice(0, 8), 16) / HASHES) * WHOLE_BPS;

/**
 * The version of a policy that decides a result.
 *
 * @param state the workspace's; undefined when it has none
 * @param resultId of the result, such as the job's id: the same result always has the same side of a trial
 */
export function chosenFor(policy: Policy, state: PolicyState<unknown> | undefined, resultId: string): Chosen {
  if (!state) return versionOf(policy, { version: 0 });
  const { active, candidate } = state;
  if (!candidate) return versionOf(policy, active);
  const isTried = placeBps(policy.name, candidate.version, resultId) < candidate.shareBps;
  const { document, use } = versionOf(policy, isTried ? candidate : active);
  return { document, use: { ...use, trial: isTried ? 'candidate' : 'active' } };
}

type Version = { readonly version: number; readonly document?: unknown };

/** A version of a workspace; version 0 is the default. */
export function versionOf({ name, defaults }: Policy, { version, document = defaults }: Version): Chosen {
  const source = version === 0 ? 'default' : 'workspace';
  return { document, use: { name, version, source, digest: digestOf(document) } };
}

/** What is chosen for each of these policies. */
export function inForceBy<Some extends Policies>(policies: Some, chosenOf: (policy: Policy) => Chosen): InForce<Some> {
  const chosen = Object.entries(policies).map(([key, policy]) => [key, chosenOf(policy)] as const);
  return {
    documents: Object.fromEntries(chosen.map(([key, { document }]) => [key, document])),
    uses: Object.fromEntries(chosen.map(([key, { use }]) => [key, use])),
  } as InForce<Some>;
}

/** The defaults of this release. */
export const defaultsOf = <Some extends Policies>(policies: Some): InForce<Some> =>
  inForceBy(policies, (policy) => versionOf(policy, { version: 0 }));
