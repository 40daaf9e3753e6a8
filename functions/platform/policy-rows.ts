import { z } from 'zod';
import { KeyId, type WorkspaceId } from './ids.ts';
import { TABLES } from './names/tables.ts';
import type { Policy } from './policy.ts';
import { ROW_VERSION, stored } from './stored.ts';

/** What a change of a policy does. */
export const PolicyChange = z
  .enum(['replaced', 'rolled_back', 'trial_started', 'trial_changed', 'trial_promoted', 'trial_ended'])
  .describe(
    '`replaced`: a new version is in force. `rolled_back`: an earlier one is. `trial_started`: a new version decides a share of the results. `trial_changed`: another share. `trial_promoted`: the version on trial is in force. `trial_ended`: it is dropped.',
  );
export type PolicyChange = z.infer<typeof PolicyChange>;

/** A version; of version 0, the default, there is no document. */
export type PolicyVersion<Document> = { readonly version: number; readonly document?: Document | undefined };

/** What of a policy is in force in a workspace after a change. */
export type PolicyState<Document> = {
  /** the number of this change: 1 for the first, and 1 more for each */
  readonly revision: number;
  /** the number of the newest version */
  readonly versions: number;
  readonly active: PolicyVersion<Document>;
  /** a version on trial, and the share of results that it decides, in basis points */
  readonly candidate?: (PolicyVersion<Document> & { readonly shareBps: number }) | undefined;
};

/** One change of a policy, and the state after it; immutable. */
export type PolicyRevision<Document = unknown> = PolicyState<Document> & {
  readonly change: PolicyChange;
  readonly at: string;
  readonly by: KeyId;
  readonly why: string;
};

/**
 * The schema of the rows of a policy. Each holds all that is in force after its change, so that one read of the newest row
 * is enough, and one conditional write makes a change.
 *
 * A document of an earlier release may lack fields: it is read with those of today's default, at every depth of objects. A
 * list is taken as it is.
 */
export function revisionRowOf<Name extends string, Schema extends z.ZodType>({
  schema,
  defaults,
}: Policy<Name, Schema>) {
  const document = z.preprocess((old) => completedBy(defaults, old), stored(schema));
  const version = z.object({ version: z.int().nonnegative(), document: document.optional() });
  const row = z.object({
    revision: z.int().positive(),
    versions: z.int().nonnegative(),
    active: version,
    candidate: version.extend({ shareBps: z.int() }).optional(),
    change: PolicyChange,
    at: z.iso.datetime(),
    by: KeyId,
    why: z.string(),
  });
  return stored(row);
}

/** The same, with the fields that it lacks. */
function completedBy(defaults: unknown, old: unknown): unknown {
  if (!isFields(defaults) || !isFields(old)) return old;
  const completed = Object.entries(defaults).map(([name, field]) => [
    name,
    Object.hasOwn(old, name) ? completedBy(field, old[name]) : field,
  ]);
  return { ...old, ...Object.fromEntries(completed) };
}

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * How long an instance of a function may use what it has read. A change is in force everywhere within a minute: this, and the
 * time of a request that had read just before it.
 */
export const POLICY_CACHE_MILLISECONDS = 30_000;

/** The partition of a workspace's policy. */
export const policyPartition = (workspaceId: WorkspaceId, name: string): string =>
  `${TABLES.jobs.partitions.policies}${workspaceId}#${name}`;

const REVISION_ROWS = 'REVISION#';
/** Digits of a revision in its sort key: so many that nobody makes more changes. */
const REVISION_DIGITS = 10;

export const revisionKey = (workspaceId: WorkspaceId, name: string, revision: number) => ({
  pk: policyPartition(workspaceId, name),
  sk: `${REVISION_ROWS}${String(revision).padStart(REVISION_DIGITS, '0')}`,
});

/** The row of a change; without an attribute of lifetime, so that it is kept for good. */
export const rowOfRevision = (workspaceId: WorkspaceId, name: string, revision: PolicyRevision) => ({
  ...revisionKey(workspaceId, name, revision.revision),
  rowVersion: ROW_VERSION,
  ...revision,
});

/** The place of a revision in a list, for its cursor. */
export const RevisionPosition = z.string().regex(/^[1-9]\d{0,9}$/);
