import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { METRIC_DIMENSION, METRIC_NAMESPACE, type MetricName } from '../../functions/platform/names/metrics.ts';
import type { Environment } from '../environments.ts';

/** A metric of our own functions. Its name is one of METRICS, so no alarm watches a metric that is never emitted. */
export const ownMetric = (metricName: MetricName, environment: Environment): Metric =>
  new Metric({
    namespace: METRIC_NAMESPACE,
    metricName,
    dimensionsMap: { [METRIC_DIMENSION]: environment.name },
  });
