import { VEHICLE_RATING } from '../assessments/vehicle-rating-policy.ts';
import { EXAMPLE_ASSESSMENT } from '../jobs/example-job.ts';
import type { Examples } from '../platform/contract.ts';
import { KeyId } from '../platform/ids.ts';
import { digestOf } from '../platform/policy.ts';
import type { PolicyState } from '../platform/policy-rows.ts';
import type { POLICIES_API } from './policies-contract.ts';
import { nextRevision, UNCHANGED } from './policy-change.ts';
import { summaryOfPolicy, viewOfPolicy, viewOfRevision, viewOfVersion } from './policy-views.ts';

/** A stricter cap, and what its workspace made of it. */
const stricter = { ...VEHICLE_RATING.defaults, mostWithStructuralDamage: 1.5 };
const signed = {
  by: KeyId.parse('01KAQ6QJ8Y4H2K6P9S3E7R5T1A'),
  at: '2026-11-22T10:00:00.000Z',
  why: 'Our buyers return cars with bent frames.',
};

const tried = nextRevision(UNCHANGED, 0, { kind: 'try', document: stricter, shareBps: 1000 }, signed);
const widened = nextRevision(tried, 1, { kind: 'try', shareBps: 5000 }, signed);
const promoted = nextRevision(widened, 2, { kind: 'promote' }, signed);
const ended = nextRevision(tried, 1, { kind: 'end_trial' }, signed);
const replaced = nextRevision(UNCHANGED, 0, { kind: 'replace', document: stricter }, signed);
const rolledBack = nextRevision(replaced, 1, { kind: 'roll_back', to: { version: 0 } }, signed);

const viewOf = (state: PolicyState<unknown>) => viewOfPolicy(VEHICLE_RATING, state);
const { document: _document, ...before } = viewOfVersion(VEHICLE_RATING, { version: 0 });
const { why } = signed;

export const POLICIES_EXAMPLES = {
  listPolicies: { reply: { policies: [summaryOfPolicy(VEHICLE_RATING, tried)] } },
  getPolicy: {
    reply: {
      ...viewOf(tried),
      defaults: viewOfVersion(VEHICLE_RATING, { version: 0 }),
      history: [viewOfRevision(tried)],
    },
  },
  getPolicyVersion: { reply: viewOfVersion(VEHICLE_RATING, { version: 1, document: stricter }) },
  replacePolicy: { body: { revision: 0, document: stricter, why }, reply: viewOf(replaced) },
  previewPolicy: {
    body: { document: stricter },
    reply: {
      name: 'vehicle-rating',
      active: before,
      digest: digestOf(stricter),
      complete: true,
      compared: 1,
      changed: 1,
      results: [
        {
          jobId: EXAMPLE_ASSESSMENT.jobId,
          kind: 'vehicle',
          concludedAt: EXAMPLE_ASSESSMENT.createdAt,
          given: 'grade 2 (1.96)',
          active: 'grade 2 (1.96)',
          proposed: 'grade 1.5 (1.49)',
          differences: [{ field: 'rating.grade', active: 2, proposed: 1.5 }],
          moreDifferences: 4,
        },
      ],
    },
  },
  rollBackPolicy: { body: { revision: 1, version: 0, why: 'Too strict.' }, reply: viewOf(rolledBack) },
  tryPolicy: { body: { revision: 0, document: stricter, shareBps: 1000, why }, reply: viewOf(tried) },
  promotePolicy: { body: { revision: 2, why }, reply: viewOf(promoted) },
  endPolicyTrial: { body: { revision: 1, why: 'No difference.' }, reply: viewOf(ended) },
} satisfies Examples<typeof POLICIES_API>;
