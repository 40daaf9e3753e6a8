/** CloudWatch namespace of every Fettle metric. */
export const METRIC_NAMESPACE = 'Fettle';

/** The only dimension of every metric in METRICS; its value is the environment's name. */
export const METRIC_DIMENSION = 'environment';

/** Every metric that the runtime can emit, with its CloudWatch unit. Alarms on own metrics use these names only. */
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
  /** a photo that was returned to its queue, because its worker did not assess other photos either */
  PhotoHeld: 'Count',
  /** an upload for a job that no longer waits for it, or a second one by the same form; its version is deleted */
  PhotoIgnored: 'Count',
  /** milliseconds of `assess-photo` from opening the object to the saved assessment */
  PhotoDuration: 'Milliseconds',
  /** jobs past their deadline for whose conclusion the sweep intervened */
  StuckJobSwept: 'Count',
  /** comps that were stored or renewed, those in quarantine included */
  CompAdded: 'Count',
  CompQuarantined: 'Count',
  /** a provider of comps was asked in vain, or left alone because it had failed */
  ProviderFailed: 'Count',
  /** share of a provider's calls of the day that are used, at each call */
  ProviderQuotaUsed: 'Percent',
  /** 100 where a provider's answer was still fresh and it was not asked, else 0: the average is the hit rate */
  ProviderCacheHit: 'Percent',
  KeyCreated: 'Count',
  KeyRevoked: 'Count',
} as const;

/**
 * The metric of failures that a function survives: a 5xx response, a failed message, a failed run. `Errors` of AWS/Lambda
 * counts only what ends an invocation. Its dimensions are METRIC_DIMENSION and the function's name, and once more with the
 * function's version.
 */
export const FAILURE = {
  metricName: 'Failure',
  unit: 'Count',
  functionDimension: 'FunctionName',
  versionDimension: 'ExecutedVersion',
} as const;

export type MetricName = keyof typeof METRICS;
