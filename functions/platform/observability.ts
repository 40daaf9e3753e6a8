import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import type { MiddlewareObj } from '@middy/core';
import type { Context } from 'aws-lambda';
import { environment } from './environment.ts';
import { FAILURE, METRIC_DIMENSION, METRIC_NAMESPACE, METRICS, type MetricName } from './names/metrics.ts';

const { environment: environmentName } = environment('environment');

/** The structured log. Never give it a key, a secret, a presigned form or a request's body. */
export const log = new Logger({ serviceName: 'fettle', persistentKeys: { environment: environmentName } });

function metricsWith(options: { readonly singleMetric?: boolean } = {}): Metrics {
  const metrics = new Metrics({ namespace: METRIC_NAMESPACE, ...options });
  // Powertools adds a `service` dimension, which would make other metrics than those that our alarms watch.
  metrics.clearDefaultDimensions();
  metrics.setDefaultDimensions({ [METRIC_DIMENSION]: environmentName });
  return metrics;
}

const metrics = metricsWith();

/** Adds one to a metric. */
export const count = (name: MetricName): void => measure(name, 1);

/** Records one value of a metric, in its unit in METRICS. */
export function measure(name: MetricName, value: number): void {
  metrics.addMetric(name, METRICS[name], value);
}

/** This function, from its first invocation on. */
let self = { functionName: '', functionVersion: '' };

/** What is known of a failure. */
export type Evidence = { readonly error: unknown } & Readonly<Record<string, unknown>>;

/** Logs an error and counts it as a failure of this function, at once: the process may not survive the invocation. */
export function reportFailure(message: string, { error, ...evidence }: Evidence): void {
  log.error(message, { ...evidence, error: error instanceof Error ? error : String(error) });
  const failure = metricsWith({ singleMetric: true });
  failure.addDimension(FAILURE.functionDimension, self.functionName);
  failure.addDimensions({
    [FAILURE.functionDimension]: self.functionName,
    [FAILURE.versionDimension]: self.functionVersion,
  });
  failure.addMetric(FAILURE.metricName, FAILURE.unit, 1);
}

const flush = (): void => {
  log.resetKeys();
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
};

/** Ends this process, which Lambda replaces, as a failure: whatever was invoked is delivered again. */
export function endProcess(message: string, evidence: Evidence): never {
  reportFailure(message, evidence);
  flush();
  process.exit(1);
}

/** The request's id: Lambda's by default, API Gateway's where the caller gets that one. */
type RequestIdOf<Event> = (invocation: { readonly event: Event; readonly context: Context }) => string;

/** Adds the request's id to log lines, and publishes metrics after every invocation, failed ones included. */
export const observed = <Event = unknown>(
  requestIdOf: RequestIdOf<Event> = ({ context }) => context.awsRequestId,
): MiddlewareObj<Event> => ({
  before: ({ event, context }) => {
    self = context;
    log.addContext(context);
    log.appendKeys({ requestId: requestIdOf({ event, context }) });
  },
  after: flush,
  onError: flush,
});

/** Reports an error that ends the invocation, which Lambda alone would log without the request's id. */
export const reported: MiddlewareObj = { onError: ({ error }) => reportFailure('Failed', { error }) };
