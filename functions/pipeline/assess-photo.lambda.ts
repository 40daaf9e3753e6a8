import { activeModels } from '../condition/active-models-runtime.ts';
import { passOn } from '../jobs/conclusions-client.ts';
import { countPhoto, placeOfPhoto, savePhotoAssessment } from '../jobs/photo-store.ts';
import { count, measure } from '../platform/observability.ts';
import { queueHandler, type Step } from '../platform/queue-handler.ts';
import { readUpload, savePictures } from './media-store.ts';
import { type PhotoUpload, PhotoUploads } from './photo-uploads.ts';
import { assessPhoto } from './pipeline-runtime.ts';

/**
 * Assesses uploaded photos; when one was the job's last, passes the job on to `conclude-job`.
 *
 * Safe to run twice: the first assessment of a photo stands, a photo counts once, and `conclude-job` concludes a job once
 * however often it is passed on. A repeat after a crash counts and passes on without asking the models again.
 */
export const assessUploads: Step<PhotoUploads> = async (uploads) => {
  for (const photo of uploads) await assessUpload(photo);
};

async function assessUpload(photo: PhotoUpload): Promise<void> {
  const place = await placeOfPhoto(photo, photo.etag);
  if (place.status === 'unknown' || place.status === 'closed') return count('PhotoIgnored');
  // A form can be used twice; the photo that was assessed first stands.
  if (place.status === 'assessed' && !place.sameUpload) count('PhotoIgnored');

  const saved = place.status === 'open' ? await assessAndSave(photo, place) : await countPhoto(photo);
  if (saved.status === 'counted' && saved.complete) await passOn(photo);
}

type OpenPlace = Extract<Awaited<ReturnType<typeof placeOfPhoto>>, { status: 'open' }>;

async function assessAndSave(photo: PhotoUpload, { job, declared }: OpenPlace) {
  const started = performance.now();
  const { file, etag } = await readUpload(photo);
  const { assessment, pictures } = await assessPhoto(
    { photoId: photo.photoId, file, assetKind: job.asset.kind, ...(declared.sha256 && { sha256: declared.sha256 }) },
    activeModels,
  );
  if (pictures) await savePictures(photo, pictures);
  const saved = await savePhotoAssessment(photo, assessment, etag);
  count(METRIC_OF[assessment.status]);
  measure('PhotoDuration', performance.now() - started);
  return saved;
}

const METRIC_OF = { assessed: 'PhotoAssessed', rejected: 'PhotoRejected', failed: 'PhotoFailed' } as const;

export const handler = queueHandler(PhotoUploads, assessUploads);
