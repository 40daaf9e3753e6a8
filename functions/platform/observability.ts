import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import type { MiddlewareObj } from '@middy/core';
import type { Context } from 'aws-lambda';
import { environment } from './environment.ts';
import { METRIC_DIMENSION, METRIC_NAMESPACE, METRICS, type MetricName } from './names/metrics.ts';

const { environment: environmentName } = environment('environment');

/** The structured log. Never give it a key, a secret, a presigned form or a request's body. */
export const log = new Logger({ serviceName: 'fettle', persistentKeys: { environment: environmentName } });

const metrics = new Metrics({ namespace: METRIC_NAMESPACE });
// Powertools adds a `service` dimension, which would make other metrics than those that our alarms watch.
metrics.clearDefaultDimensions();
metrics.setDefaultDimensions({ [METRIC_DIMENSION]: environmentName });

/** Adds one to a metric. */
export const count = (name: MetricName): void => measure(name, 1);

/** Records one value of a metric, in its unit in METRICS. */
export function measure(name: MetricName, value: number): void {
  metrics.addMetric(name, METRICS[name], value);
}

const flush = (): void => {
  log.resetKeys();
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
};

/** The request's id: Lambda's by default, API Gateway's where the caller gets that one. */
type RequestIdOf<Event> = (invocation: { readonly event: Event; readonly context: Context }) => string;

/** Adds the request's id to log lines, and publishes metrics after every invocation, failed ones included. */
export const observed = <Event = unknown>(
  requestIdOf: RequestIdOf<Event> = ({ context }) => context.awsRequestId,
): MiddlewareObj<Event> => ({
  before: ({ event, context }) => {
    log.addContext(context);
    log.appendKeys({ requestId: requestIdOf({ event, context }) });
  },
  after: flush,
  onError: flush,
});
