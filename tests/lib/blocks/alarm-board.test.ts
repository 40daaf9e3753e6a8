import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { METRIC_DIMENSION, METRIC_NAMESPACE, METRICS } from '../../../functions/platform/names/metrics.ts';
import { templateOf } from '../synthesized.ts';

const runbook = readFileSync(new URL('../../../docs/runbook.md', import.meta.url), 'utf8');
const headings = [...runbook.matchAll(/^### (.+)$/gm)].map(([, heading]) => heading);

const alarms = templateOf('prod')
  .all('AWS::CloudWatch::Alarm', {
    AlarmName: z.string(),
    AlarmDescription: z.string(),
    Namespace: z.string(),
    MetricName: z.string(),
    Dimensions: z.array(z.object({ Name: z.string(), Value: z.unknown() })),
    AlarmActions: z.array(z.unknown()),
    OKActions: z.array(z.unknown()),
    TreatMissingData: z.string(),
  })
  .map(({ props }) => ({ ...props, heading: props.AlarmName.replace('fettle-prod-', '') }));

describe('AlarmBoard', () => {
  it('has a heading in the runbook for each alarm, and no others', () => {
    expect(alarms.map(({ heading }) => heading).sort()).toEqual([...headings].sort());
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

  it('watches only those metrics of ours that are emitted', () => {
    const ours = alarms.filter(({ Namespace }) => Namespace === METRIC_NAMESPACE);
    expect(ours.map(({ MetricName }) => MetricName).filter((name) => !(name in METRICS))).toEqual([]);
  });

  it('watches our metrics under the dimension of their emission', () => {
    const ours = alarms.filter(({ Namespace }) => Namespace === METRIC_NAMESPACE);
    const dimensions = ours.map(({ Dimensions }) => Dimensions);
    expect(dimensions).toEqual(ours.map(() => [{ Name: METRIC_DIMENSION, Value: 'prod' }]));
  });

  it('treats missing data as breaching only for schedules', () => {
    const breaching = alarms.filter(({ TreatMissingData }) => TreatMissingData === 'breaching');
    expect(breaching.map(({ heading }) => heading)).toEqual(['SweepJobs-Silent']);
  });
});
