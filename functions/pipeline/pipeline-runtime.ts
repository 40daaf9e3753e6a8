import type { z } from 'zod';
import { namedBy } from '../assessments/owner-words.ts';
import type { PhotoPolicies } from '../assessments/photo-policies.ts';
import type { AssetKind } from '../assets/asset.ts';
import { readProvenance } from '../authenticity/file-provenance.ts';
import { judgeEvidence } from '../authenticity/judge-evidence.ts';
import { examinedOn, surfaceKindsOf } from '../condition/examined.ts';
import { ModelError } from '../condition/model-error.ts';
import { inputRegion } from '../condition/model-input.ts';
import type { Models } from '../condition/model-runtime.ts';
import { asksSurface, asksVehicle, maybeCloseUp } from '../condition/questions.ts';
import { readSubject, readVehicle } from '../condition/read-condition.ts';
import { type OutlinedFinding, readFindings } from '../condition/read-findings.ts';
import type { Evidence } from '../photos/evidence.ts';
import { hasOverlay } from '../photos/overlay.ts';
import { perceptualHash } from '../photos/perceptual-hash.ts';
import {
  type AssessedPhoto,
  type FailedPhoto,
  type Media,
  PhotoAssessment,
  type Quality,
} from '../photos/photo-assessment.ts';
import { greyCopy, openPhoto, type ReadablePhoto } from '../photos/photo-runtime.ts';
import { measurePhoto, QUALITY_COPY_PX, qualityOf } from '../photos/quality.ts';
import { halve, type Raster, toGrey } from '../photos/raster.ts';
import type { Named } from '../photos/subject-words.ts';
import { inquireOf } from './ask-models-runtime.ts';
import { overlayOf } from './overlay-runtime.ts';
import { type Stopwatch, stopwatch } from './stopwatch-runtime.ts';

export type PipelineResult = {
  readonly assessment: PhotoAssessment;
  /** a JPEG of the photo with what was found drawn on it, without metadata; absent when there is nothing to draw */
  readonly overlay?: Uint8Array;
};

export type PhotoInput = {
  readonly photoId: string;
  readonly file: Uint8Array;
  /** the asset's kind; undefined on the command line when not given */
  readonly assetKind?: AssetKind;
  /** as declared with the upload; other content is rejected */
  readonly sha256?: string | undefined;
  /** what it shows, in its owner's words: says where to look, and proves nothing */
  readonly hint?: string | undefined;
};

/**
 * The assessment of one photo, by the policies that are in force for it. An unreadable photo is `rejected`. A photo is `failed`
 * when a model fails on it, or when the result violates its own schema (such as a model's NaN), because a retry would have the
 * same result.
 */
export async function assessPhoto(input: PhotoInput, models: Models, policies: PhotoPolicies): Promise<PipelineResult> {
  const result = await assess(input, models, policies);
  const { success, error } = PhotoAssessment.safeParse(result.assessment);
  return success ? result : { assessment: invalidAnswer(input.photoId, error) };
}

const invalidAnswer = (photoId: string, { issues }: z.ZodError): FailedPhoto => ({
  photoId,
  status: 'failed',
  code: 'invalid_answer',
  detail: `the result violates its schema: ${issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`,
});

async function assess(
  { photoId, file, assetKind, sha256, hint }: PhotoInput,
  models: Models,
  policies: PhotoPolicies,
): Promise<PipelineResult> {
  const watch = stopwatch();
  const photo = await watch.time('open', () => openPhoto(file));
  const { bytes } = photo;
  if (sha256 !== undefined && sha256 !== photo.sha256) {
    const detail = `expected the content with SHA-256 ${sha256} that was declared; this has ${photo.sha256}`;
    return {
      assessment: { photoId, status: 'rejected', code: 'checksum_mismatch', detail, bytes, sha256: photo.sha256 },
    };
  }
  if (photo.status === 'unreadable') {
    const { code, detail } = photo;
    return { assessment: { photoId, status: 'rejected', code, detail, bytes, sha256: photo.sha256 } };
  }
  const named = hint === undefined ? undefined : namedBy(hint, assetKind);
  const tools = { models, policies, watch, ...(assetKind && { assetKind }), ...(named && { named }) };
  return assessReadable(photoId, { ...photo, file }, tools).catch((error: unknown) => {
    if (!(error instanceof ModelError)) throw error;
    return { assessment: { photoId, status: 'failed', code: 'model_failed', detail: error.message } };
  });
}

type Tools = {
  readonly models: Models;
  readonly policies: PhotoPolicies;
  readonly watch: Stopwatch;
  readonly assetKind?: AssetKind;
  readonly named?: Named;
};

type OpenedFile = ReadablePhoto & { readonly file: Uint8Array };

async function assessReadable(photoId: string, photo: OpenedFile, tools: Tools): Promise<PipelineResult> {
  const { watch, policies } = tools;
  const half = halve(photo.working);
  const copies = [half, halve(half)];
  const measured = await watch.time('measure', () => measure(photo, half, policies));
  const results = await inspect(photo, { copies, quality: measured.quality }, tools);
  const overlay = hasOverlay(results)
    ? await watch.time('overlay', () => overlayOf(photo.working, results))
    : undefined;
  const assessment: AssessedPhoto = {
    photoId,
    status: 'assessed',
    ...measured,
    ...results,
    evidence: evidenceOf(photo, measured.media, policies),
    findings: results.findings.map(({ finding }) => finding),
    policies: Object.values(policies.uses),
    timings: watch.timings(),
  };
  return { assessment, ...(overlay && { overlay }) };
}

async function measure(
  photo: ReadablePhoto,
  half: Raster,
  { documents }: PhotoPolicies,
): Promise<{ media: Media; quality: Quality }> {
  const { working, widthPx, heightPx, bytes, sha256 } = photo;
  // For photos of 1,280 px and more, nearly all, the half copy has the right size.
  const isCopy = Math.max(half.widthPx, half.heightPx) === QUALITY_COPY_PX;
  const grey = isCopy ? toGrey(half) : await greyCopy(working, QUALITY_COPY_PX);
  return {
    media: { widthPx, heightPx, bytes, sha256, phash: perceptualHash(grey) },
    quality: qualityOf(measurePhoto(grey, { widthPx, heightPx }), documents.photos),
  };
}

const evidenceOf = ({ traces, file }: OpenedFile, { phash }: Media, { documents }: PhotoPolicies): Evidence =>
  judgeEvidence(
    { provenance: readProvenance(traces, file), hasStructure: phash !== null },
    new Date(),
    documents.evidence,
  );

type ModelResults = Pick<AssessedPhoto, 'subject' | 'vehicle' | 'examined' | 'models'> & {
  readonly findings: readonly OutlinedFinding[];
};

type Measured = { readonly copies: readonly Raster[]; readonly quality: Quality };

/** The subject decides which of the other questions are asked. */
async function inspect({ working }: ReadablePhoto, measured: Measured, tools: Tools): Promise<ModelResults> {
  const { copies, quality } = measured;
  const { models, policies, watch, assetKind, named } = tools;
  const { findings: findingRules, photos: photoRules } = policies.documents;
  const { ask, versions, abstained } = inquireOf({ working, copies }, models, watch);
  const surface = models.surface.card;
  const subject = readSubject(await ask('subject'), assetKind);
  const photo = { closeUp: maybeCloseUp(subject), shown: inputRegion(surface.input.size, working), quality };
  const findings = asksSurface(subject, assetKind, named)
    ? readFindings(await ask('surface'), photo, findingRules)
    : [];
  const vehicle = asksVehicle(subject, assetKind, named) ? readVehicle(await ask('vehicle')) : undefined;
  const seen = { subject, findings: findings.map(({ finding }) => finding), ...(vehicle && { vehicle }) };
  const examined = examinedOn(
    { ...seen, quality, assetKind, named },
    { surfaceKinds: surfaceKindsOf(surface), abstained, photoRules },
  );
  return { ...seen, findings, examined, models: versions };
}
