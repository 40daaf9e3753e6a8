import { z } from 'zod';
import { Asset } from '../assets/asset.ts';
import { EvidenceTest } from '../photos/evidence.ts';
import {
  Confidence,
  ExaminedOutcome,
  ExaminedQuestion,
  Experimental,
  FINDING_KINDS,
  ModelVersions,
  PhotoAssessment,
  Ratio,
  Severity,
} from '../photos/photo-assessment.ts';
import { JobId } from '../platform/ids.ts';
import { Rating } from './rating.ts';

const PhotoIds = z.array(z.string());

const SIDES = ['interior', 'exterior', 'unknown'] as const;
export type Side = (typeof SIDES)[number];

/** One damage of the asset, whatever the number of photos that show it. */
export const MergedFinding = z.strictObject({
  kind: z.enum([...FINDING_KINDS, 'vehicle_damage']).describe('What kind of damage it is.'),
  place: z
    .string()
    .describe("The room, side or part of the vehicle: in the owner's words where given, else the model's."),
  side: z.enum(SIDES).describe('Inside or outside.'),
  severity: Severity,
  confidenceRatio: Confidence,
  areaRatio: Ratio.nullable().describe(
    "The damaged share of a photo's area, 0..1, on the photo that shows most of it; null when no model said where.",
  ),
  experimental: Experimental,
  photoIds: PhotoIds.min(1).describe('The photos that show it.'),
});
export type MergedFinding = z.infer<typeof MergedFinding>;

const Count = z.int().nonnegative();

const PhotoCounts = z
  .strictObject({
    total: Count.describe('Photos that the job waited for.'),
    assessed: Count.describe('Photos that were assessed.'),
    rejected: Count.describe('Photos that cannot be read.'),
    failed: Count.describe('Photos whose assessment failed.'),
    usable: Count.describe(
      'Assessed photos that support the rating: of good enough quality, not generated, of copies only the best.',
    ),
  })
  .describe('Numbers of photos.');

const PHOTO_ID = "The photo's place in its job, such as p001.";

const DoubtfulPhoto = z.strictObject({
  photoId: z.string().describe(PHOTO_ID),
  verdict: z.enum(['suspicious', 'synthetic']).describe('The verdict of its evidence.'),
  // Release 0.1.0 stored none.
  reason: z.string().default('concluded by release 0.1.0').describe('What the verdict rests on, in a sentence.'),
});

/** A test that takes all photos of the job. */
const JobTest = EvidenceTest.extend({ photoId: z.string().describe(PHOTO_ID) });
export type JobTest = z.infer<typeof JobTest>;

export const QualitySummary = z
  .strictObject({
    photos: PhotoCounts,
    meanScoreRatio: Ratio.nullable().describe('Mean quality of the assessed photos, 0..1; null when there is none.'),
    duplicates: z.array(PhotoIds.min(2)).describe('Groups of photos that show the same picture.'),
    doubtful: z.array(DoubtfulPhoto).describe('Photos that cannot be trusted, and why.'),
    tests: z
      .array(JobTest)
      .default([])
      .describe('Tests of evidence that take all photos of the job (`seen_before`); only those that did not pass.'),
    notes: z.array(z.string()).describe('What is wrong with the photos, in words.'),
  })
  .describe('How well the photos support the rating.');
export type QualitySummary = z.infer<typeof QualitySummary>;

export const ExaminedKind = z.strictObject({
  question: ExaminedQuestion,
  outcome: ExaminedOutcome,
  photos: Count.describe('Photos with an answer that counts: good enough, not generated, of copies only one.'),
  why: z.string().optional().describe('Why no answer counts, in plain words.'),
});
export type ExaminedKind = z.infer<typeof ExaminedKind>;

export const ExaminedSummary = z
  .strictObject({
    questions: z.array(ExaminedKind).describe('Every question about damage of this kind of asset.'),
    summary: z
      .array(z.string())
      .describe('In words: what was not found on how many photos, and what was not examined and why.'),
  })
  .describe('What damage was looked for. Nothing is said of what was not examined.');
export type ExaminedSummary = z.infer<typeof ExaminedSummary>;

const Versions = z
  .strictObject({
    rules: z.string().describe('Version of the rules that merge findings and rate.'),
    models: ModelVersions,
  })
  .describe('Everything whose change could change the answer.');

/** What is stored when a job is concluded. */
export const Conclusion = z.strictObject({
  findings: z
    .array(MergedFinding)
    .describe('Damage of the asset, merged over all photos that can be used, the weightiest first.'),
  // Release 0.1.0 stored none.
  examined: ExaminedSummary.default({ questions: [], summary: [] }),
  rating: Rating,
  quality: QualitySummary,
  versions: Versions,
  createdAt: z.iso.datetime().describe('When the assessment was concluded, in UTC.'),
});
export type Conclusion = z.infer<typeof Conclusion>;

/** The immutable answer of a job. */
export const Assessment = Conclusion.extend({
  jobId: JobId,
  status: z.literal('completed').describe('Always completed.'),
  asset: Asset.describe('The thing that was assessed.'),
  photos: z.array(PhotoAssessment).describe('What was found on each photo.'),
}).meta({ id: 'Assessment' });
export type Assessment = z.infer<typeof Assessment>;

type Concluded = {
  readonly job: { readonly jobId: JobId; readonly asset: Asset };
  readonly photos: readonly PhotoAssessment[];
  readonly conclusion: Conclusion;
};

/** The answer of a concluded job, from what is stored of it. */
export const composeAssessment = ({ job, photos, conclusion }: Concluded): Assessment => ({
  jobId: job.jobId,
  status: 'completed',
  asset: job.asset,
  photos: [...photos],
  ...conclusion,
});
