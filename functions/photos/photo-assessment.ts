import { z } from 'zod';

/** What a photo shows. The class names of the `subject` model. */
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
export const SubjectLabel = z.enum(SUBJECTS);
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
] as const;
export const FindingKind = z.enum(FINDING_KINDS);
export type FindingKind = z.infer<typeof FindingKind>;

export const SEVERITIES = ['minor', 'moderate', 'severe'] as const;
export const Severity = z.enum(SEVERITIES);
export type Severity = z.infer<typeof Severity>;

export const VEHICLE_PARTS = ['bonnet', 'bumper', 'dickey_boot', 'door', 'fender', 'light', 'windshield'] as const;
export const VehiclePart = z.enum(VEHICLE_PARTS);
export type VehiclePart = z.infer<typeof VehiclePart>;

/** A share or probability. */
export const Ratio = z.number().min(0).max(1);

/** A region, as shares of the photo's width and height from its top left corner. */
export const Box = z.strictObject({ x: Ratio, y: Ratio, width: Ratio, height: Ratio });
export type Box = z.infer<typeof Box>;

/** One damage seen on one photo. An `experimental` finding is shown, and moves no rating. */
export const PhotoFinding = z.strictObject({
  kind: FindingKind,
  severity: Severity,
  confidenceRatio: Ratio,
  /** share of the photo that is damaged; null when the model does not say where */
  areaRatio: Ratio.nullable(),
  /** null when the model does not say where */
  box: Box.nullable(),
  experimental: z.boolean(),
});
export type PhotoFinding = z.infer<typeof PhotoFinding>;

/** The measured file. `phash` is 64 bits of perceptual hash as 16 hex digits. */
export const Media = z.strictObject({
  widthPx: z.int().positive(),
  heightPx: z.int().positive(),
  bytes: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  phash: z.string().regex(/^[0-9a-f]{16}$/),
});
export type Media = z.infer<typeof Media>;

/** How far the photo can be judged: each part with the number it was read from, and the whole as 0..1. */
export const Quality = z.strictObject({
  scoreRatio: Ratio,
  sharpness: z.strictObject({ scoreRatio: Ratio, laplacianVariance: z.number().nonnegative() }),
  exposure: z.strictObject({ scoreRatio: Ratio, meanLuma: Ratio, clippedDarkRatio: Ratio, clippedBrightRatio: Ratio }),
  resolution: z.strictObject({ scoreRatio: Ratio, megapixels: z.number().nonnegative() }),
});
export type Quality = z.infer<typeof Quality>;

/** `undetermined` when the model is not sure, or the photo is unlike what it was trained on. */
export const Subject = z.strictObject({
  label: z.union([SubjectLabel, z.literal('undetermined')]),
  confidenceRatio: Ratio,
});
export type Subject = z.infer<typeof Subject>;

/** What the vehicle model says. An `experimental` severity is shown, and moves no rating. */
export const VehicleCondition = z.strictObject({
  severity: z.enum(['undamaged', ...SEVERITIES, 'undetermined']),
  confidenceRatio: Ratio,
  experimental: z.boolean(),
  parts: z.array(z.strictObject({ part: VehiclePart, confidenceRatio: Ratio, experimental: z.boolean() })),
});
export type VehicleCondition = z.infer<typeof VehicleCondition>;

/** Whether the photo can be trusted. `scoreRatio` is the weak, calibrated probability that it was generated. */
export const Evidence = z.strictObject({
  verdict: z.enum(['authentic', 'suspicious', 'synthetic', 'undetermined']),
  scoreRatio: Ratio,
  reasons: z.array(z.string()),
});
export type Evidence = z.infer<typeof Evidence>;

export const REJECTION_CODES = [
  'unsupported_type',
  'too_large',
  'corrupt',
  'too_small',
  'animated',
  'checksum_mismatch',
] as const;
export const RejectionCode = z.enum(REJECTION_CODES);
export type RejectionCode = z.infer<typeof RejectionCode>;

/** Milliseconds per step. */
export const Timings = z.record(z.string(), z.number().nonnegative());
export type Timings = z.infer<typeof Timings>;

const AssessedPhoto = z.strictObject({
  photoId: z.string(),
  status: z.literal('assessed'),
  media: Media,
  quality: Quality,
  subject: Subject,
  findings: z.array(PhotoFinding),
  vehicle: VehicleCondition.optional(),
  evidence: Evidence,
  /** name to version of every model that spoke */
  models: z.record(z.string(), z.string()),
  timings: Timings,
});

/** A photo that cannot be read is a result: `code` for programs, `detail` (what came, which limit) for people. */
const RejectedPhoto = z.strictObject({
  photoId: z.string(),
  status: z.literal('rejected'),
  code: RejectionCode,
  detail: z.string(),
  bytes: z.int().nonnegative(),
  sha256: z.string().optional(),
});

/** A photo that killed its worker, on which a model failed, or that never came out of its queue. */
const FailedPhoto = z.strictObject({
  photoId: z.string(),
  status: z.literal('failed'),
  code: z.enum(['worker_died', 'model_failed', 'timed_out']),
  detail: z.string(),
});

/** What the pipeline says of one photo. */
export const PhotoAssessment = z
  .discriminatedUnion('status', [AssessedPhoto, RejectedPhoto, FailedPhoto])
  .meta({ id: 'PhotoAssessment' });
export type PhotoAssessment = z.infer<typeof PhotoAssessment>;
export type AssessedPhoto = z.infer<typeof AssessedPhoto>;
export type RejectedPhoto = z.infer<typeof RejectedPhoto>;
export type FailedPhoto = z.infer<typeof FailedPhoto>;
