import { activeModels } from '../condition/active-models-runtime.ts';
import { requestConclusion } from '../jobs/conclusions-client.ts';
import { findJob } from '../jobs/job-store.ts';
import { countPhoto, savePhotoAssessment } from '../jobs/photo-store.ts';
import { declarationOf, type UploadDeclaration } from '../jobs/upload-declaration.ts';
import { overlayKey } from '../platform/media-keys.ts';
import { count, measure } from '../platform/observability.ts';
import { queueHandler, type Step } from '../platform/queue-handler.ts';
import { findUpload, savePicture, type UploadedFile } from './media-store.ts';
import { type PhotoUpload, PhotoUploads } from './photo-uploads.ts';
import { assessPhoto } from './pipeline-runtime.ts';

/**
 * Assesses uploaded photos; when one was the job's last, asks `conclude-job` to conclude the job.
 *
 * Safe to run twice: the first assessment of a photo stands, a photo counts once, and `conclude-job` concludes a job once
 * however often it is asked. Nothing is looked up beforehand: whether the photo is still wanted, and was not assessed
 * before, is what the two writes answer.
 */
export const assessUploads: Step<PhotoUploads> = async (uploads) => {
  for (const photo of uploads) await assessUpload(photo);
};

async function assessUpload(photo: PhotoUpload): Promise<void> {
  const started = performance.now();
  const upload = await findUpload(photo);
  // Every upload is kept for days. One that is missing ends among the dead letters, which fail the photo.
  if (!upload) throw new Error('The upload is not in the bucket');
  const declaration = upload.declaration ?? (await declaredInJob(photo));
  if (!declaration) return count('PhotoIgnored');

  const saved = await assessAndSave(photo, upload, declaration);
  // The form was used twice before it expired.
  if (saved === 'other_upload') count('PhotoIgnored');

  const counted = await countPhoto(photo);
  measure('PhotoDuration', performance.now() - started);
  if (counted.status === 'closed') return count('PhotoIgnored');
  if (counted.complete) await requestConclusion(photo);
}

async function assessAndSave(photo: PhotoUpload, { file, etag }: UploadedFile, declaration: UploadDeclaration) {
  const { assessment, overlay } = await assessPhoto({ photoId: photo.photoId, file, ...declaration }, activeModels);
  const saved = await savePhotoAssessment(photo, assessment, etag);
  // Before the photo counts: what is counted has its pictures.
  if (overlay && saved !== 'other_upload') await savePicture(overlayKey(photo), overlay);
  if (saved === 'saved') count(METRIC_OF[assessment.status]);
  return saved;
}

const METRIC_OF = { assessed: 'PhotoAssessed', rejected: 'PhotoRejected', failed: 'PhotoFailed' } as const;

/** What the job says of a photo that came without metadata: by a form of release 0.1.0, or put there by an operator. */
async function declaredInJob(photo: PhotoUpload): Promise<UploadDeclaration | undefined> {
  const job = await findJob(photo);
  const declared = job?.photos.find(({ photoId }) => photoId === photo.photoId);
  return job && declared && declarationOf(job, declared);
}

export const handler = queueHandler(PhotoUploads, assessUploads);
