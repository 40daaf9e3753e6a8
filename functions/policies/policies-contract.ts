import { z } from 'zod';
import { AssetKind } from '../assets/asset.ts';
import type { Contracts } from '../platform/contract.ts';
import { JobId, KeyId } from '../platform/ids.ts';
import { NextCursor, PageQuery } from '../platform/paging.ts';
import { WHOLE_BPS } from '../platform/policy-choice.ts';
import { PolicyChange } from '../platform/policy-rows.ts';
import { PolicyUse } from '../platform/policy-use.ts';
import { DOCUMENT_SCHEMAS, POLICY_NAMES } from './registry.ts';

/** The longest reason for a change: some sentences. */
const WHY_CHARACTERS = 500;
/** Bytes of a document as JSON. Chosen by eye: ours have some kilobytes, and a row of DynamoDB, 400 KB, holds two. */
export const DOCUMENT_BYTES = 64 * 1024;
/** Results that a preview recomputes at most. */
export const PREVIEWED_RESULTS = 100;

const Name = z.enum(POLICY_NAMES).describe('Name of the policy.');
const PolicyParams = z.object({ name: Name });

/** A number in a path: digits, and an integer in the OpenAPI document. */
const VersionInPath = z
  .string()
  .regex(/^(0|[1-9]\d{0,8})$/, 'expected the number of a version')
  .transform(Number)
  .pipe(z.int())
  .meta({
    description: 'The number of a version; 0 is the default of this release.',
    override: ({ jsonSchema }: { readonly jsonSchema: { pattern?: unknown } }) => {
      delete jsonSchema.pattern;
      Object.assign(jsonSchema, { type: 'integer', minimum: 0 });
    },
  });

/** The document of any policy; which one the path says, so that it is validated by its own schema. */
const Document = z.looseObject({}).meta({
  description: `The whole document, of at most ${DOCUMENT_BYTES} bytes as JSON. Which of these forms it has follows from the name of the policy.`,
  override: ({ jsonSchema }: { readonly jsonSchema: object }) => {
    for (const key of Object.keys(jsonSchema)) if (key !== 'description') Reflect.deleteProperty(jsonSchema, key);
    Object.assign(jsonSchema, { oneOf: DOCUMENT_SCHEMAS });
  },
});

const Revision = z
  .int()
  .nonnegative()
  .max(1_000_000_000)
  .describe(
    'The `revision` of the policy that you have read, 0 if it was never changed. When it has changed since, nothing happens (`policy_changed`); the repeat of a request that has succeeded gets the same reply.',
  );
const Why = z.string().trim().min(1).max(WHY_CHARACTERS).describe('Why, for whoever reads the history.');
const ShareBps = z
  .int()
  .min(1)
  .max(WHOLE_BPS - 1)
  .describe(
    'The share of results that the version on trial decides, in basis points: 1,000 are 10 %. A stable hash of the id of the result chooses it, so that a result keeps its side, and a larger share includes a smaller one.',
  );

const Version = PolicyUse.pick({ version: true, source: true, digest: true });
const VersionWithDocument = Version.extend({ document: Document });

const Summary = z.strictObject({
  name: Name,
  title: z.string().describe('What it is called.'),
  summary: z.string().describe('What it decides.'),
  revision: z.int().nonnegative().describe('The number of changes so far; send it with the next one.'),
  active: Version.describe('The version that is in force.'),
  candidate: Version.extend({ shareBps: ShareBps })
    .optional()
    .describe('The version on trial; absent without a trial.'),
});

export const PolicyNow = Summary.extend({
  active: VersionWithDocument.describe('The version that is in force.'),
  candidate: VersionWithDocument.extend({ shareBps: ShareBps })
    .optional()
    .describe('The version on trial; absent without a trial.'),
});
export type PolicyNow = z.input<typeof PolicyNow>;

const HistoryEntry = z.strictObject({
  revision: z.int().positive().describe('The number of the change.'),
  change: PolicyChange,
  active: z.int().nonnegative().describe('The version that was in force after it.'),
  candidate: z
    .strictObject({ version: z.int().positive().describe('The version.'), shareBps: ShareBps })
    .optional()
    .describe('The version on trial after it, if any.'),
  at: z.iso.datetime().describe('When it was made, in UTC.'),
  by: KeyId.describe('The API key that made it.'),
  why: z.string().describe('Why.'),
});

const Difference = z.strictObject({
  field: z.string().describe('Where in the assessment, such as `rating.overall.class`.'),
  active: z.unknown().describe('The value under the version in force; absent where there is none.').optional(),
  proposed: z.unknown().describe('The value under the proposed document; absent where there is none.').optional(),
});

const Previewed = z.strictObject({
  jobId: JobId,
  kind: AssetKind,
  concludedAt: z.iso.datetime().describe('When the job was concluded, in UTC.'),
  given: z.string().describe('The rating that was given, in words.'),
  active: z.string().describe('The rating that the version in force gives now: by today’s release.'),
  proposed: z.string().describe('The rating that the proposed document would give.'),
  differences: z
    .array(Difference)
    .describe('What the proposed document changes, without texts; empty when it changes nothing.'),
  moreDifferences: z.int().nonnegative().describe('Differences that are not listed.'),
});
export type Previewed = z.input<typeof Previewed>;

const Preview = z.strictObject({
  name: Name,
  active: Version.describe('The version in force, with which the proposed document is compared.'),
  digest: PolicyUse.shape.digest,
  complete: z
    .boolean()
    .describe(
      `Whether these are the last ${PREVIEWED_RESULTS} results, or all; false when the time was too short for all.`,
    ),
  compared: z.int().nonnegative().describe('Number of results that were recomputed.'),
  changed: z.int().nonnegative().describe('Number of those that the proposed document changes.'),
  results: z.array(Previewed).describe('The results, newest first.'),
});

/** What every change needs. */
const Signed = { revision: Revision, why: Why };

/** The contracts of `policies-api`. */
export const POLICIES_API = {
  listPolicies: {
    summary: 'List the policies: the rules that decide, and which version of each is in force',
    description: 'Whoever may read results may read the rules that they rest on.',
    status: 200,
    reply: z.strictObject({ policies: z.array(Summary).describe('All policies.') }),
    problems: [],
  },
  getPolicy: {
    summary: 'Get a policy: its document in force, its default, and its history, newest change first',
    description: 'No change is ever forgotten or altered.',
    params: PolicyParams,
    query: PageQuery,
    status: 200,
    reply: PolicyNow.extend({
      defaults: VersionWithDocument.describe('The default of this release: version 0.'),
      history: z.array(HistoryEntry).describe('The changes of this page, newest first.'),
      nextCursor: NextCursor,
    }),
    problems: ['not_found', 'invalid_cursor'],
  },
  getPolicyVersion: {
    summary: 'Get the document of a version',
    description: 'With the versions that a result names, it can be recomputed.',
    params: PolicyParams.extend({ version: VersionInPath }),
    status: 200,
    reply: VersionWithDocument,
    problems: ['not_found'],
  },
  replacePolicy: {
    summary: 'Replace a policy by a version of your own',
    description:
      'In force everywhere within a minute, for results that are decided from then on. The document is validated by the schema of the policy, and by the relations between its fields that keep ratings sensible. It is refused while another version is on trial.',
    params: PolicyParams,
    body: z.strictObject({ ...Signed, document: Document }),
    status: 200,
    reply: PolicyNow,
    problems: ['not_found', 'policy_changed', 'trial_running'],
  },
  previewPolicy: {
    summary: 'Preview what the last results would have been under a document',
    description: `Recomputes the last ${PREVIEWED_RESULTS} completed jobs of your workspace from their stored photo assessments and the stored evidence of their value, at the time of their conclusion, under the version in force and under the proposed document, and lists what differs. Nothing is stored. Only what a photo's assessment holds can be recomputed: its quality, its verdict and the severity of its findings; what was examined, and the severity of findings of earlier releases, which stored no threshold, stay as they were. Policies that rate no job, those of comps, valuations and grading, have no preview (\`invalid_request\`): value or ask anew under a trial instead.`,
    params: PolicyParams,
    body: z.strictObject({ document: Document }),
    status: 200,
    reply: Preview,
    problems: ['not_found'],
  },
  rollBackPolicy: {
    summary: 'Roll a policy back to an earlier version',
    description: 'The earlier version is in force again, under its own number; 0 is the default. It ends a trial, too.',
    params: PolicyParams,
    body: z.strictObject({
      ...Signed,
      version: z
        .int()
        .nonnegative()
        .max(1_000_000_000)
        .describe('The version that is to be in force; 0 is the default.'),
    }),
    status: 200,
    reply: PolicyNow,
    problems: ['not_found', 'policy_changed'],
  },
  tryPolicy: {
    summary: 'Try a document on a share of the results',
    description:
      'Each result says in its `policies` which of the two versions it had. One version at a time can be on trial.',
    params: PolicyParams,
    body: z.strictObject({
      ...Signed,
      shareBps: ShareBps,
      document: Document.optional().meta({
        description: 'The document to try. Without it, the share of the trial that is running changes.',
      }),
    }),
    status: 200,
    reply: PolicyNow,
    problems: ['not_found', 'policy_changed', 'trial_running', 'no_trial'],
  },
  promotePolicy: {
    summary: 'Put the version on trial in force for all results',
    description: 'It keeps its number.',
    params: PolicyParams,
    body: z.strictObject(Signed),
    status: 200,
    reply: PolicyNow,
    problems: ['not_found', 'policy_changed', 'no_trial'],
  },
  endPolicyTrial: {
    summary: 'End a trial: the version that was in force decides all results again',
    description: 'The version that was on trial stays in the history, and can be rolled back to.',
    params: PolicyParams,
    body: z.strictObject(Signed),
    status: 200,
    reply: PolicyNow,
    problems: ['not_found', 'policy_changed', 'no_trial'],
  },
} as const satisfies Contracts<'policies-api'>;
