import { cannotRun } from '../errors.ts';
import type { MetricAlarm, MetricQuery } from '../template/known/observability.ts';
import type { AlarmState } from '../types.ts';
import { parseExpression, type Value } from './expression.ts';
import type { MetricName, MetricStore } from './metric-store.ts';
import { statisticOf } from './statistic.ts';

type State = AlarmState['state'];
/** A time series: the value of the period that ends at `endMs`. */
export type Series = { readonly periodMs: number; readonly valueAt: (endMs: number) => Value };

/** What an alarm watches: one statistic of one metric, or an expression over several. */
export function seriesOf(alarm: MetricAlarm, store: MetricStore, where: string): Series {
  if (alarm.Metrics) return mathSeries(alarm.Metrics, store, where);
  const { Namespace = '', MetricName = '', Dimensions, Period } = alarm;
  const name = { namespace: Namespace, metric: MetricName, dimensions: dimensionsOf(Dimensions) };
  return plainSeries(name, alarm.ExtendedStatistic ?? alarm.Statistic ?? '', Period ?? 0, store, where);
}

function plainSeries(
  name: MetricName,
  statisticName: string,
  periodSeconds: number,
  store: MetricStore,
  where: string,
): Series {
  const statistic = statisticOf(statisticName);
  if (!statistic) throw cannotRun(where, `the runner does not know the statistic ${statisticName || '(none)'}`);
  if (periodSeconds <= 0) throw cannotRun(where, 'has no Period');
  const periodMs = periodSeconds * 1000;
  return { periodMs, valueAt: (endMs) => statistic(store.values(name, endMs - periodMs, endMs)) };
}

function mathSeries(queries: readonly MetricQuery[], store: MetricStore, where: string): Series {
  const plain = queries.flatMap(({ Id, MetricStat }) => {
    if (!MetricStat) return [];
    const { Metric, Stat, Period } = MetricStat;
    const name = {
      namespace: Metric.Namespace,
      metric: Metric.MetricName,
      dimensions: dimensionsOf(Metric.Dimensions),
    };
    return [{ id: Id, series: plainSeries(name, Stat, Period, store, where) }];
  });
  const expressions = queries.flatMap(({ Id, Expression }) =>
    Expression === undefined ? [] : [{ id: Id, expression: parseExpression(Expression, where) }],
  );
  const returned = queries.find(({ ReturnData }) => ReturnData)?.Id ?? '';
  return {
    periodMs: Math.max(...plain.map(({ series }) => series.periodMs)),
    valueAt: (endMs) => {
      const values = new Map<string, Value>(plain.map(({ id, series }) => [id, series.valueAt(endMs)]));
      for (const { id, expression } of expressions) values.set(id, expression(values));
      return values.get(returned);
    },
  };
}

function dimensionsOf(dimensions: readonly { Name: string; Value: string }[]): { [name: string]: string } {
  return Object.fromEntries(dimensions.map(({ Name, Value }) => [Name, Value]));
}

export type Verdict = { readonly state: State; readonly reason: string };

/**
 * The alarm's state from its last periods, the newest first. `undefined` is a period without samples, evaluated by
 * `TreatMissingData`.
 */
export function judge(alarm: MetricAlarm, datapoints: readonly Value[], before: State): Verdict {
  const { EvaluationPeriods, DatapointsToAlarm = EvaluationPeriods, Threshold } = alarm;
  // Alarms on a DynamoDB metric keep their state without samples, whatever the template says.
  const TreatMissingData = alarm.Namespace === 'AWS/DynamoDB' ? 'ignore' : alarm.TreatMissingData;
  const breaches = datapoints.map((value) =>
    value === undefined ? TreatMissingData === 'breaching' : breaching(alarm, value),
  );
  const count = breaches.filter(Boolean).length;
  const reason = `${count} of the last ${datapoints.length} periods (${datapoints.map(shown).join(', ')}) against ${Threshold}`;
  if (datapoints.length === 0) return { state: before, reason: 'no period has passed yet' };
  if (count >= DatapointsToAlarm) return { state: 'ALARM', reason };
  if (datapoints.some((value) => value !== undefined)) return { state: 'OK', reason };
  if (TreatMissingData === 'ignore') return { state: before, reason: 'no samples: the state stays' };
  if (TreatMissingData === 'missing') return { state: 'INSUFFICIENT_DATA', reason: 'no samples' };
  return { state: 'OK', reason };
}

function breaching({ ComparisonOperator, Threshold }: MetricAlarm, value: number): boolean {
  switch (ComparisonOperator) {
    case 'GreaterThanThreshold':
      return value > Threshold;
    case 'GreaterThanOrEqualToThreshold':
      return value >= Threshold;
    case 'LessThanThreshold':
      return value < Threshold;
    case 'LessThanOrEqualToThreshold':
      return value <= Threshold;
  }
}

function shown(value: Value): string {
  return value === undefined ? 'none' : String(Math.round(value * 1000) / 1000);
}
