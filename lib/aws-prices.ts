/** Public prices of us-east-1, x86, September 2026, in dollars, before any free tier. */
export const AWS_PRICES = {
  gbSecond: 0.0000166667,
  logGb: 0.5,
  /** of each metric that an alarm of a minute or more reads */
  alarmMetricMonth: 0.1,
  /** billed for the hours in which it is sent */
  ownMetricMonth: 0.3,
  secretMonth: 0.4,
  million: {
    lambdaRequest: 0.2,
    apiRequest: 3.5,
    s3Write: 5,
    s3Read: 0.4,
    writeUnit: 0.625,
    readUnit: 0.125,
    sqsRequest: 0.4,
  },
} as const;

/** What is billed, and dollars. */
export type CostLine = readonly [what: string, dollars: number];

export const totalDollars = (lines: readonly CostLine[]): number =>
  lines.reduce((sum, [, dollars]) => sum + dollars, 0);
