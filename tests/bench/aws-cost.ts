/** What a thousand jobs use of one priced thing. */
type Line = { readonly what: string; readonly perJob: number; readonly dollarsPerMillion: number };

/** Public prices of us-east-1, x86, September 2026. */
const DOLLARS_PER_GB_SECOND = 0.0000166667;
const PRICES = {
  lambdaRequest: 0.2,
  apiRequest: 3.5,
  s3Write: 5,
  s3Read: 0.4,
  writeUnit: 0.625,
  readUnit: 0.125,
  sqsRequest: 0.4,
};

/** Of `assess-photo`; at 1,769 MB Lambda gives one vCPU, which is what one thread can use. */
const WORKER_GIB = 1769 / 1024;

/** Photos of the job that the figure speaks of, and looks at its progress until it is done. */
const PHOTOS = 10;
const LOOKS = 5;

/** Rows as they are: a job of ten photos is about 3 KB, a photo assessment 2 KB, a conclusion 3 KB; one unit writes 1 KB. */
const WRITE_UNITS = { createJob: 5, photo: 3, countPhoto: 4, conclude: 8 };

/**
 * Dollars for 1,000 ten-photo jobs, retained originals left out, computed from the worker's CPU seconds per photo and
 * public prices. Line by line, so that the largest is seen.
 */
export function awsCost(workerSecondsPerPhoto: number): {
  readonly lines: readonly [string, number][];
  readonly dollars: number;
} {
  const lines: Line[] = [
    { what: 'Lambda requests', perJob: PHOTOS + LOOKS + 3, dollarsPerMillion: PRICES.lambdaRequest },
    { what: 'API Gateway requests', perJob: 1 + LOOKS, dollarsPerMillion: PRICES.apiRequest },
    { what: 'S3 writes (upload, display copy)', perJob: 2 * PHOTOS, dollarsPerMillion: PRICES.s3Write },
    { what: 'S3 reads', perJob: PHOTOS, dollarsPerMillion: PRICES.s3Read },
    {
      what: 'DynamoDB writes',
      perJob: WRITE_UNITS.createJob + WRITE_UNITS.conclude + PHOTOS * (WRITE_UNITS.photo + WRITE_UNITS.countPhoto),
      dollarsPerMillion: PRICES.writeUnit,
    },
    { what: 'DynamoDB reads', perJob: 2 * PHOTOS + 6 * LOOKS, dollarsPerMillion: PRICES.readUnit },
    { what: 'SQS requests', perJob: 3 * (PHOTOS + 1), dollarsPerMillion: PRICES.sqsRequest },
  ];
  const computed: [string, number][] = [
    ['Lambda compute of assess-photo', PHOTOS * workerSecondsPerPhoto * WORKER_GIB * DOLLARS_PER_GB_SECOND * 1000],
    ...lines.map(({ what, perJob, dollarsPerMillion }): [string, number] => [
      what,
      (perJob * dollarsPerMillion) / 1000,
    ]),
  ];
  return { lines: computed, dollars: computed.reduce((sum, [, dollars]) => sum + dollars, 0) };
}
