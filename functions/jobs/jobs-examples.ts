import type { Examples } from '../platform/contract.ts';
import { photoIdAt } from '../platform/ids.ts';
import { API_PREFIX } from '../platform/names/routes.ts';
import { EXAMPLE_ASSESSMENT, EXAMPLE_ASSET, EXAMPLE_JOB_ID, EXAMPLE_PHOTOS, EXAMPLE_TIMES } from './example-job.ts';
import type { JobStage, JobStatus } from './job.ts';
import { linksOf } from './job-view.ts';
import type { JOBS_API } from './jobs-contract.ts';

const { createdAt, expiresAt, finishedAt } = EXAMPLE_TIMES;
const totalPhotos = EXAMPLE_PHOTOS.length;

const linksWhen = (status: JobStatus) => linksOf({ jobId: EXAMPLE_JOB_ID, status }, API_PREFIX);

const job = <Status extends JobStatus>(status: Status, stage: JobStage, donePhotos: number) => ({
  jobId: EXAMPLE_JOB_ID,
  status,
  progress: { donePhotos, totalPhotos, stage },
  asset: EXAMPLE_ASSET,
  createdAt,
  expiresAt,
  links: linksWhen(status),
});

export const JOBS_EXAMPLES = {
  createJob: {
    body: { asset: EXAMPLE_ASSET, photos: [...EXAMPLE_PHOTOS] },
    reply: {
      jobId: EXAMPLE_JOB_ID,
      status: 'awaiting_photos',
      uploads: EXAMPLE_PHOTOS.map(({ contentType }, index) => ({
        photoId: photoIdAt(index),
        url: 'https://media.example.com/',
        fields: {
          key: `uploads/acme/${EXAMPLE_JOB_ID}/${photoIdAt(index)}`,
          'Content-Type': contentType,
          Policy: 'eyJleHBpc…',
        },
      })),
      expiresAt,
      links: linksWhen('awaiting_photos'),
    },
  },
  listJobs: {
    reply: {
      jobs: [{ jobId: EXAMPLE_JOB_ID, status: 'completed', kind: 'property', createdAt, totalPhotos }],
      nextCursor: 'Y3Vyc29yLi4u',
    },
  },
  getJob: { reply: { ...job('completed', 'ended', totalPhotos), finishedAt, assessment: EXAMPLE_ASSESSMENT } },
  cancelJob: { reply: { ...job('cancelled', 'ended', 0), finishedAt } },
  startJob: { reply: job('processing', 'photos', 0) },
} satisfies Examples<typeof JOBS_API>;
