import { describe, expect, it } from 'vitest';
import { judge, seriesOf } from '../../../local/alarms/evaluate.ts';
import { metricStore } from '../../../local/alarms/metric-store.ts';
import { MetricAlarm } from '../../../local/template/known/observability.ts';

const MINUTE_MS = 60_000;
const BASE = { ComparisonOperator: 'GreaterThanThreshold', Threshold: 5, EvaluationPeriods: 3 };
const alarm = (more: object) => MetricAlarm.parse({ ...BASE, ...more });
const state = (more: object, values: (number | undefined)[], before: 'OK' | 'ALARM' = 'OK') =>
  judge(alarm(more), values, before).state;

describe('judge', () => {
  it('alarms when every period breaches', () => {
    expect(state({}, [6, 7, 8])).toBe('ALARM');
  });

  it('is OK when one period does not breach', () => {
    expect(state({}, [6, 5, 8])).toBe('OK');
  });

  it('alarms when DatapointsToAlarm periods breach', () => {
    expect(state({ DatapointsToAlarm: 2 }, [6, 1, 8])).toBe('ALARM');
  });

  it.each([
    ['missing', 'INSUFFICIENT_DATA'],
    ['notBreaching', 'OK'],
    ['breaching', 'ALARM'],
    ['ignore', 'ALARM'],
  ])('treats missing data as %s', (TreatMissingData, expected) => {
    expect(state({ TreatMissingData }, [undefined, undefined, undefined], 'ALARM')).toBe(expected);
  });

  it('keeps the state of an alarm on a DynamoDB metric without samples, whatever the template says', () => {
    const silent = { Namespace: 'AWS/DynamoDB', TreatMissingData: 'notBreaching' };
    expect(state(silent, [undefined, undefined, undefined], 'ALARM')).toBe('ALARM');
  });

  it.each([
    ['GreaterThanOrEqualToThreshold', 5, 'ALARM'],
    ['LessThanThreshold', 5, 'OK'],
    ['LessThanOrEqualToThreshold', 5, 'ALARM'],
  ])('compares with %s', (ComparisonOperator, value, expected) => {
    expect(state({ ComparisonOperator, EvaluationPeriods: 1 }, [value])).toBe(expected);
  });
});

describe('seriesOf', () => {
  const store = metricStore();
  const dimensions = { FunctionName: 'f' };
  for (const [metric, value, atMs] of [
    ['Errors', 1, 0],
    ['Errors', 3, MINUTE_MS - 1],
    ['Errors', 100, MINUTE_MS],
    ['Invocations', 16, 5],
  ] as const) {
    store.measure({ namespace: 'AWS/Lambda', metric, dimensions, value, atMs });
  }
  const Dimensions = [{ Name: 'FunctionName', Value: 'f' }];
  const plain = (more: object) => ({ Namespace: 'AWS/Lambda', MetricName: 'Errors', Dimensions, Period: 60, ...more });
  const shown = (more: object) => seriesOf(alarm(more), store, 'here').valueAt(MINUTE_MS);

  it.each([
    ['Sum', 4],
    ['Average', 2],
    ['Minimum', 1],
    ['Maximum', 3],
    ['SampleCount', 2],
  ])('takes the %s of the samples in the period only', (Statistic, expected) => {
    expect(shown(plain({ Statistic }))).toBe(expected);
  });

  it('takes percentiles', () => {
    expect(shown(plain({ ExtendedStatistic: 'p50' }))).toBe(2);
  });

  it('distinguishes metrics by their dimensions', () => {
    expect(shown(plain({ Statistic: 'Sum', Dimensions: [] }))).toBeUndefined();
  });

  it('computes an expression over metrics', () => {
    const metric = (MetricName: string) => ({
      Metric: { Namespace: 'AWS/Lambda', MetricName, Dimensions },
      Period: 60,
      Stat: 'Sum',
    });
    const Metrics = [
      { Id: 'rate', Expression: '100 * errors / calls' },
      { Id: 'errors', MetricStat: metric('Errors'), ReturnData: false },
      { Id: 'calls', MetricStat: metric('Invocations'), ReturnData: false },
    ];
    expect(shown({ Metrics })).toBe(25);
  });

  it('refuses a statistic that it does not know', () => {
    expect(() => shown(plain({ ExtendedStatistic: 'tm99' }))).toThrow(
      'here: the runner does not know the statistic tm99',
    );
  });
});
