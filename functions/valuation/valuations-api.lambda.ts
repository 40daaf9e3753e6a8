import { listedQuestion, refuseAsking, refuseProviderSources } from '../comp-providers/asking-rules.ts';
import { gradingAdvice } from '../grading/grading-answer.ts';
import { GRADING } from '../grading/grading-policy.ts';
import { cardYearPossible } from '../grading/grading-question.ts';
import { createOnce } from '../platform/creation.ts';
import { cursorAt, positionOf } from '../platform/cursor.ts';
import { RequestError } from '../platform/errors.ts';
import { httpHandler } from '../platform/http-handler.ts';
import { measure } from '../platform/observability.ts';
import { policiesInForce } from '../platform/policies-in-force-store.ts';
import { digestOf } from '../platform/policy.ts';
import { admit } from '../platform/request-limits-store.ts';
import { addComps } from './add-comps-store.ts';
import { refuseImpossibleDates } from './comp-intake.ts';
import { CompPosition } from './comp-rows.ts';
import { requestWork } from './comp-work-store.ts';
import { BOOK_FROM_ROWS, countedComps, decideComp, pageOfComps } from './comps-store.ts';
import { hasRejected, newUpload, UploadId, uploadView } from './comps-upload.ts';
import { createUpload, findUpload, rejectedUrl, uploadForm } from './comps-uploads-store.ts';
import { addProviderComps } from './provider-comps-store.ts';
import { EVERY_TITLE, nameTest, refuseEmptyQuery, relatedComps, wantedComp } from './related-comps.ts';
import { ValuationPosition, valuationPage } from './valuation-page.ts';
import { questionIdOf, VALUATION_POLICIES } from './valuation-policies.ts';
import { VALUATIONS_API } from './valuations-contract.ts';
import { valueQuery } from './value-query.ts';

export const handler = httpHandler(
  VALUATIONS_API,
  {
    /** A repeat finds the same comps, by the ids that their content gives them. */
    addComps: async ({ caller: { workspaceId }, body, newId, now }) => {
      refuseImpossibleDates(body.comps, now);
      refuseProviderSources(body.comps);
      const { documents, uses } = await policiesInForce(VALUATION_POLICIES, { workspaceId, resultId: newId }, now);
      const comps = await addComps(workspaceId, body, { rules: documents.value, use: uses.value }, now);
      measure('CompAdded', comps.filter(({ outcome }) => outcome !== 'duplicate').length);
      measure('CompQuarantined', comps.filter(({ outcome }) => outcome === 'quarantined').length);
      return { comps, policies: [uses.value] };
    },

    /** With `ask`, a repeat finds the rows of the first request, and each provider's answer still fresh. */
    listComps: async ({ caller, query: { kind, query, state, limit, cursor, providers, currency }, now }) => {
      const { workspaceId } = caller;
      const asks = providers === 'ask';
      if (asks) refuseAsking(caller.role, cursor);
      const asked = asks ? listedQuestion({ query, currency }) : undefined;
      const scope = ['comps', workspaceId, kind, query ?? '', state ?? ''];
      const after = cursor === undefined ? undefined : positionOf(scope, cursor, CompPosition);
      const result = { workspaceId, resultId: questionIdOf({ kind, query }) };
      const policies = await policiesInForce(VALUATION_POLICIES, result, now);
      const { documents } = policies;
      if (query !== undefined) refuseEmptyQuery({ kind, query }, documents.relevance);
      const outcomes = asked && (await addProviderComps(workspaceId, { kind, ...asked }, policies, now));
      const isWanted = wantedComp({ kind, query, state }, documents.relevance);
      const names = query === undefined ? EVERY_TITLE : nameTest({ kind, query }, documents.relevance);
      const filter = { limit, after, isWanted, names, justAdded: asks };
      const { entries, nextPosition } = await pageOfComps(workspaceId, kind, filter, now);
      return {
        comps: [...entries],
        ...(nextPosition && { nextCursor: cursorAt(scope, nextPosition) }),
        ...(outcomes && { providers: outcomes }),
      };
    },

    /** A repeat under the same Idempotency-Key finds the upload that the first attempt stored. */
    createCompsUpload: async ({ caller: { workspaceId }, body, newId, now }) => {
      const upload = await createUpload(newUpload({ workspaceId, uploadId: UploadId.parse(newId) }, body, now));
      await requestWork({ workspaceId, kind: upload.kind, uploadId: upload.uploadId });
      return { ...uploadView(upload), upload: await uploadForm(upload, now) };
    },

    getCompsUpload: async ({ caller: { workspaceId }, params: { uploadId }, now }) => {
      const upload = await findUpload({ workspaceId, uploadId });
      if (!upload) throw new RequestError('not_found', 'No such upload.');
      const rejectedRows = hasRejected(upload) ? await rejectedUrl(upload, now) : undefined;
      return { ...uploadView(upload), ...(rejectedRows && { rejectedRows }) };
    },

    decideOnComp: async ({ caller: { workspaceId, keyId }, params: { compId }, body: { decision }, now }) => {
      const state = decision === 'admit' ? 'counted' : 'dropped';
      const decided = await decideComp(workspaceId, compId, { state, by: keyId, at: now.toISOString() }, now);
      if (!decided) throw new RequestError('not_found', 'No such comp.');
      return decided;
    },

    /**
     * The same query of the same comps has the same answer on the same day. Only with `ask` is anything stored: the rows of the
     * providers, which a repeat finds.
     */
    valueThing: async ({ caller, body: { providers, cursor, ...question }, now }) => {
      const { workspaceId } = caller;
      const asks = providers === 'ask';
      if (asks) refuseAsking(caller.role, cursor);
      const result = { workspaceId, resultId: questionIdOf(question) };
      const policies = await policiesInForce(VALUATION_POLICIES, result, now);
      refuseEmptyQuery(question, policies.documents.relevance);
      const outcomes = asks ? await addProviderComps(workspaceId, question, policies, now) : undefined;
      const names = nameTest(question, policies.documents.relevance);
      const read = await countedComps(workspaceId, question.kind, { names, justAdded: asks }, now);
      const { comps, counted, isComplete, rows } = read;
      if (rows >= BOOK_FROM_ROWS) await requestWork({ workspaceId, kind: question.kind });
      const related = relatedComps(question, comps, policies.documents.relevance);
      const scope = ['valuation', workspaceId, question.kind, question.query, question.currency];
      const position = cursor === undefined ? undefined : positionOf(scope, cursor, ValuationPosition);
      const { valuation, nextPosition } = valuationPage(position, (from) =>
        valueQuery(question, related, policies, now, from),
      );
      return {
        ...valuation,
        unrelatedComps: counted - related.length,
        isComplete,
        ...(nextPosition && { nextCursor: cursorAt(scope, nextPosition) }),
        ...(outcomes && { providers: outcomes }),
      };
    },

    /** Stores nothing: the same question has the same answer, and in a trial of its policy the same side. */
    adviseOnGrading: async ({ caller: { workspaceId }, body, now }) => {
      cardYearPossible(body, now);
      const result = { workspaceId, resultId: digestOf(body) };
      const { documents, uses } = await policiesInForce({ grading: GRADING }, result, now);
      return gradingAdvice(body, documents.grading, [uses.grading]);
    },
  },
  { admit, createOnce },
);
