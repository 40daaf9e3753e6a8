import { cursorAt, positionOf } from '../platform/cursor.ts';
import { RequestError } from '../platform/errors.ts';
import { httpHandler } from '../platform/http-handler.ts';
import { readPart } from '../platform/http-request.ts';
import type { Caller } from '../platform/operation.ts';
import type { Policy } from '../platform/policy.ts';
import { RevisionPosition } from '../platform/policy-rows.ts';
import { admit } from '../platform/request-limits-store.ts';
import { DOCUMENT_BYTES, POLICIES_API } from './policies-contract.ts';
import type { Intent } from './policy-change.ts';
import { changePolicy, currentState, pageOfRevisions, versionNamed } from './policy-revisions-store.ts';
import { summaryOfPolicy, viewOfPolicy, viewOfRevision, viewOfVersion } from './policy-views.ts';
import { previewResults } from './preview-store.ts';
import { POLICIES, type PolicyName, policyNamed } from './registry.ts';

/** The document of a request, by the schema of its policy. @throws RequestError with every violation */
function proposedDocument({ schema }: Policy, document: object): unknown {
  const bytes = Buffer.byteLength(JSON.stringify(document));
  if (bytes <= DOCUMENT_BYTES) return readPart('body.document', schema, document);
  const detail = `body.document: expected at most ${DOCUMENT_BYTES} bytes as JSON, received ${bytes}.`;
  throw new RequestError('request_too_large', detail);
}

/** A change that an admin makes; safe to repeat, because a revision is made once. */
type Signed = { readonly revision: number; readonly why: string };

async function change(
  { workspaceId, keyId }: Caller,
  name: PolicyName,
  { revision, why }: Signed,
  intent: Intent,
  now: Date,
) {
  const policy = policyNamed(name);
  const signature = { by: keyId, at: now.toISOString(), why };
  return viewOfPolicy(policy, await changePolicy(workspaceId, policy, revision, intent, signature));
}

export const handler = httpHandler(
  POLICIES_API,
  {
    listPolicies: async ({ caller: { workspaceId } }) => {
      const states = await Promise.all(POLICIES.map((policy) => currentState(workspaceId, policy)));
      return { policies: states.map((state, index) => summaryOfPolicy(POLICIES[index] ?? POLICIES[0], state)) };
    },

    getPolicy: async ({ caller: { workspaceId }, params: { name }, query: { limit, cursor } }) => {
      const policy = policyNamed(name);
      const scope = ['policy', workspaceId, name];
      const before = cursor === undefined ? undefined : Number(positionOf(scope, cursor, RevisionPosition));
      const [state, { entries, nextPosition }] = await Promise.all([
        currentState(workspaceId, policy),
        pageOfRevisions(workspaceId, policy, { limit, before }),
      ]);
      return {
        ...viewOfPolicy(policy, state),
        defaults: viewOfVersion(policy, { version: 0 }),
        history: entries.map(viewOfRevision),
        ...(nextPosition && { nextCursor: cursorAt(scope, nextPosition) }),
      };
    },

    getPolicyVersion: async ({ caller: { workspaceId }, params: { name, version } }) => {
      const policy = policyNamed(name);
      const found = await versionNamed(workspaceId, policy, version);
      if (!found) throw new RequestError('not_found', 'No such version.');
      return viewOfVersion(policy, found);
    },

    replacePolicy: ({ caller, params: { name }, body, now }) => {
      const document = proposedDocument(policyNamed(name), body.document);
      return change(caller, name, body, { kind: 'replace', document }, now);
    },

    previewPolicy: async ({ caller: { workspaceId }, params: { name }, body, now }) => {
      const policy = policyNamed(name);
      return previewResults(workspaceId, policy, proposedDocument(policy, body.document), now);
    },

    rollBackPolicy: async ({ caller, params: { name }, body, now }) => {
      const to = await versionNamed(caller.workspaceId, policyNamed(name), body.version);
      if (!to) throw new RequestError('not_found', `This policy has no version ${body.version}.`);
      return change(caller, name, body, { kind: 'roll_back', to }, now);
    },

    tryPolicy: ({ caller, params: { name }, body, now }) => {
      const { document, shareBps } = body;
      const tried = document && { document: proposedDocument(policyNamed(name), document) };
      return change(caller, name, body, { kind: 'try', shareBps, ...tried }, now);
    },

    promotePolicy: ({ caller, params: { name }, body, now }) => change(caller, name, body, { kind: 'promote' }, now),

    endPolicyTrial: ({ caller, params: { name }, body, now }) => change(caller, name, body, { kind: 'end_trial' }, now),
  },
  { admit },
);
