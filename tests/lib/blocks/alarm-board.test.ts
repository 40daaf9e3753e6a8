import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { FAILURE, METRIC_DIMENSION, METRIC_NAMESPACE, METRICS } from '../../../functions/platform/names/metrics.ts';
import { functionName } from '../../../lib/blocks/function-parts.ts';
import { environmentNamed } from '../../../lib/environments.ts';
import { templateOf } from '../synthesized.ts';

const runbook = readFileSync(new URL('../../../docs/runbook.md', import.meta.url), 'utf8');
const headings = [...runbook.matchAll(/^### (.+)$/gm)].map(([, heading]) => heading);

const Metric = z.object({
  Namespace: z.string(),
  MetricName: z.string(),
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.unknown() })).default([]),
});

const template = templateOf('prod');
/** Those of releases notify nobody, and have the version in their names. */
const ofReleases = template
  .all('AWS::CloudWatch::Alarm', { AlarmName: z.unknown() })
  .filter(({ props }) => typeof props.AlarmName !== 'string');
const alarms = template
  .all('AWS::CloudWatch::Alarm', {
    AlarmName: z.unknown(),
    AlarmDescription: z.string(),
    ...Metric.partial().shape,
    Metrics: z.array(z.object({ MetricStat: z.object({ Metric }).optional() })).default([]),
    AlarmActions: z.array(z.unknown()).default([]),
    OKActions: z.array(z.unknown()).default([]),
    TreatMissingData: z.string(),
  })
  .filter(({ id }) => ofReleases.every((other) => other.id !== id))
  .map(({ props }) => ({
    ...props,
    heading: z.string().parse(props.AlarmName).replace('fettle-prod-', ''),
    metrics: props.MetricName
      ? [Metric.parse(props)]
      : props.Metrics.flatMap(({ MetricStat }) => MetricStat?.Metric ?? []),
  }));

const metrics = alarms.flatMap(({ heading, metrics: watched }) => watched.map((each) => ({ heading, ...each })));
const ours = metrics.filter(({ Namespace }) => Namespace === METRIC_NAMESPACE);

describe('AlarmBoard', () => {
  it('has a heading in the runbook for each alarm, for those of releases and for the budget, and no others', () => {
    expect([...alarms.map(({ heading }) => heading), 'Release', 'MonthlyBudget'].sort()).toEqual([...headings].sort());
  });

  it('describes the first response and the runbook heading in each alarm', () => {
    const undescribed = alarms.filter(
      ({ heading, AlarmDescription }) => !new RegExp(`^[A-Z].+\\. Runbook: ${heading}$`).test(AlarmDescription),
    );
    expect(undescribed).toEqual([]);
  });

  it('notifies a topic when an alarm goes off and when it is OK again', () => {
    expect(alarms.filter(({ AlarmActions, OKActions }) => !AlarmActions.length || !OKActions.length)).toEqual([]);
  });

  it('watches a metric in each alarm', () => {
    expect(alarms.filter((alarm) => alarm.metrics.length === 0)).toEqual([]);
  });

  it('watches only those metrics of ours that are emitted, under the dimensions of their emission', () => {
    const environment = { Name: METRIC_DIMENSION, Value: 'prod' };
    const others = ours.filter(({ MetricName }) => MetricName !== FAILURE.metricName);
    expect(others.filter(({ MetricName }) => !(MetricName in METRICS))).toEqual([]);
    expect(others.map(({ Dimensions }) => Dimensions)).toEqual(others.map(() => [environment]));
    const failures = ours.filter(({ MetricName }) => MetricName === FAILURE.metricName);
    expect(failures.map(({ Dimensions }) => Dimensions.length)).toEqual(failures.map(() => 2));
    expect(failures.every(({ Dimensions }) => Dimensions.some(({ Name }) => Name === environment.Name))).toBe(true);
  });

  it('counts of each function what ended an invocation and what it reported, in one alarm', () => {
    const functions = template.all('AWS::Lambda::Function', { FunctionName: z.string() });
    const failing = alarms.filter(({ heading }) => heading.endsWith('-Failing') && heading !== 'Photos-Failing');
    const reporting = failing.map(({ metrics: [ended, reported, ...more] }) => {
      expect([ended?.Namespace, ended?.MetricName, more]).toEqual(['AWS/Lambda', 'Errors', []]);
      expect(reported?.MetricName).toBe(FAILURE.metricName);
      return reported?.Dimensions.find(({ Name }) => Name === FAILURE.functionDimension)?.Value;
    });
    // What fails in it fails the deployment, whose operator reads why.
    const ofDeployment = functionName(environmentNamed('prod'), 'deployment/build-image');
    const serving = functions.map(({ props }) => props.FunctionName).filter((name) => name !== ofDeployment);
    expect(reporting.sort()).toEqual(serving.sort());
  });

  it('watches each table and each of its indexes for throttled reads and writes', () => {
    const Index = z.object({ IndexName: z.string() });
    const tables = template.all('AWS::DynamoDB::Table', { GlobalSecondaryIndexes: z.array(Index).default([]) });
    const expected = tables.flatMap(({ props }) =>
      [undefined, ...props.GlobalSecondaryIndexes.map(({ IndexName }) => IndexName)].flatMap((index) => [
        `ReadThrottleEvents of ${index}`,
        `WriteThrottleEvents of ${index}`,
      ]),
    );
    const watched = metrics
      .filter(({ Namespace }) => Namespace === 'AWS/DynamoDB')
      .map(({ MetricName, Dimensions }) => {
        const index = Dimensions.find(({ Name }) => Name === 'GlobalSecondaryIndexName')?.Value;
        return `${MetricName} of ${index}`;
      });
    expect(watched.sort()).toEqual(expected.sort());
  });

  it('watches DynamoDB in expressions only, because its own alarms keep their state without samples', () => {
    expect(alarms.filter(({ Namespace }) => Namespace === 'AWS/DynamoDB')).toEqual([]);
  });

  it('treats missing data as breaching only for schedules', () => {
    const breaching = alarms.filter(({ TreatMissingData }) => TreatMissingData === 'breaching');
    expect(breaching.map(({ heading }) => heading)).toEqual(['SweepJobs-Silent']);
  });
});
