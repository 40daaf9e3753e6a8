import { gradingAdvice } from '../grading/grading-answer.ts';
import { GRADING } from '../grading/grading-policy.ts';
import type { GradingQuestion } from '../grading/grading-question.ts';
import type { Examples } from '../platform/contract.ts';
import { WorkspaceId } from '../platform/ids.ts';
import { defaultsOf } from '../platform/policy-choice.ts';
import type { Comp } from './comp.ts';
import { compIntake } from './comp-intake.ts';
import { newUpload, UploadId, uploadView } from './comps-upload.ts';
import { VALUATION_POLICIES } from './valuation-policies.ts';
import type { VALUATIONS_API } from './valuations-contract.ts';
import { valueQuery } from './value-query.ts';

const question: GradingQuestion = {
  currency: 'USD',
  cardYear: 2018,
  rawPriceCents: 12_000,
  grades: [
    { grade: 8, priceCents: 13_000, population: 900 },
    { grade: 9, priceCents: 19_000, population: 5200 },
    { grade: 10, priceCents: 61_000, population: 3800 },
  ],
  expected: { grade: 9, errorGrades: 1 },
};

const { documents, uses } = defaultsOf({ grading: GRADING });

const now = new Date('2026-11-29T09:00:00.000Z');
const asked = { kind: 'collectible', query: '1989 Upper Deck Ken Griffey Jr #1', currency: 'USD' } as const;
const auction: Comp = {
  title: '1989 Upper Deck #1 Ken Griffey Jr Star Rookie',
  status: 'sold',
  priceCents: 6150,
  currency: 'USD',
  date: '2026-11-21',
  format: 'auction',
  bids: 14,
  source: 'own sales',
  sourceId: 'A-1071',
};
const { bids: _none, ...sale } = auction;
const comps: Comp[] = [
  auction,
  { ...sale, title: 'Ken Griffey Jr 1989 UD rookie #1', priceCents: 5800, format: 'fixed_price', sourceId: 'A-1088' },
];

const policies = defaultsOf(VALUATION_POLICIES);
const intake = { rules: policies.documents.value, use: policies.uses.value };
const decide = compIntake([], intake, now);
const storedComps = comps.map((comp) => decide(asked.kind, comp).comp);
const [storedComp] = storedComps as [(typeof storedComps)[0], ...typeof storedComps];
const upload = newUpload(
  { workspaceId: WorkspaceId.parse('acme'), uploadId: UploadId.parse('01KAQ6QJ8Y4H2K6P9S3E7R5T1A') },
  { kind: asked.kind, bytes: 48_213, currency: 'USD', source: 'own sales' },
  now,
);
const named = storedComps.map(({ compId, comp }) => ({ ...comp, compId }));

export const VALUATIONS_EXAMPLES = {
  addComps: {
    body: { kind: asked.kind, comps },
    reply: { comps: storedComps.map(({ compId }) => ({ compId, outcome: 'stored' })), policies: [intake.use] },
  },
  createCompsUpload: {
    body: { kind: asked.kind, bytes: 48_213, currency: 'USD', source: 'own sales' },
    reply: {
      ...uploadView(upload),
      upload: { url: 'https://example.com/', fields: { key: 'imports/…', Policy: '…', 'X-Amz-Signature': '…' } },
    },
  },
  getCompsUpload: {
    reply: {
      ...uploadView({
        ...upload,
        status: 'completed',
        endedAt: now.toISOString(),
        result: {
          rows: 412,
          stored: 380,
          quarantined: 3,
          renewed: 11,
          duplicate: 16,
          rejected: 2,
          policies: [intake.use],
        },
      }),
      rejectedRows: { url: 'https://example.com/rejected.csv', expiresAt: now.toISOString() },
    },
  },
  listComps: { reply: { comps: [storedComp] } },
  decideOnComp: {
    body: { decision: 'drop' },
    reply: {
      ...storedComp,
      state: 'dropped',
      decidedAt: now.toISOString(),
      decidedBy: '01KAQ6QJ8Y4H2K6P9S3E7R5T1A',
    },
  },
  valueThing: {
    body: asked,
    reply: { ...valueQuery(asked, named, policies, now), unrelatedComps: 0, isComplete: true },
  },
  adviseOnGrading: { body: question, reply: gradingAdvice(question, documents.grading, [uses.grading]) },
} satisfies Examples<typeof VALUATIONS_API>;
