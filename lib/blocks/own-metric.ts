import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { METRIC_DIMENSION, METRIC_NAMESPACE, type MetricName } from '../../functions/platform/names/metrics.ts';
import type { Environment } from '../environments.ts';

/** A metric that our own functions emit; its name is one of theirs, so nothing can be watched that nobody says. */
export const ownMetric = (metricName: MetricName, environment: Environment): Metric =>
  new Metric({
    namespace: METRIC_NAMESPACE,
    metricName,
    dimensionsMap: { [METRIC_DIMENSION]: environment.name },
  });
