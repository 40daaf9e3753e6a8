import { composeAssessment } from '../assessments/assessment.ts';
import { conclude } from '../assessments/conclude.ts';
import type { Asset } from '../assets/asset.ts';
import type { JobStatus } from '../jobs/job.ts';
import { linksOf } from '../jobs/job-view.ts';
import type { PhotoAssessment, PhotoFinding } from '../photos/photo-assessment.ts';
import { JobId, photoIdAt } from '../platform/ids.ts';
import { API_PREFIX, type RouteName } from '../platform/names/routes.ts';

/** A request's body and its answer, as the API document shows them. */
export type Example = { readonly body?: unknown; readonly reply: unknown };

const JOB_ID = JobId.parse('01KAQ6R4ZB2N7T9X3M5V8W1C0D');
const KEY_ID = '01KAQ6QJ8Y4H2K6P9S3E7R5T1A';

const asset: Asset = {
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

const job = (status: JobStatus, progress: object, more: object = {}) => ({
  jobId: JOB_ID,
  status,
  progress,
  asset,
  ...times,
  ...more,
  links: linksOf({ jobId: JOB_ID, status }, API_PREFIX),
});

const photos = ['kitchen', 'bathroom', 'hallway'].map((subject, index) => ({
  photoId: photoIdAt(index),
  filename: `${subject}.jpg`,
  contentType: 'image/jpeg',
  bytes: 2_700_000,
  subject,
}));

const FINGERPRINTS = {
  kitchen: { sha256: 'c0ffee00'.repeat(8), phash: 'e1c3870f1e3c78f0' },
  bathroom: { sha256: '5ea51de0'.repeat(8), phash: '1b2d96a54cf0e38d' },
} as const;

const assessed = (photoId: string, label: 'kitchen' | 'bathroom', findings: PhotoFinding[]): PhotoAssessment => ({
  photoId,
  status: 'assessed',
  media: { widthPx: 4000, heightPx: 3000, bytes: 2_700_000, ...FINGERPRINTS[label] },
  quality: {
    scoreRatio: 0.9,
    sharpness: { scoreRatio: 0.9, laplacianVariance: 210 },
    exposure: { scoreRatio: 0.81, meanLuma: 0.46, clippedDarkRatio: 0.01, clippedBrightRatio: 0.02 },
    resolution: { scoreRatio: 1, megapixels: 12 },
  },
  subject: { label, confidenceRatio: 0.97 },
  findings,
  evidence: { verdict: 'undetermined', scoreRatio: 0.08, reasons: ['camera tags: Canon EOS 80D'] },
  models: { 'subject-small': '1.0.0' },
  timings: { decode: 41, models: 63 },
});

const stain: PhotoFinding = {
  kind: 'damp_stain',
  severity: 'minor',
  confidenceRatio: 0.83,
  areaRatio: 0.02,
  box: { x: 0.1, y: 0.05, width: 0.2, height: 0.1 },
  experimental: false,
};

const photoAssessments: readonly PhotoAssessment[] = [
  assessed('p001', 'kitchen', [stain]),
  assessed('p002', 'bathroom', []),
  {
    photoId: 'p003',
    status: 'rejected',
    code: 'too_small',
    detail: 'expected at least 64 px on the short side; this photo has 40 x 60',
    bytes: 912,
  },
];

const FINISHED_AT = '2026-11-22T09:30:04.000Z';
/** Concluded by the rules themselves, so that no part contradicts another. */
const conclusion = conclude({ asset, photos }, photoAssessments, new Date(FINISHED_AT));
const assessment = composeAssessment({ job: { jobId: JOB_ID, asset }, photos: photoAssessments, conclusion });

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
          headline: { 'room types, balanced accuracy': 0.9 },
          metrics: { val: { roomsBalanced: 0.9 } },
        },
      ],
    },
  },
  createJob: {
    body: {
      asset,
      photos: photos.map(({ photoId: _, ...photo }) => photo),
    },
    reply: {
      jobId: JOB_ID,
      status: 'awaiting_photos',
      uploads: photos.map(({ photoId, contentType }) => ({
        photoId,
        url: 'https://media.example.com/',
        fields: { key: `uploads/acme/${JOB_ID}/${photoId}`, 'Content-Type': contentType, Policy: 'eyJleHBpc…' },
      })),
      expiresAt: times.expiresAt,
      links: linksOf({ jobId: JOB_ID, status: 'awaiting_photos' }, API_PREFIX),
    },
  },
  listJobs: {
    reply: {
      jobs: [
        {
          jobId: JOB_ID,
          status: 'completed',
          kind: 'property',
          createdAt: times.createdAt,
          totalPhotos: photos.length,
        },
      ],
      nextCursor: 'Y3Vyc29yLi4u',
    },
  },
  getJob: {
    reply: job(
      'completed',
      { donePhotos: photos.length, totalPhotos: photos.length, stage: 'ended' },
      { finishedAt: FINISHED_AT, assessment },
    ),
  },
  cancelJob: {
    reply: job('cancelled', { donePhotos: 0, totalPhotos: photos.length, stage: 'ended' }, { finishedAt: FINISHED_AT }),
  },
  startJob: { reply: job('processing', { donePhotos: 0, totalPhotos: photos.length, stage: 'photos' }) },
  getDisplay: { reply: picture('display') },
  getOverlay: { reply: picture('overlay') },
  createKey: {
    body: { role: 'member', name: 'importer' },
    reply: { ...key, secret: 'fettle_prod_Zm9yIGV4YW1wbGUgb25seSwgb3BlbnMgbm90aGluZyE' },
  },
  listKeys: { reply: { keys: [key] } },
  revokeKey: { reply: { ...key, revokedAt: '2026-11-22T10:00:00.000Z' } },
} as const satisfies Record<RouteName, Example>;
