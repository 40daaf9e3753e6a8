import { z } from 'zod';
import { AssetValue, NOT_CONCLUDED } from '../asset-value/asset-value.ts';
import { Asset } from '../assets/asset.ts';
import { EvidenceTest } from '../photos/evidence.ts';
import { SeverityReadFrom } from '../photos/finding-size.ts';
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
import { PolicyUses } from '../platform/policy-use.ts';
import { Action, CrackReading, Feature, Panel, PlaceIs, Section, Side, Soundness, Trade, Urgency } from './defect.ts';
import { Rating } from './rating.ts';

const PhotoIds = z.array(z.string());

/** What was concluded before these were stored. */
const NOT_STORED = 'not stored by release 0.1.0';

const Extent = z
  .strictObject({
    readFrom: z
      .enum(['region', 'region_of_close_up', 'none'])
      .describe('The region on the photo, the same of a close-up, which shows a part of unknown size, or nothing.'),
    meaning: z.string().describe('How large it is, in words; in shares of a photo, because no photo has a scale.'),
    crack: CrackReading.nullable().describe('What can be read of a crack; null for other kinds.'),
  })
  .describe('How far the damage reaches, and what that was read from.');
export type Extent = z.infer<typeof Extent>;

/** One damage of the asset, whatever the number of photos that show it: a row of the defects of a UAD 3.6 report. */
export const MergedFinding = z.strictObject({
  kind: z.enum([...FINDING_KINDS, 'vehicle_damage']).describe('What kind of damage it is.'),
  place: z
    .string()
    .describe(
      'The name of the place or panel by which findings are told apart, such as "bedroom 2": the same for "Bedroom #2" and "wall in the second bedroom".',
    ),
  location: z
    .string()
    .default(NOT_STORED)
    .describe("Where it is: in the owner's words where given, otherwise what the photo shows."),
  placeIs: PlaceIs.default('seen'),
  side: Side,
  section: Section.default('unknown'),
  feature: Feature.default('unknown'),
  description: z.string().default(NOT_STORED).describe('What is wrong, where, and who should do what, in a sentence.'),
  severity: Severity,
  severityReadFrom: SeverityReadFrom.default('unknown'),
  extent: Extent.default({ readFrom: 'none', meaning: NOT_STORED, crack: null }),
  affectsSoundness: Soundness.default('unknown'),
  action: Action.default('unknown'),
  urgency: Urgency.default('unknown'),
  trade: Trade.default('unknown'),
  panel: Panel.nullable().default(null).describe('The panel of a vehicle; null for a property.'),
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
  asks: z
    .array(z.string())
    .default([])
    .describe(
      'What its owner can say to make the answer surer, as questions: where a close-up is, which panel it shows.',
    ),
  // Release 0.1.0 stored none.
  examined: ExaminedSummary.default({ questions: [], summary: [] }),
  rating: Rating,
  // Release 0.3.0 stored none.
  value: AssetValue.default(NOT_CONCLUDED).describe(
    'What it is worth, by the facts, sales and statements that are known.',
  ),
  quality: QualitySummary,
  versions: Versions,
  // Before policies, the rules of `versions` decided alone.
  policies: PolicyUses.default([]),
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
