import {
  ENVIRONMENT_NAMES,
  type EnvironmentName,
  isEnvironmentName,
} from '../functions/platform/names/environments.ts';
import { type Concurrency, concurrencyFor, DEFAULT_PHOTOS_AT_ONCE } from './concurrency.ts';
import type { Shift } from './shifts.ts';

/** What differs between environments, and why. Everything else is the same code in each. */
export type Environment = Concurrency & {
  readonly name: EnvironmentName;
  /**
   * prod retains its tables and photos when the stack is deleted. Elsewhere they are deleted with it; S3 deletes no
   * bucket that holds an object, so empty the buckets before you delete such a stack
   */
  readonly keepsData: boolean;
  /** retention of originals, for disputes: the largest cost of all ($0.90 a month per 1,000 ten-photo jobs) */
  readonly originalsDays: number;
  /** the last of `originalsDays`, in which an original is a noncurrent version: a deletion by mistake can be undone as long */
  readonly undoDays: number;
  /** retention of jobs, their assessments, display copies and overlays: together about a tenth of the originals' size */
  readonly jobDays: number;
  readonly logDays: number;
  /** throttle of one API key: steady rate, and token bucket size */
  readonly requestsPerSecond: number;
  readonly requestBurst: number;
  readonly requestsPerDay: number;
  /**
   * of a calendar month, for the whole account; beyond it AWS Budgets notifies, and stops nothing. Chosen by eye: more than twice
   * what an environment costs before its jobs, and in prod also tens of thousands of ten-photo jobs
   */
  readonly budgetDollars: number;
  /**
   * how a deployment shifts traffic to new versions: in dev at once, because nobody depends on it; in staging a tenth for five
   * minutes; in prod a tenth more every three minutes (27 in all), so that a failure which only many callers see, or only
   * seldom, is still seen by a part of them only
   */
  readonly shift: Shift;
};

/** Concurrency depends on the account and not on the environment. */
type Fixed = Omit<Environment, keyof Concurrency>;

/** Also the environment on one machine: the throttle admits load tests with a single key. */
const DEV: Fixed = {
  name: 'dev',
  keepsData: false,
  originalsDays: 7,
  undoDays: 1,
  jobDays: 30,
  logDays: 7,
  requestsPerSecond: 500,
  requestBurst: 1000,
  requestsPerDay: 1_000_000,
  budgetDollars: 30,
  shift: 'all-at-once',
};

/** As prod where customers would notice a difference, smaller where only the bill would. */
const STAGING: Fixed = {
  name: 'staging',
  keepsData: false,
  originalsDays: 7,
  undoDays: 1,
  jobDays: 30,
  logDays: 30,
  requestsPerSecond: 50,
  requestBurst: 100,
  requestsPerDay: 200_000,
  budgetDollars: 30,
  shift: 'canary',
};

const PROD: Fixed = {
  name: 'prod',
  keepsData: true,
  originalsDays: 90,
  undoDays: 30,
  jobDays: 730,
  logDays: 365,
  requestsPerSecond: 50,
  requestBurst: 100,
  requestsPerDay: 200_000,
  budgetDollars: 100,
  shift: 'linear',
};

const ENVIRONMENTS = { dev: DEV, staging: STAGING, prod: PROD } as const satisfies Record<EnvironmentName, Fixed>;

/** Of one deployment: what it chooses instead of the defaults. */
export type Choices = { readonly photosAtOnce?: number; readonly shift?: Shift | undefined };

/** @throws when there is no such environment, with a command that works */
export function environmentNamed(name: unknown, choices: Choices = {}): Environment {
  const { photosAtOnce = DEFAULT_PHOTOS_AT_ONCE, shift } = choices;
  if (isEnvironmentName(name)) {
    return { ...ENVIRONMENTS[name], ...concurrencyFor(photosAtOnce), ...(shift && { shift }) };
  }
  throw new Error(`There is no environment "${String(name)}". ${CHOOSE_ENVIRONMENT}`);
}

/** What to do for whoever named no environment. */
export const CHOOSE_ENVIRONMENT = `Choose one of ${ENVIRONMENT_NAMES.join(', ')}, for example: npx cdk synth -c env=dev`;
