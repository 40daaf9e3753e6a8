import { type Assessment, composeAssessment } from '../assessments/assessment.ts';
import { conclude } from '../assessments/conclude.ts';
import { PHOTO_POLICIES } from '../assessments/photo-policies.ts';
import { RATING_POLICIES } from '../assessments/rating-policies.ts';
import type { Asset } from '../assets/asset.ts';
import { readProvenance } from '../authenticity/file-provenance.ts';
import { judgeEvidence } from '../authenticity/judge-evidence.ts';
import { examinedOn } from '../condition/examined.ts';
import type { Question } from '../condition/model-outputs.ts';
import type { PhotoAssessment, PhotoFinding, Quality } from '../photos/photo-assessment.ts';
import { PHOTO_LIMITS_TEXT } from '../photos/photo-limits.ts';
import { JobId, photoIdAt } from '../platform/ids.ts';
import { defaultsOf } from '../platform/policy-choice.ts';
import { EXAMPLE_MODEL_EVIDENCE } from './example-model-evidence.ts';
import type { NewPhoto } from './job.ts';

/** The job of the API document's examples: three photos of a house, one of them too small to be assessed. */
export const EXAMPLE_JOB_ID = JobId.parse('01KAQ6R4ZB2N7T9X3M5V8W1C0D');

export const EXAMPLE_ASSET: Asset = {
  kind: 'property',
  address: '12 Harbour Lane',
  zipCode: '98103',
  livingAreaSqft: 1240,
  lotAreaSqft: 4800,
  bedrooms: 2,
  bathrooms: 1.5,
  floors: 1,
  yearBuilt: 1962,
  assessorGrade: 7,
  valueCents: 48_000_000,
  currency: 'USD',
};

export const EXAMPLE_TIMES = {
  createdAt: '2026-11-22T09:30:00.000Z',
  expiresAt: '2026-11-22T10:30:00.000Z',
  finishedAt: '2026-11-22T09:30:04.000Z',
} as const;

export const EXAMPLE_PHOTOS: readonly NewPhoto[] = ['kitchen', 'bathroom', 'hallway'].map((subject) => ({
  filename: `${subject}.jpg`,
  contentType: 'image/jpeg',
  bytes: 2_700_000,
  subject,
}));

const POLICIES = defaultsOf(RATING_POLICIES);

const FINGERPRINTS = {
  kitchen: { sha256: 'c0ffee00'.repeat(8), phash: 'e1c3870f1e3c78f0' },
  bathroom: { sha256: '5ea51de0'.repeat(8), phash: '1b2d96a54cf0e38d' },
} as const;

const EVIDENCE = judgeEvidence(
  {
    provenance: {
      ...readProvenance({ texts: [] }, new Uint8Array()),
      exif: { make: 'Canon', model: 'Canon EOS 80D', takenAt: '2026:11:21 15:04:05', hasExposure: true },
    },
    hasStructure: true,
  },
  new Date(EXAMPLE_TIMES.createdAt),
  POLICIES.documents.evidence,
);

const QUALITY: Quality = {
  scoreRatio: 0.9,
  sharpness: { scoreRatio: 0.9, laplacianVariance: 210 },
  exposure: { scoreRatio: 0.81, meanLuma: 0.46, clippedDarkRatio: 0.01, clippedBrightRatio: 0.02 },
  resolution: { scoreRatio: 1, megapixels: 12 },
};

/** A model that looks for three kinds of damage, one of them experimental. */
const ASKED = {
  surfaceKinds: new Map([
    ['crack', false],
    ['damp_stain', false],
    ['mould', true],
  ]),
  abstained: new Set<Question>(),
  photoRules: POLICIES.documents.photos,
};

const assessed = (photoId: string, label: 'kitchen' | 'bathroom', findings: PhotoFinding[]): PhotoAssessment => ({
  photoId,
  status: 'assessed',
  media: { widthPx: 4000, heightPx: 3000, bytes: 2_700_000, ...FINGERPRINTS[label] },
  quality: QUALITY,
  subject: { label, confidenceRatio: 0.97 },
  findings,
  examined: examinedOn({ subject: { label, confidenceRatio: 0.97 }, quality: QUALITY, findings }, ASKED),
  evidence: EVIDENCE,
  models: { photo: '1.0.0' },
  policies: Object.values(defaultsOf(PHOTO_POLICIES).uses),
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
    detail: `expected at least 64 px on the short side; this photo has 40 x 60. ${PHOTO_LIMITS_TEXT}.`,
    bytes: 912,
  },
];

const NO_COMPS = { status: 'not_searched', why: 'comps of a property are not looked for' } as const;

/** Concluded by the rules themselves, so that no part contradicts another. */
const conclusion = conclude(
  {
    asset: EXAMPLE_ASSET,
    photos: EXAMPLE_PHOTOS.map((photo, index) => ({ photoId: photoIdAt(index), subject: photo.subject })),
  },
  { photos: photoAssessments, value: { model: EXAMPLE_MODEL_EVIDENCE, comps: NO_COMPS } },
  POLICIES,
  new Date(EXAMPLE_TIMES.finishedAt),
);

export const EXAMPLE_ASSESSMENT: Assessment = composeAssessment({
  job: { jobId: EXAMPLE_JOB_ID, asset: EXAMPLE_ASSET },
  photos: photoAssessments,
  conclusion,
});
