import type { Stack } from 'aws-cdk-lib';
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnEventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { METRICS } from '../functions/platform/names/metrics.ts';
import { AWS_PRICES, type CostLine, totalDollars } from './aws-prices.ts';

const SECONDS_A_MONTH = (365 / 12) * 86_400;

/**
 * Receives at once of an event source with a maximum concurrency, which never has fewer; each waits 20 s for a message (AWS's
 * documentation).
 */
const POLLERS = 5;
const POLL_SECONDS = 20;

/** What an environment costs before its first job. Own metrics are billed for the hours in which they are sent. */
export type MonthlyFloor = {
  readonly lines: readonly CostLine[];
  readonly idleDollars: number;
  /** with every metric of METRICS in every hour, still without the jobs themselves */
  readonly busyDollars: number;
};

/**
 * Dollars a month at AWS_PRICES, from the alarms, event sources and secrets of a stack and those nested in it.
 *
 * Left out: the sweep of each minute (about $0.08 at 0.1 s, assumed), and storage, which is billed by the GB (deployed code, the
 * last images). What grows with use is in docs/bench.md. `Failure` is sent only where something fails.
 */
export function monthlyFloor(stack: Stack): MonthlyFloor {
  const parts = stack.node.findAll();
  const alarmMetrics = parts.filter((part) => part instanceof CfnAlarm).flatMap((alarm) => metricsOf(stack, alarm));
  const polled = parts.filter((part) => part instanceof CfnEventSourceMapping);
  const receives = (polled.length * POLLERS * SECONDS_A_MONTH) / POLL_SECONDS;
  const secrets = parts.filter((part) => part instanceof CfnSecret).length;
  const lines: CostLine[] = [
    [`${alarmMetrics.length} metrics read by alarms`, alarmMetrics.length * AWS_PRICES.alarmMetricMonth],
    [`polling of ${polled.length} queues`, (receives * AWS_PRICES.million.sqsRequest) / 1e6],
    [`secrets: ${secrets}`, secrets * AWS_PRICES.secretMonth],
  ];
  const ownMetrics = Object.keys(METRICS).length;
  const idleDollars = totalDollars(lines);
  return { lines, idleDollars, busyDollars: idleDollars + ownMetrics * AWS_PRICES.ownMetricMonth };
}

/** CloudWatch bills an alarm by the metrics that it reads, not by its expressions. */
function metricsOf(stack: Stack, alarm: CfnAlarm): readonly unknown[] {
  const queries: { metricStat?: unknown }[] | undefined = stack.resolve(alarm.metrics);
  return queries?.filter(({ metricStat }) => metricStat !== undefined) ?? [alarm.metricName];
}

/** What synthesis says of it. */
export function monthlyFloorText({ lines, idleDollars, busyDollars }: MonthlyFloor): string {
  const parts = lines.map(([what, dollars]) => `${what} $${dollars.toFixed(2)}`).join(', ');
  return (
    `Before its first job this environment costs about $${idleDollars.toFixed(2)} a month (${parts}), and about ` +
    `$${busyDollars.toFixed(2)} with jobs in every hour, in which CloudWatch bills the metrics that Fettle sends. ` +
    'The jobs themselves: docs/bench.md.'
  );
}
