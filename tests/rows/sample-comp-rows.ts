import type { Row } from '../../functions/jobs/job-rows.ts';
import { WorkspaceId } from '../../functions/platform/ids.ts';
import { versionOf } from '../../functions/platform/policy-choice.ts';
import type { Comp } from '../../functions/valuation/comp.ts';
import { CompBookRow, nextBook, rowOfBook } from '../../functions/valuation/comp-book.ts';
import {
  CompRow,
  compIdOf,
  rowOfComp,
  rowOfTitle,
  type StoredComp,
  TitleRow,
} from '../../functions/valuation/comp-rows.ts';
import { CompWorkRow, rowOfWork } from '../../functions/valuation/comp-work.ts';
import {
  type CompsUpload,
  CompsUploadRow,
  newUpload,
  rowOfUpload,
  UploadId,
} from '../../functions/valuation/comps-upload.ts';
import { FAIR_MARKET_VALUE } from '../../functions/valuation/value-policy.ts';

/** The schemas with which the rows of the table of comps are read back, by the kind of row. */
export const COMP_SCHEMAS = {
  comp: CompRow,
  compTitle: TitleRow,
  compBook: CompBookRow,
  compWork: CompWorkRow,
  compsUpload: CompsUploadRow,
} as const;

const CREATED_AT = '2026-11-22T09:30:00.000Z';
const WORKSPACE = WorkspaceId.parse('acme');
const ID = '01KAQ6QJ8Y4H2K6P9S3E7R5T1A';

/** A sale with every field that a person decided on, and an asking price with as few as possible. */
function comps(): StoredComp[] {
  const ask: Comp = { title: 'Canon EOS R5', status: 'asking', priceCents: 1, currency: 'USD', source: 'own' };
  const sale: Comp = {
    ...ask,
    status: 'sold',
    date: '2026-11-21',
    format: 'auction',
    bids: 14,
    priceIs: 'paid',
    sourceId: 'A-1071',
    seller: 'joe',
  };
  const decided = { decidedAt: CREATED_AT, decidedBy: ID };
  const { use } = versionOf(FAIR_MARKET_VALUE, { version: 2, document: FAIR_MARKET_VALUE.defaults });
  const quarantine = {
    reason: 'relisting' as const,
    why: 'The same seller sold it at the same price.',
    policy: { ...use, trial: 'candidate' as const },
  };
  const renewal = { count: 2, at: CREATED_AT, before: ask };
  return [
    { comp: sale, state: 'dropped' as const, quarantine, renewal, ...decided },
    { comp: ask, state: 'counted' as const },
  ].map((stored) => ({ compId: compIdOf('product', stored.comp), addedAt: CREATED_AT, ...stored }));
}

/** One that waits for its file, and one that has ended with every field. */
function uploads(): CompsUpload[] {
  const ref = { workspaceId: WORKSPACE, uploadId: UploadId.parse(ID) };
  const begun = newUpload(ref, { kind: 'vehicle', bytes: 5000 }, new Date(CREATED_AT));
  const { use } = versionOf(FAIR_MARKET_VALUE, { version: 2, document: FAIR_MARKET_VALUE.defaults });
  const counts = { rows: 9, stored: 4, quarantined: 1, renewed: 1, duplicate: 1, rejected: 2 };
  return [
    begun,
    {
      ...{ ...begun, currency: 'USD', source: 'own', status: 'completed', endedAt: CREATED_AT, detail: 'why' },
      result: { ...counts, policies: [use] },
    },
  ];
}

/** Rows of every kind of the table of comps, with every field, as this release writes them. */
export const compRows = (): Readonly<Record<keyof typeof COMP_SCHEMAS, readonly Row[]>> => ({
  comp: comps().map((comp) => rowOfComp(WORKSPACE, comp, 3)),
  compTitle: comps().map((comp) => rowOfTitle(WORKSPACE, comp)),
  compBook: [
    rowOfBook(WORKSPACE, 'product', nextBook(WORKSPACE, 'product', undefined, { id: ID, comps: 2, applied: ID })),
  ],
  compWork: [
    rowOfWork({ workspaceId: WORKSPACE, kind: 'product', leasedUntil: CREATED_AT }),
    rowOfWork({ workspaceId: WORKSPACE, kind: 'vehicle', uploadId: UploadId.parse(ID), attempts: 2 }),
  ],
  compsUpload: uploads().map(rowOfUpload),
});
