import { MathExpression, type Metric } from 'aws-cdk-lib/aws-cloudwatch';

/**
 * The sum of these metrics in each period.
 *
 * A metric without samples counts as 0. In particular, CloudWatch keeps the state of an alarm on a DynamoDB metric while
 * there are no samples, whatever its TreatMissingData says, and DynamoDB reports throttles only while it throttles: a plain
 * alarm on them never returns to OK.
 */
export const sumOf = (...metrics: readonly Metric[]): MathExpression =>
  new MathExpression({
    expression: metrics.map((_, index) => `FILL(${idOf(index)}, 0)`).join(' + '),
    usingMetrics: Object.fromEntries(metrics.map((metric, index) => [idOf(index), metric])),
    label: 'sum',
  });

/** Ids of metrics in an expression begin with a lowercase letter. */
const idOf = (index: number): string => `m${index}`;
