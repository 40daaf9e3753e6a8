import { activeModels } from '../condition/active-models-runtime.ts';
import { requestConclusion } from '../jobs/conclusions-client.ts';
import { findJob } from '../jobs/job-store.ts';
import { countPhoto, savePhotoAssessment, storedPhoto } from '../jobs/photo-store.ts';
import { onTrial } from '../jobs/trial-store.ts';
import { declarationOf, type UploadDeclaration } from '../jobs/upload-declaration.ts';
import { overlayKey } from '../platform/media-keys.ts';
import { count, measure } from '../platform/observability.ts';
import { type Delivery, queueHandler, type Step } from '../platform/queue-handler.ts';
import { findUpload, savePicture, type UploadedFile } from './media-store.ts';
import { type PhotoUpload, PhotoUploads } from './photo-uploads.ts';
import { assessPhoto, type PhotoInput, type PipelineResult } from './pipeline-runtime.ts';
import { assessProbe } from './probe-photo-runtime.ts';
import { ignoreUpload } from './uncounted-uploads-store.ts';

/**
 * Assesses uploaded photos; after the job's last photo it requests the job's conclusion.
 *
 * Safe to run twice: the first assessment of a photo is kept, a photo counts once, and `conclude-job` is idempotent. Nothing
 * is looked up beforehand: the two conditional writes find out whether the job still waits for the photo and whether it was
 * assessed before.
 *
 * A photo that is delivered again may have killed its worker, or there may be an outage. So the worker first assesses a photo
 * of its own; only if that succeeds is the delivery a trial, by which `dead-photos` gives the photo up.
 */
export const assessUploads: Step<PhotoUploads> = async (uploads, delivery) => {
  for (const photo of uploads) await assessUpload(photo, delivery);
};

async function assessUpload(photo: PhotoUpload, delivery: Delivery): Promise<void> {
  const started = performance.now();
  const upload = await openUpload(photo);
  // An earlier delivery of the message has deleted it.
  if (!upload) return;
  const declaration = upload.declaration ?? (await declaredInJob(photo));
  if (!declaration) return count('PhotoIgnored');

  const saved = await assessAndSave(photo, upload, declaration, delivery);
  if (saved === 'other_upload') return ignoreUpload(photo);
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

async function assessAndSave(
  photo: PhotoUpload,
  { file, ...upload }: UploadedFile,
  declaration: UploadDeclaration,
  { receiveCount }: Delivery,
) {
  const input = { photoId: photo.photoId, file, ...declaration };
  const { assessment, overlay } = await (receiveCount > 1
    ? assessAgain(photo, input)
    : assessPhoto(input, activeModels));
  const saved = await savePhotoAssessment(photo, assessment, upload);
  // Before the photo is counted, so that a counted photo has its overlay.
  if (overlay && saved !== 'other_upload') await savePicture(overlayKey(photo), overlay);
  if (saved === 'saved') count(METRIC_OF[assessment.status]);
  return saved;
}

async function assessAgain(photo: PhotoUpload, input: PhotoInput): Promise<PipelineResult> {
  await assessProbe();
  return onTrial(photo, () => assessPhoto(input, activeModels));
}

const METRIC_OF = { assessed: 'PhotoAssessed', rejected: 'PhotoRejected', failed: 'PhotoFailed' } as const;

/** The job's declaration, for uploads without metadata: by a form of release 0.1.0, or by an operator. */
async function declaredInJob(photo: PhotoUpload): Promise<UploadDeclaration | undefined> {
  const job = await findJob(photo);
  const declared = job?.photos.find(({ photoId }) => photoId === photo.photoId);
  return job && declared && declarationOf(job, declared);
}

export const handler = queueHandler(PhotoUploads, assessUploads);
