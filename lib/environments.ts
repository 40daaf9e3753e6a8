import {
  ENVIRONMENT_NAMES,
  type EnvironmentName,
  isEnvironmentName,
} from '../functions/platform/names/environments.ts';

/** What differs between environments, and why. Everything else is the same code in each. */
export type Environment = {
  readonly name: EnvironmentName;
  /**
   * prod keeps its tables and photos whatever happens to the stack. Elsewhere they are deleted with it; S3 deletes no
   * bucket that holds anything, so whoever removes the stack empties the buckets before
   */
  readonly keepsData: boolean;
  /** originals are the largest cost of all ($0.90 a month per 1,000 ten-photo jobs): kept for disputes, no longer */
  readonly originalsDays: number;
  /** display copies and overlays, about a tenth of their originals */
  readonly picturesDays: number;
  readonly logDays: number;
  /** of one API key; a burst is what it may send at once */
  readonly requestsPerSecond: number;
  readonly requestBurst: number;
  readonly requestsPerDay: number;
  /** photos assessed at the same time: what the account's Lambda concurrency (1,000 unless raised) may lend to them */
  readonly photosAtOnce: number;
  readonly conclusionsAtOnce: number;
};

/** Also what runs on one machine: wide enough for load tests with a single key. */
const DEV: Environment = {
  name: 'dev',
  keepsData: false,
  originalsDays: 7,
  picturesDays: 30,
  logDays: 7,
  requestsPerSecond: 500,
  requestBurst: 1000,
  requestsPerDay: 1_000_000,
  photosAtOnce: 10,
  conclusionsAtOnce: 5,
};

/** As prod where customers would notice a difference, smaller where only the bill would. */
const STAGING: Environment = {
  name: 'staging',
  keepsData: false,
  originalsDays: 7,
  picturesDays: 30,
  logDays: 30,
  requestsPerSecond: 50,
  requestBurst: 100,
  requestsPerDay: 200_000,
  photosAtOnce: 50,
  conclusionsAtOnce: 10,
};

const PROD: Environment = {
  name: 'prod',
  keepsData: true,
  originalsDays: 90,
  picturesDays: 730,
  logDays: 365,
  requestsPerSecond: 50,
  requestBurst: 100,
  requestsPerDay: 200_000,
  photosAtOnce: 400,
  conclusionsAtOnce: 50,
};

const ENVIRONMENTS = { dev: DEV, staging: STAGING, prod: PROD } as const satisfies Record<EnvironmentName, Environment>;

/** @throws when there is no such environment, with the command that would have worked */
export function environmentNamed(name: unknown): Environment {
  if (isEnvironmentName(name)) return ENVIRONMENTS[name];
  const came = name === undefined ? 'No environment was given' : `There is no environment "${String(name)}"`;
  throw new Error(`${came}. Choose one of ${ENVIRONMENT_NAMES.join(', ')}, for example: npx cdk synth -c env=dev`);
}
