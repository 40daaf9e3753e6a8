import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import {
  FAILURE,
  METRIC_DIMENSION,
  METRIC_NAMESPACE,
  type MetricName,
} from '../../functions/platform/names/metrics.ts';
import type { Environment } from '../environments.ts';

/** A metric of our own functions, summed. Its name is one of METRICS, so no alarm watches a metric that is never emitted. */
export const ownMetric = (metricName: MetricName, environment: Environment): Metric =>
  new Metric({
    namespace: METRIC_NAMESPACE,
    metricName,
    statistic: Stats.SUM,
    dimensionsMap: { [METRIC_DIMENSION]: environment.name },
  });

/**
 * The failures that a function survived and reported.
 *
 * @param functionName its physical name
 * @param version of the function; default: all versions together
 */
export const failureMetric = (functionName: string, environment: Environment, version?: string): Metric =>
  new Metric({
    namespace: METRIC_NAMESPACE,
    metricName: FAILURE.metricName,
    statistic: Stats.SUM,
    dimensionsMap: {
      [METRIC_DIMENSION]: environment.name,
      [FAILURE.functionDimension]: functionName,
      ...(version !== undefined && { [FAILURE.versionDimension]: version }),
    },
  });
