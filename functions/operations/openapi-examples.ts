import type { RouteName } from '../platform/names.ts';

/** A request's body and its answer, as the API document shows them. */
export type Example = { readonly body?: unknown; readonly reply: unknown };

const JOB_ID = '01KAQ6R4ZB2N7T9X3M5V8W1C0D';
const KEY_ID = '01KAQ6QJ8Y4H2K6P9S3E7R5T1A';

const asset = {
  kind: 'property',
  address: '12 Harbour Lane',
  zipCode: '94110',
  livingAreaSqft: 1240,
  bedrooms: 2,
  bathrooms: 1.5,
  yearBuilt: 1962,
  valueCents: 48_000_000,
  currency: 'USD',
};

const times = { createdAt: '2026-11-22T09:30:00.000Z', expiresAt: '2026-11-22T10:30:00.000Z' };
const links = { self: `/api/v1/jobs/${JOB_ID}`, start: `/api/v1/jobs/${JOB_ID}/start` };

const job = (status: string, progress: object, more: object = {}) => ({
  jobId: JOB_ID,
  status,
  progress,
  asset,
  ...times,
  ...more,
  links,
});

const undetermined = (what: string) => ({
  status: 'undetermined',
  reasons: [`No usable photo of the ${what}.`],
  missing: [`at least one sharp photo of the ${what}`],
});

const kitchen = {
  status: 'rated',
  score: 3.6,
  class: 'C4',
  probabilities: { C1: 0, C2: 0.02, C3: 0.41, C4: 0.5, C5: 0.07, C6: 0 },
  reasons: ['A minor damp stain in the kitchen.', 'Built in 1962.'],
};

const assessment = {
  jobId: JOB_ID,
  status: 'completed',
  asset,
  photos: [
    {
      photoId: 'p001',
      status: 'rejected',
      code: 'too_small',
      detail: 'The short side has 40 px, 64 are needed.',
      bytes: 912,
    },
  ],
  findings: [],
  rating: { scale: 'UAD', exterior: undetermined('exterior'), interior: kitchen, overall: undetermined('whole') },
  quality: {
    photos: { total: 1, assessed: 0, rejected: 1, failed: 0, usable: 0 },
    meanScoreRatio: null,
    duplicates: [],
    doubtful: [],
    notes: ['1 of 1 photos could not be read.'],
  },
  versions: { rules: '1.0.0', models: {} },
  createdAt: '2026-11-22T09:30:04.000Z',
};

const picture = (kind: string) => ({
  url: `https://media.example.com/derived/acme/${JOB_ID}/p001/${kind}.jpg?X-Amz-Expires=300`,
  expiresAt: '2026-11-22T09:36:00.000Z',
});

const key = { keyId: KEY_ID, role: 'member', name: 'importer', createdAt: '2026-11-22T09:00:00.000Z' };
const passed = { status: 'ok', durationMs: 12 };

/** One example for each operation; a test holds them to the schemas. */
export const EXAMPLES = {
  getHealth: { reply: { status: 'ok', version: '0.1.0', environment: 'prod' } },
  getReady: { reply: { status: 'ready', checks: { table: passed, bucket: passed, queue: passed, models: passed } } },
  getOpenapi: { reply: { openapi: '3.1.0' } },
  listModels: {
    reply: {
      models: [
        {
          name: 'subject-small',
          version: '1.0.0',
          answers: 'subject',
          summary: 'Says what a photo shows.',
          licence: { weights: 'Apache-2.0', commercialUse: true },
          data: [{ name: 'Rooms', origin: 'https://example.com/rooms', licence: 'CC-BY-4.0', images: 1200 }],
          metrics: { accuracyRatio: 0.9 },
        },
      ],
    },
  },
  createJob: {
    body: {
      asset,
      photos: [{ filename: 'kitchen.jpg', contentType: 'image/jpeg', bytes: 2_700_000, subject: 'kitchen' }],
    },
    reply: {
      jobId: JOB_ID,
      status: 'awaiting_photos',
      uploads: [
        {
          photoId: 'p001',
          url: 'https://media.example.com/',
          fields: { key: `uploads/acme/${JOB_ID}/p001`, 'Content-Type': 'image/jpeg', Policy: 'eyJleHBpc…' },
        },
      ],
      expiresAt: times.expiresAt,
      links,
    },
  },
  listJobs: {
    reply: {
      jobs: [{ jobId: JOB_ID, status: 'completed', kind: 'property', createdAt: times.createdAt, totalPhotos: 1 }],
      nextCursor: 'Y3Vyc29yLi4u',
    },
  },
  getJob: {
    reply: job(
      'completed',
      { donePhotos: 1, totalPhotos: 1, stage: 'ended' },
      { finishedAt: '2026-11-22T09:30:04.000Z', assessment },
    ),
  },
  cancelJob: { reply: job('cancelled', { donePhotos: 0, totalPhotos: 1, stage: 'ended' }) },
  startJob: { reply: job('processing', { donePhotos: 0, totalPhotos: 1, stage: 'photos' }) },
  getDisplay: { reply: picture('display') },
  getOverlay: { reply: picture('overlay') },
  createKey: {
    body: { role: 'member', name: 'importer' },
    reply: { ...key, secret: 'fettle_prod_Zm9yIGV4YW1wbGUgb25seSwgb3BlbnMgbm90aGluZyE' },
  },
  listKeys: { reply: { keys: [key] } },
  revokeKey: { reply: { ...key, revokedAt: '2026-11-22T10:00:00.000Z' } },
} as const satisfies Record<RouteName, Example>;
