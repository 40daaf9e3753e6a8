/** Maximum concurrency of each function that drains a queue. */
export type Concurrency = {
  /** of `assess-photo` */
  readonly photosAtOnce: number;
  /** of `conclude-job` */
  readonly conclusionsAtOnce: number;
  /** of `dead-photos` */
  readonly deadPhotosAtOnce: number;
};

/** SQS's bounds of an event source's maximum concurrency. */
const LEAST = 2;
const MOST = 1000;

/**
 * Works in every account: a new one may have 10 concurrent Lambda executions in all (AWS's usual quota is 1,000), and a
 * throttled delivery counts as a receive, so that photos without a worker end in the dead-letter queue.
 */
export const DEFAULT_PHOTOS_AT_ONCE = LEAST;

/** On one machine, where the number of cores is the smaller limit. */
export const LOCAL_PHOTOS_AT_ONCE = 10;

/** Photos for each conclusion at once. Chosen by eye: a job has about ten photos, and its conclusion is shorter than one. */
const PHOTOS_PER_CONCLUSION = 8;

/** Executions left to everything that drains no queue: the authorizer, two of the API's functions and the sweep. */
const API_EXECUTIONS = 4;

/** A larger stack leaves its API a quarter of what its queues may take. Chosen by eye. */
const API_SHARE = 0.25;

/** The maximum concurrency of all queues that goes with this one. */
export const concurrencyFor = (photosAtOnce: number): Concurrency => ({
  photosAtOnce,
  conclusionsAtOnce: Math.max(LEAST, Math.ceil(photosAtOnce / PHOTOS_PER_CONCLUSION)),
  deadPhotosAtOnce: LEAST,
});

/** The concurrent Lambda executions which the account must have, so that busy queues leave room for the API. */
export function executionsNeeded(photosAtOnce: number): number {
  const { conclusionsAtOnce, deadPhotosAtOnce } = concurrencyFor(photosAtOnce);
  const ofQueues = photosAtOnce + conclusionsAtOnce + deadPhotosAtOnce;
  return ofQueues + Math.max(API_EXECUTIONS, Math.ceil(API_SHARE * ofQueues));
}

/** What synthesis says of it. */
export const concurrencyText = (photosAtOnce: number, environment: string): string =>
  `${photosAtOnce} photos are assessed at once at most, for which the account needs ${executionsNeeded(photosAtOnce)} ` +
  `concurrent Lambda executions. "npm run fettle -- doctor --env ${environment}" says how many it has and how many ` +
  'photos at once it bears: -c photosAtOnce=N.';

/** The largest `photosAtOnce` for an account with so many concurrent executions; undefined when it bears none. */
export function mostPhotosAtOnce(executions: number): number | undefined {
  for (let photosAtOnce = MOST; photosAtOnce >= LEAST; photosAtOnce -= 1) {
    if (executionsNeeded(photosAtOnce) <= executions) return photosAtOnce;
  }
  return undefined;
}

/**
 * The value of `-c photosAtOnce=N` or `--photos-at-once N`; the default when there is none.
 *
 * @throws when it is no whole number within SQS's bounds
 */
export function readPhotosAtOnce(given: unknown): number {
  if (given === undefined) return DEFAULT_PHOTOS_AT_ONCE;
  const value = typeof given === 'string' && /^\d+$/.test(given) ? Number(given) : given;
  if (typeof value === 'number' && Number.isInteger(value) && value >= LEAST && value <= MOST) return value;
  throw new Error(`Expected photosAtOnce to be a whole number from ${LEAST} to ${MOST}; got ${JSON.stringify(given)}.`);
}
