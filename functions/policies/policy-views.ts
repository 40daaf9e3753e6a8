import type { Policy } from '../platform/policy.ts';
import { versionOf } from '../platform/policy-choice.ts';
import type { PolicyRevision, PolicyState, PolicyVersion } from '../platform/policy-rows.ts';
import type { PolicyNow } from './policies-contract.ts';
import type { PolicyName } from './registry.ts';

/** A version with its document. */
export function viewOfVersion(policy: Policy, version: PolicyVersion<unknown>) {
  const { document, use } = versionOf(policy, version);
  return {
    version: use.version,
    source: use.source,
    digest: use.digest,
    document: document as Record<string, unknown>,
  };
}

/** A policy as its workspace has it. */
export function viewOfPolicy(policy: Policy, { revision, active, candidate }: PolicyState<unknown>): PolicyNow {
  return {
    name: policy.name as PolicyName,
    title: policy.title,
    summary: policy.summary,
    revision,
    active: viewOfVersion(policy, active),
    ...(candidate && { candidate: { ...viewOfVersion(policy, candidate), shareBps: candidate.shareBps } }),
  };
}

/** The same without documents. */
export function summaryOfPolicy(policy: Policy, state: PolicyState<unknown>) {
  const { active, candidate, ...about } = viewOfPolicy(policy, state);
  return {
    ...about,
    active: withoutDocument(active),
    ...(candidate && { candidate: withoutDocument(candidate) }),
  };
}

const withoutDocument = <View extends { readonly document: unknown }>({ document: _document, ...rest }: View) => rest;

/** A change in the history. */
export const viewOfRevision = ({ revision, change, active, candidate, at, by, why }: PolicyRevision) => ({
  revision,
  change,
  active: active.version,
  ...(candidate && { candidate: { version: candidate.version, shareBps: candidate.shareBps } }),
  at,
  by,
  why,
});
