import { AWS_PRICES, type CostLine, totalDollars } from '../../lib/aws-prices.ts';

/** Photos of the job that the figure speaks of, and how often its owner asks for its progress until it is done. */
const PHOTOS = 10;
const GETS = 5;
const JOBS = 1000;

/** MB of memory at which Lambda gives one vCPU; less memory is that share of one. */
const MB_PER_VCPU = 1769;

/**
 * What each function of a job's way has and waits for: its memory, invocations, and seconds of one invocation that it waits
 * for S3 or DynamoDB, which Lambda bills like any other. The waits are assumed: 5 ms for a call to DynamoDB or SQS, 40 ms for
 * a photo from S3. An authorizer's answer is cached, so that one invocation serves a job.
 */
const FUNCTIONS = {
  'assess-photo': { memoryMb: 1769, invocations: PHOTOS, waitSeconds: 0.05 },
  // A creation also waits until it is counted.
  'jobs-api': { memoryMb: 1024, invocations: 1 + GETS, waitSeconds: 0.01 + 0.005 / (1 + GETS) },
  'conclude-job': { memoryMb: 1024, invocations: 1, waitSeconds: 0.015 },
  authorize: { memoryMb: 512, invocations: 1, waitSeconds: 0.005 },
} as const;
type FunctionName = keyof typeof FUNCTIONS;

/**
 * Write units of 1 KB, by what is written, indexes included. Sizes as stored: a job of ten photos 2 KB, its progress and its
 * index entries below 1 KB, a remembered answer with ten forms 5 KB, a photo's assessment 2 to 3 KB, a conclusion 1 to 3 KB.
 */
const WRITE_UNITS = {
  countRequests: 1 + GETS,
  createJob: 2 + 1 + 1 + 1,
  rememberAnswer: 1 + 5,
  firstPhoto: 2 + 2,
  photos: PHOTOS * (3 + 1),
  conclusion: 3,
  completeJob: 2 + 2 + 1,
} as const;

/** Read units of 4 KB: the key, each look at a job, and all rows of the job for its conclusion and its answer. */
const READ_UNITS = 1 + GETS + 4 + 4;

/** Bytes that a job logs: what the functions and the gateway write, and Lambda's own three lines of each invocation. */
const LOG_BYTES = {
  photo: 300,
  apiRequest: 750 + 400,
  conclusion: 300,
  invocation: 330,
} as const;

/**
 * Dollars for 1,000 ten-photo jobs, retained originals left out, from the CPU seconds that each function uses for one photo
 * of a job and public prices. Line by line, so that the largest is seen.
 *
 * @param cpuSecondsPerPhoto by the function's name; a function that is missing did nothing
 */
export function awsCost(cpuSecondsPerPhoto: ReadonlyMap<string, number>): {
  readonly lines: readonly CostLine[];
  readonly dollars: number;
} {
  const names = Object.keys(FUNCTIONS) as FunctionName[];
  const invocations = names.reduce((sum, name) => sum + FUNCTIONS[name].invocations, 0);
  const lines: CostLine[] = [
    ...names.map(
      (name): CostLine => [`Lambda compute of ${name}`, computeDollars(name, cpuSecondsPerPhoto.get(name) ?? 0)],
    ),
    ['Lambda requests', requests(invocations, 'lambdaRequest')],
    ['API Gateway requests', requests(1 + GETS, 'apiRequest')],
    ['S3 writes (uploads)', requests(PHOTOS, 's3Write')],
    ['S3 reads', requests(PHOTOS, 's3Read')],
    [
      'DynamoDB writes',
      requests(
        Object.values(WRITE_UNITS).reduce((sum, units) => sum + units, 0),
        'writeUnit',
      ),
    ],
    ['DynamoDB reads', requests(READ_UNITS, 'readUnit')],
    ['SQS requests (send, receive, delete)', requests(3 * (PHOTOS + 1), 'sqsRequest')],
    ['Logs, embedded metrics among them', (logBytes(invocations) * JOBS * AWS_PRICES.logGb) / 1e9],
  ];
  return { lines, dollars: totalDollars(lines) };
}

function computeDollars(name: FunctionName, cpuSecondsPerPhoto: number): number {
  const { memoryMb, invocations, waitSeconds } = FUNCTIONS[name];
  const seconds = (PHOTOS * cpuSecondsPerPhoto) / Math.min(1, memoryMb / MB_PER_VCPU) + invocations * waitSeconds;
  return JOBS * seconds * (memoryMb / 1024) * AWS_PRICES.gbSecond;
}

const requests = (perJob: number, kind: keyof typeof AWS_PRICES.million): number =>
  (JOBS * perJob * AWS_PRICES.million[kind]) / 1e6;

const logBytes = (invocations: number): number =>
  PHOTOS * LOG_BYTES.photo +
  (1 + GETS) * LOG_BYTES.apiRequest +
  LOG_BYTES.conclusion +
  invocations * LOG_BYTES.invocation;
