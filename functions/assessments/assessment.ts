import { z } from 'zod';
import { Asset } from '../assets/asset.ts';
import { FINDING_KINDS, PhotoAssessment, Ratio, Severity } from '../photos/photo-assessment.ts';
import { JobId } from '../platform/ids.ts';
import { Rating } from './rating.ts';

const PhotoIds = z.array(z.string());

const SIDES = ['interior', 'exterior', 'unknown'] as const;
export type Side = (typeof SIDES)[number];

/** One damage of the asset, whatever the number of photos that show it. */
export const MergedFinding = z.strictObject({
  kind: z.enum([...FINDING_KINDS, 'vehicle_damage']),
  /** the room, side or part of the vehicle, in the owner's words where there are any */
  place: z.string(),
  side: z.enum(SIDES),
  severity: Severity,
  confidenceRatio: Ratio,
  /** on the photo that shows most of it; null when no model said where */
  areaRatio: Ratio.nullable(),
  experimental: z.boolean(),
  /** the photos that show it */
  photoIds: PhotoIds.min(1),
});
export type MergedFinding = z.infer<typeof MergedFinding>;

/** How far the photos carry. */
export const QualitySummary = z.strictObject({
  photos: z.strictObject({
    total: z.int().nonnegative(),
    assessed: z.int().nonnegative(),
    rejected: z.int().nonnegative(),
    failed: z.int().nonnegative(),
    /** assessed photos that count: no copies, not too weak, not generated */
    usable: z.int().nonnegative(),
  }),
  /** of the assessed photos; null when there is none */
  meanScoreRatio: Ratio.nullable(),
  /** groups of photos that show the same picture */
  duplicates: z.array(PhotoIds.min(2)),
  /** photos of doubtful origin */
  doubtful: z.array(z.strictObject({ photoId: z.string(), verdict: z.enum(['suspicious', 'synthetic']) })),
  /** what is wrong with the photos, in words */
  notes: z.array(z.string()),
});
export type QualitySummary = z.infer<typeof QualitySummary>;

/** Everything whose change could change the answer. */
const Versions = z.strictObject({
  /** the rules of merging and rating */
  rules: z.string(),
  /** name to version of every model that spoke */
  models: z.record(z.string(), z.string()),
});

/** What is stored when a job is concluded. */
export const Conclusion = z.strictObject({
  findings: z.array(MergedFinding),
  rating: Rating,
  quality: QualitySummary,
  versions: Versions,
  createdAt: z.iso.datetime(),
});
export type Conclusion = z.infer<typeof Conclusion>;

/** The immutable answer of a job. */
export const Assessment = Conclusion.extend({
  jobId: JobId,
  status: z.literal('completed'),
  asset: Asset,
  photos: z.array(PhotoAssessment),
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
