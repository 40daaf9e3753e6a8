/** CloudWatch namespace of every Fettle metric. */
export const METRIC_NAMESPACE = 'Fettle';

/** The only dimension of every Fettle metric; its value is the environment's name. */
export const METRIC_DIMENSION = 'environment';

/** Every metric that the runtime may emit, with its CloudWatch unit. An alarm can watch no other name of ours. */
export const METRICS = {
  JobCreated: 'Count',
  JobCompleted: 'Count',
  JobFailed: 'Count',
  JobExpired: 'Count',
  JobCancelled: 'Count',
  /** milliseconds from the creation of a job to its conclusion */
  JobDuration: 'Milliseconds',
  PhotoAssessed: 'Count',
  PhotoRejected: 'Count',
  PhotoFailed: 'Count',
  /** an upload for a job that no longer takes photos, or a second upload with the same form */
  PhotoIgnored: 'Count',
  /** milliseconds of `assess-photo` from opening the object to the saved assessment */
  PhotoDuration: 'Milliseconds',
  /** jobs which the sweep had to end, because nothing else did */
  StuckJobSwept: 'Count',
  KeyCreated: 'Count',
  KeyRevoked: 'Count',
} as const;

export type MetricName = keyof typeof METRICS;
