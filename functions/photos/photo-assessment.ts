import { z } from 'zod';
import { PolicyUses } from '../platform/policy-use.ts';
import { Evidence } from './evidence.ts';
import { CrackShape } from './finding-size.ts';

/** What a photo may show, by the model. */
export const SUBJECTS = [
  'kitchen',
  'bathroom',
  'bedroom',
  'living_room',
  'exterior',
  'roof',
  'surface',
  'vehicle',
  'product',
  'document',
  'other',
] as const;
export const SubjectLabel = z.enum(SUBJECTS).describe('What the photo shows.');
export type SubjectLabel = z.infer<typeof SubjectLabel>;

export const FINDING_KINDS = [
  'crack',
  'damp_stain',
  'peeling_paint',
  'mould',
  'spalling',
  'hole',
  'broken_window',
  'roof_damage',
  'unknown_damage',
  'destroyed',
] as const;
export const FindingKind = z
  .enum(FINDING_KINDS)
  .describe('What kind of damage it is; `unknown_damage`: of a kind that is not known; `destroyed`: or collapsed.');
export type FindingKind = z.infer<typeof FindingKind>;

export const SEVERITIES = ['minor', 'moderate', 'severe'] as const;
export const Severity = z.enum(SEVERITIES).describe('How bad the damage is.');
export type Severity = z.infer<typeof Severity>;

export const VEHICLE_PARTS = ['bonnet', 'bumper', 'dickey_boot', 'door', 'fender', 'light', 'windshield'] as const;
export const VehiclePart = z.enum(VEHICLE_PARTS).describe('The damaged part of the vehicle.');
export type VehiclePart = z.infer<typeof VehiclePart>;

/** A share or probability, 0..1. */
export const Ratio = z.number().min(0).max(1);

export const Box = z
  .strictObject({
    x: Ratio.describe("Left edge, 0..1 of the photo's width from its left."),
    y: Ratio.describe("Top edge, 0..1 of the photo's height from its top."),
    width: Ratio.describe("0..1 of the photo's width."),
    height: Ratio.describe("0..1 of the photo's height."),
  })
  .describe("A rectangle, as shares of the photo's width and height.");
export type Box = z.infer<typeof Box>;

/** What every statement of a model says of itself. */
export const Confidence = Ratio.describe('How likely it is, 0..1: the calibrated probability of the model.');
export const Experimental = z.boolean().describe('Whether it is experimental: shown, without effect on the rating.');

/** One damage seen on one photo. */
export const PhotoFinding = z.strictObject({
  kind: FindingKind,
  severity: Severity,
  confidenceRatio: Confidence,
  thresholdRatio: Ratio.optional().describe('The confidence from which on the model reports it, 0..1.'),
  areaRatio: Ratio.nullable().describe("The damaged share of the photo's area, 0..1; null when no model says where."),
  box: Box.nullable().describe('Where on the photo; null when the model does not say.'),
  experimental: Experimental,
  shape: CrackShape.optional(),
});
export type PhotoFinding = z.infer<typeof PhotoFinding>;

const Bytes = z.int().nonnegative().describe('Size of the file, in bytes.');
const Sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .describe('SHA-256 of the file, in lowercase hex.');

export const Media = z
  .strictObject({
    widthPx: z.int().positive().describe('Width of the upright photo, in pixels.'),
    heightPx: z.int().positive().describe('Height of the upright photo, in pixels.'),
    bytes: Bytes,
    sha256: Sha256,
    phash: z
      .string()
      .regex(/^[0-9a-f]{16}$/)
      .nullable()
      .describe(
        'Perceptual hash, 64 bits as 16 hex digits: similar pictures differ in few bits. Null for a picture without structure, such as a black one.',
      ),
  })
  .describe('The file, as measured.');
export type Media = z.infer<typeof Media>;

/** Of every model that gave an answer. */
export const ModelVersions = z
  .record(z.string(), z.string())
  .describe('The models that gave an answer: name to version.');

const Score = Ratio.describe('Score, 0..1: 0 is useless, 1 is perfect.');

export const Quality = z
  .strictObject({
    scoreRatio: Ratio.describe('Score of the whole, 0..1: the geometric mean of the three parts.'),
    sharpness: z
      .strictObject({
        scoreRatio: Score,
        laplacianVariance: z
          .number()
          .nonnegative()
          .describe('Variance of the Laplacian where the photo is sharpest; below about 100 it looks blurred.'),
      })
      .describe('Whether it is sharp.'),
    exposure: z
      .strictObject({
        scoreRatio: Score,
        meanLuma: Ratio.describe('Mean brightness, 0..1: 0 is black, 1 is white.'),
        clippedDarkRatio: Ratio.describe('Share of pixels too dark to show anything, 0..1.'),
        clippedBrightRatio: Ratio.describe('Share of pixels too bright to show anything, 0..1.'),
      })
      .describe('Whether it is neither too dark nor too bright.'),
    resolution: z
      .strictObject({
        scoreRatio: Score,
        megapixels: z.number().nonnegative().describe('Size, in millions of pixels.'),
      })
      .describe('Whether it has enough pixels.'),
  })
  .describe('How well the photo can be judged: each part with the measurement that its score is computed from.');
export type Quality = z.infer<typeof Quality>;

export const Subject = z
  .strictObject({
    label: z
      .union([SubjectLabel, z.literal('undetermined')])
      .describe('`undetermined` when the model is not sure, or the photo is unlike those it was trained on.'),
    confidenceRatio: Confidence,
  })
  .describe('What the photo shows.');
export type Subject = z.infer<typeof Subject>;

export const VehicleCondition = z
  .strictObject({
    severity: z
      .enum(['undamaged', ...SEVERITIES, 'undetermined'])
      .describe('How bad the damage is; `undetermined` when the model is not sure.'),
    confidenceRatio: Confidence,
    experimental: Experimental,
    parts: z
      .array(z.strictObject({ part: VehiclePart, confidenceRatio: Confidence, experimental: Experimental }))
      .describe('Parts that are damaged, when any damage was seen.'),
  })
  .describe('What the model says of the vehicle; absent when the photo shows no vehicle.');
export type VehicleCondition = z.infer<typeof VehicleCondition>;

/** What is asked of a photo: what it shows, each kind of damage of a building, how damaged a vehicle is. */
export const EXAMINED_QUESTIONS = ['subject', ...FINDING_KINDS, 'vehicle_severity'] as const;
export const ExaminedQuestion = z
  .enum(EXAMINED_QUESTIONS)
  .describe('The question: what is shown, one kind of damage of a building, or the damage of a vehicle.');
export type ExaminedQuestion = z.infer<typeof ExaminedQuestion>;

export const ExaminedOutcome = z
  .enum(['found', 'nothing_found', 'unsure', 'not_asked'])
  .describe(
    '`nothing_found` only by a model that is not experimental for it, on a photo good enough; `unsure` when the answer counts for nothing.',
  );
export type ExaminedOutcome = z.infer<typeof ExaminedOutcome>;

/** One question about one photo. Nothing is said of what was not examined. */
export const Examined = z.strictObject({
  question: ExaminedQuestion,
  outcome: ExaminedOutcome,
  why: z.string().optional().describe('Why it was not asked, or its answer does not count; in plain words.'),
});
export type Examined = z.infer<typeof Examined>;

export const REJECTION_CODES = [
  'unsupported_type',
  'too_large',
  'corrupt',
  'too_small',
  'bad_shape',
  'too_complex',
  'animated',
  'checksum_mismatch',
] as const;
export const RejectionCode = z.enum(REJECTION_CODES).describe('Why the photo was rejected, for programs.');
export type RejectionCode = z.infer<typeof RejectionCode>;

export const Timings = z
  .record(z.string(), z.number().nonnegative())
  .describe('How long each step took, in milliseconds, by the name of the step.');
export type Timings = z.infer<typeof Timings>;

const PHOTO_ID = "The photo's place in its job, such as p001.";
const STATUS = 'Whether the photo could be assessed.';
const DETAIL = 'The reason in words: what was received, which limit applies.';

const AssessedPhoto = z.strictObject({
  photoId: z.string().describe(PHOTO_ID),
  status: z.literal('assessed').describe(STATUS),
  media: Media,
  quality: Quality,
  subject: Subject,
  findings: z.array(PhotoFinding).describe('Damage of a building that was found, the most certain first.'),
  vehicle: VehicleCondition.optional(),
  // Release 0.1.0 stored none.
  examined: z.array(Examined).default([]).describe('Which question was asked of the photo, with what outcome.'),
  evidence: Evidence,
  models: ModelVersions,
  policies: PolicyUses.default([]),
  timings: Timings,
});

/** A photo that cannot be read is a result. */
const RejectedPhoto = z.strictObject({
  photoId: z.string().describe(PHOTO_ID),
  status: z.literal('rejected').describe(STATUS),
  code: RejectionCode,
  detail: z.string().describe(DETAIL),
  bytes: Bytes,
  sha256: Sha256.optional(),
});

/** A photo that killed its worker, on which a model failed, that took too long, or of which the answer breaks its own contract. */
const FailedPhoto = z.strictObject({
  photoId: z.string().describe(PHOTO_ID),
  status: z.literal('failed').describe(STATUS),
  code: z.enum(['worker_died', 'model_failed', 'timed_out', 'invalid_answer']).describe('Why it failed, for programs.'),
  detail: z.string().describe(DETAIL),
});

/** What the pipeline says of one photo. */
export const PhotoAssessment = z
  .discriminatedUnion('status', [AssessedPhoto, RejectedPhoto, FailedPhoto])
  .meta({ id: 'PhotoAssessment' });
export type PhotoAssessment = z.infer<typeof PhotoAssessment>;
export type AssessedPhoto = z.infer<typeof AssessedPhoto>;
export type RejectedPhoto = z.infer<typeof RejectedPhoto>;
export type FailedPhoto = z.infer<typeof FailedPhoto>;
