/** Environment variables of the functions, by content. `lib/` sets them in the same call that grants the permission. */
export const ENV = {
  /** name of the table of jobs, their photos and their assessments */
  jobsTable: 'JOBS_TABLE',
  /** days that the rows of a job are kept */
  jobDays: 'JOB_DAYS',
  /** name of the table of API keys, their use, and idempotent replies */
  accessTable: 'ACCESS_TABLE',
  /** name of the table of comps */
  compsTable: 'COMPS_TABLE',
  /** ARN of the secret with the keys of the providers of comps */
  providerKeys: 'PROVIDER_KEYS',
  mediaBucket: 'MEDIA_BUCKET',
  photosQueueUrl: 'PHOTOS_QUEUE_URL',
  conclusionsQueueUrl: 'CONCLUSIONS_QUEUE_URL',
  /** what one API key may, as JSON: see RequestLimits */
  requestLimits: 'REQUEST_LIMITS',
  /** name of the CodeBuild project that builds the image */
  imageProject: 'IMAGE_PROJECT',
  /** dev | staging | prod */
  environment: 'FETTLE_ENV',
} as const;
