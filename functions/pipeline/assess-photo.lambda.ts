import { PHOTO_POLICIES } from '../assessments/photo-policies.ts';
import { activeModels } from '../condition/active-models-runtime.ts';
import { requestConclusion } from '../jobs/conclusions-client.ts';
import { isSameUpload } from '../jobs/job-rows.ts';
import { findJob } from '../jobs/job-store.ts';
import { countPhoto, savePhotoAssessment, storedPhoto } from '../jobs/photo-store.ts';
import { onTrial } from '../jobs/trial-store.ts';
import { declarationOf, type UploadDeclaration } from '../jobs/upload-declaration.ts';
import { overlayKey } from '../platform/media-keys.ts';
import { count, endProcess, measure } from '../platform/observability.ts';
import { policiesInForce } from '../platform/policies-in-force-store.ts';
import { type Delivery, queueHandler, type Step } from '../platform/queue-handler.ts';
import { findUpload, savePicture, type UploadedFile } from './media-store.ts';
import { type PhotoUpload, PhotoUploads } from './photo-uploads.ts';
import { assessPhoto, type PhotoInput, type PipelineResult } from './pipeline-runtime.ts';
import { assessProbe } from './probe-photo-runtime.ts';
import { unlessLate } from './time-limit-runtime.ts';
import { ignoreUpload } from './uncounted-uploads-store.ts';

/**
 * Assesses uploaded photos; after the job's last photo it requests the job's conclusion.
 *
 * Safe to run twice: the first assessment of a photo is kept, a photo counts once, and `conclude-job` is idempotent. Nothing
 * is looked up beforehand but the workspace's policies, every half minute: the two conditional writes find out whether the job
 * still waits for the photo and whether it was assessed before.
 *
 * A photo that is delivered again may have killed its worker, or there may be an outage. So the worker first assesses a photo
 * of its own; only if that succeeds is the delivery a trial, by which `dead-photos` gives the photo up.
 *
 * A photo that takes too long is marked as failed before Lambda's timeout. Then the process ends, since its decoder cannot be
 * stopped; the message is delivered once more, and finds the photo assessed.
 */
export const assessUploads: Step<PhotoUploads> = async (uploads, delivery) => {
  for (const photo of uploads) await assessUpload(photo, delivery);
};

/** Before Lambda's timeout, to save what came of a photo. Chosen by eye: saving takes milliseconds. */
const SAVING_MILLISECONDS = 4_000;

async function assessUpload(photo: PhotoUpload, delivery: Delivery): Promise<void> {
  const started = performance.now();
  const upload = await openUpload(photo);
  // An earlier delivery of the message has deleted it.
  if (!upload) return;
  const declaration = upload.declaration ?? (await declaredInJob(photo));
  if (!declaration) return count('PhotoIgnored');
  if (delivery.receiveCount > 1 && (await isAssessed(photo, upload))) return countAssessed(photo, started);

  const limitMilliseconds = Math.max(0, delivery.millisecondsLeft() - SAVING_MILLISECONDS);
  const input = { photoId: photo.photoId, file: upload.file, ...declaration };
  const result = await unlessLate(limitMilliseconds, () => assess(photo, input, delivery));
  const saved = await save(photo, upload, result === 'late' ? lateResult(photo, limitMilliseconds) : result);
  await (saved === 'other_upload' ? ignoreUpload(photo) : countAssessed(photo, started));
  if (result === 'late') endProcess('Photo took too long', { error: 'a decoder cannot be stopped', ...photo });
}

/** Whether an earlier delivery assessed this upload; at most its count is missing. */
async function isAssessed(photo: PhotoUpload, upload: UploadedFile): Promise<boolean> {
  const stored = await storedPhoto(photo);
  return stored !== undefined && isSameUpload(stored, upload);
}

async function countAssessed(photo: PhotoUpload, started: number): Promise<void> {
  const counted = await countPhoto(photo);
  measure('PhotoDuration', performance.now() - started);
  if (counted.status === 'closed') return ignoreUpload(photo);
  if (counted.complete) await requestConclusion(photo);
}

/**
 * The upload; undefined when it is not stored and the photo was assessed before.
 *
 * Uploads are retained for days. The message of a missing one is redelivered until the sweep ends its job.
 */
async function openUpload(photo: PhotoUpload): Promise<UploadedFile | undefined> {
  const upload = await findUpload(photo, photo.versionId).catch((error: Error) => error);
  if (upload && !(upload instanceof Error)) return upload;
  if (await storedPhoto(photo)) return undefined;
  throw upload ?? new Error('The upload is not in the bucket');
}

async function assess(photo: PhotoUpload, input: PhotoInput, { receiveCount }: Delivery): Promise<PipelineResult> {
  const { workspaceId, jobId } = photo;
  const policies = await policiesInForce(PHOTO_POLICIES, { workspaceId, resultId: jobId }, new Date());
  if (receiveCount === 1) return assessPhoto(input, activeModels, policies);
  await assessProbe();
  return onTrial(photo, () => assessPhoto(input, activeModels, policies));
}

function lateResult({ photoId }: PhotoUpload, limitMilliseconds: number): PipelineResult {
  const detail = `expected a result within ${Math.round(limitMilliseconds / 1000)} s; please upload a smaller copy of the photo in a new job`;
  return { assessment: { photoId, status: 'failed', code: 'timed_out', detail } };
}

async function save(photo: PhotoUpload, upload: UploadedFile, { assessment, overlay }: PipelineResult) {
  const saved = await savePhotoAssessment(photo, assessment, upload);
  // Before the photo is counted, so that a counted photo has its overlay.
  if (overlay && saved !== 'other_upload') await savePicture(overlayKey(photo), overlay);
  if (saved === 'saved') count(METRIC_OF[assessment.status]);
  return saved;
}

const METRIC_OF = { assessed: 'PhotoAssessed', rejected: 'PhotoRejected', failed: 'PhotoFailed' } as const;

/** The job's declaration, for uploads without metadata: by a form of release 0.1.0, or by an operator. */
async function declaredInJob(photo: PhotoUpload): Promise<UploadDeclaration | undefined> {
  const job = await findJob(photo);
  const declared = job?.photos.find(({ photoId }) => photoId === photo.photoId);
  return job && declared && declarationOf(job, declared);
}

export const handler = queueHandler(PhotoUploads, assessUploads);
