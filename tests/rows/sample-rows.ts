import type { z } from 'zod';
import type { Asset } from '../../functions/assets/asset.ts';
import { type Job, JobRecord, jobOf, PhotoProgress } from '../../functions/jobs/job.ts';
import {
  ConclusionRow,
  PhotoRow,
  type Row,
  rowOfConclusion,
  rowOfJob,
  rowOfPhoto,
  rowOfProgress,
  StoredProgress,
  StoredRecord,
} from '../../functions/jobs/job-rows.ts';
import { PhotoAssessment } from '../../functions/photos/photo-assessment.ts';
import { PhotoRef, photoIdAt } from '../../functions/platform/ids.ts';
import type { Policy } from '../../functions/platform/policy.ts';
import { revisionRowOf, rowOfRevision } from '../../functions/platform/policy-rows.ts';
import { nextRevision, UNCHANGED } from '../../functions/policies/policy-change.ts';
import { POLICIES, type PolicyName } from '../../functions/policies/registry.ts';
import { ActiveKeys } from '../../functions/workspaces/active-keys.ts';
import { ApiKey, StoredKey } from '../../functions/workspaces/api-key.ts';
import { conclude } from '../functions/by-default.ts';
import { COMP_SCHEMAS, compRows } from './sample-comp-rows.ts';

const OTHER_SCHEMAS = {
  job: StoredRecord,
  progress: StoredProgress,
  photo: PhotoRow,
  conclusion: ConclusionRow,
  key: StoredKey,
  activeKeys: ActiveKeys,
  ...COMP_SCHEMAS,
} as const;
export type RowKind = keyof typeof OTHER_SCHEMAS | `policy ${PolicyName}`;

/** One entry for each policy. */
const forEachPolicy = <Entry>(entryOf: (policy: Policy) => Entry) =>
  Object.fromEntries(POLICIES.map((policy) => [`policy ${policy.name}`, entryOf(policy)])) as Record<
    `policy ${PolicyName}`,
    Entry
  >;

/** The schemas with which rows are read back, by the kind of row. */
export const ROW_SCHEMAS: Readonly<Record<RowKind, z.ZodType>> = { ...OTHER_SCHEMAS, ...forEachPolicy(revisionRowOf) };

/** As in prod. */
const JOB_DAYS = 730;
const CREATED_AT = '2026-11-22T09:30:00.000Z';

const ASSETS: readonly Asset[] = [
  {
    kind: 'property',
    address: '1 Main Street',
    zipCode: '94110-1234',
    livingAreaSqft: 1850,
    bedrooms: 3,
    bathrooms: 2.25,
    yearBuilt: 1994,
    yearRenovated: 2012,
    statedCondition: 'C3',
    valueCents: 45_000_000,
    currency: 'USD',
  },
  {
    kind: 'vehicle',
    make: 'Toyota',
    model: 'Corolla',
    modelYear: 2019,
    odometerMiles: 61_000,
    statedCondition: 'average',
    frameDamage: false,
    floodDamage: true,
  },
  { kind: 'product', title: 'Desk lamp', category: 'lighting', statedCondition: 'good' },
  { kind: 'collectible', title: '1999 card', category: 'cards', statedCondition: 'near_mint' },
];

const measured = {
  media: { widthPx: 4000, heightPx: 3000, bytes: 2_700_000, sha256: '0a'.repeat(32), phash: 'e1c3870f1e3c78f0' },
  quality: {
    scoreRatio: 0.9,
    sharpness: { scoreRatio: 0.9, laplacianVariance: 210 },
    exposure: { scoreRatio: 0.8, meanLuma: 0.46, clippedDarkRatio: 0.01, clippedBrightRatio: 0.02 },
    resolution: { scoreRatio: 1, megapixels: 12 },
  },
  evidence: {
    verdict: 'suspicious',
    summary: 'the file says that parts were edited with generative AI',
    tests: [
      {
        test: 'declared_edited',
        outcome: 'fail',
        meaning: 'the file says that parts were edited with generative AI',
        where: 'XMP DigitalSourceType: compositeWithTrainedAlgorithmicMedia',
      },
      { test: 'structure', outcome: 'pass', meaning: 'the picture shows something' },
    ],
  },
  examined: [
    { question: 'subject', outcome: 'found' },
    { question: 'crack', outcome: 'nothing_found' },
    { question: 'mould', outcome: 'unsure', why: 'experimental' },
    { question: 'vehicle_severity', outcome: 'not_asked', why: 'not asked of a property' },
  ],
  models: { subject: '1.1.0' },
  timings: { open: 41 },
};
const finding = { kind: 'crack', severity: 'moderate', confidenceRatio: 0.83, areaRatio: 0.02, experimental: false };

/** One photo of each outcome: with findings, of a vehicle, rejected, failed. */
const PHOTOS: readonly PhotoAssessment[] = [
  {
    photoId: 'p001',
    status: 'assessed',
    ...measured,
    subject: { label: 'kitchen', confidenceRatio: 0.97 },
    findings: [
      {
        ...finding,
        box: { x: 0.1, y: 0.05, width: 0.2, height: 0.1 },
        shape: { lengthRatio: 0.5, widthRatio: 0.06, spanRatio: 0.1, cellRatio: 0.04, direction: 'diagonal' },
      },
      { ...finding, kind: 'mould', areaRatio: null, box: null, experimental: true },
    ],
  },
  {
    photoId: 'p002',
    status: 'assessed',
    ...measured,
    media: { ...measured.media, sha256: '0b'.repeat(32), phash: '1b2d96a54cf0e38d' },
    subject: { label: 'vehicle', confidenceRatio: 0.99 },
    findings: [],
    vehicle: {
      severity: 'minor',
      confidenceRatio: 0.8,
      experimental: false,
      parts: [{ part: 'bumper', confidenceRatio: 0.7, experimental: false }],
    },
  },
  { photoId: 'p003', status: 'rejected', code: 'corrupt', detail: 'cut off', bytes: 10, sha256: '0c'.repeat(32) },
  { photoId: 'p004', status: 'failed', code: 'worker_died', detail: 'no answer' },
].map((photo) => PhotoAssessment.parse(photo));

/** A job of four photos, of which two were expected, and one is done. */
export function sampleJob(asset: Asset): Job {
  const record = JobRecord.parse({
    workspaceId: 'acme',
    jobId: '01KAQ6R4ZB2N7T9X3M5V8W1C0D',
    status: 'failed',
    asset,
    options: { uploadSeconds: 600 },
    photos: PHOTOS.map(({ photoId }) => ({
      photoId,
      filename: `${photoId}.jpg`,
      contentType: 'image/jpeg',
      bytes: 1000,
      sha256: '0d'.repeat(32),
      subject: 'kitchen',
    })),
    createdAt: CREATED_AT,
    expiresAt: CREATED_AT,
    deadlineAt: CREATED_AT,
    startedAt: CREATED_AT,
    finishedAt: CREATED_AT,
    error: { code: 'not_concluded', detail: 'The conclusion could not be drawn.' },
  });
  const progress = { declaredPhotos: 4, donePhotoIds: new Set(['p001']), expectedPhotoIds: ['p001', 'p002'] };
  return jobOf(record, PhotoProgress.parse(progress));
}

const key: ApiKey = ApiKey.parse({
  keyId: '01KAQ6R4ZB2N7T9X3M5V8W1C0D',
  workspaceId: 'acme',
  role: 'admin',
  name: 'importer',
  createdAt: CREATED_AT,
  revokedAt: CREATED_AT,
});

/** A replaced policy, a trial of the default beside it, and the return to the default of the release. */
function revisionsOf(policy: Policy): Row[] {
  const signature = { by: key.keyId, at: CREATED_AT, why: 'a test' };
  const document = policy.defaults;
  const replaced = nextRevision(UNCHANGED, 0, { kind: 'replace', document }, signature);
  const tried = nextRevision(replaced, 1, { kind: 'try', document, shareBps: 500 }, signature);
  const rolledBack = nextRevision(tried, 2, { kind: 'roll_back', to: { version: 0 } }, signature);
  return [replaced, tried, rolledBack].map((each) => rowOfRevision(key.workspaceId, policy.name, each));
}

/** Rows of every kind with every field, as this release writes them. */
export function sampleRows(): Readonly<Record<RowKind, readonly Row[]>> {
  const jobs = ASSETS.map(sampleJob);
  const photoOf = (index: number) => PhotoRef.parse({ ...jobs[0], photoId: photoIdAt(index) });
  return {
    job: jobs.map((job) => rowOfJob(job, JOB_DAYS)),
    progress: jobs.slice(0, 1).map((job) => rowOfProgress(job, JOB_DAYS)),
    photo: PHOTOS.map((assessment, index) =>
      rowOfPhoto(photoOf(index), { assessment, etag: 'abc', versionId: 'v1' }, JOB_DAYS),
    ),
    conclusion: jobs.map((job) => rowOfConclusion(job, conclude(job, PHOTOS, new Date(CREATED_AT)), JOB_DAYS)),
    key: [{ pk: `KEY#${key.keyId}`, sk: 'KEY', secretHash: 'ba7816bf', expiresAtSeconds: 1803116200, ...key }],
    activeKeys: [
      { pk: 'WORKSPACE#acme', sk: 'KEYS', activeKeys: new Set([key.keyId]), adminKeys: new Set([key.keyId]) },
    ],
    ...compRows(),
    ...forEachPolicy(revisionsOf),
  };
}
