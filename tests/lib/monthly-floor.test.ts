import { readFileSync } from 'node:fs';
import { App, Stack } from 'aws-cdk-lib';
import { Alarm, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ENVIRONMENT_NAMES, type EnvironmentName } from '../../functions/platform/names/environments.ts';
import { METRICS } from '../../functions/platform/names/metrics.ts';
import { AWS_PRICES } from '../../lib/aws-prices.ts';
import { monthlyFloor, monthlyFloorText } from '../../lib/monthly-floor.ts';
import { fettleStack, templateOf } from './synthesized.ts';

function floorOf(name: EnvironmentName) {
  const { stack, remove } = fettleStack(name);
  const floor = monthlyFloor(stack);
  remove();
  return floor;
}

const metric = (metricName: string) => new Metric({ namespace: 'AWS/SQS', metricName });
const ALARM = { threshold: 1, evaluationPeriods: 1 };

describe('monthlyFloor', () => {
  it.each(ENVIRONMENT_NAMES)('counts what the template of %s has', (name) => {
    const template = templateOf(name);
    const Alarmed = {
      MetricName: z.string().optional(),
      Metrics: z.array(z.object({ MetricStat: z.unknown().optional() })).default([]),
    };
    const alarmed = template
      .all('AWS::CloudWatch::Alarm', Alarmed)
      .flatMap(({ props }) => [props.MetricName, ...props.Metrics.map(({ MetricStat }) => MetricStat)])
      .filter((each) => each !== undefined);
    const polled = template.all('AWS::Lambda::EventSourceMapping', {});
    const secrets = template.all('AWS::SecretsManager::Secret', {});

    const { lines } = floorOf(name);

    expect(lines.map(([what]) => what)).toEqual([
      `${alarmed.length} metrics read by alarms`,
      `polling of ${polled.length} queues`,
      `secrets: ${secrets.length}`,
    ]);
  });

  it('charges each metric of an expression, and no expression', () => {
    const stack = new Stack(new App(), 'S');
    new Alarm(stack, 'One', { ...ALARM, metric: metric('a') });
    const usingMetrics = { b: metric('b'), c: metric('c') };
    new Alarm(stack, 'Two', { ...ALARM, metric: new MathExpression({ expression: 'b + c', usingMetrics }) });

    expect(monthlyFloor(stack).idleDollars).toBeCloseTo(3 * AWS_PRICES.alarmMetricMonth);
  });

  it('is nothing for a stack without alarms and queues, until metrics are sent', () => {
    const { idleDollars, busyDollars } = monthlyFloor(new Stack(new App(), 'S'));
    expect(idleDollars).toBe(0);
    expect(busyDollars).toBeCloseTo(Object.keys(METRICS).length * AWS_PRICES.ownMetricMonth);
  });

  it('is what the README says of each environment', () => {
    const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    const cells = ENVIRONMENT_NAMES.map(floorOf).map(
      ({ idleDollars, busyDollars }) => `${idleDollars.toFixed(2)} (${busyDollars.toFixed(2)})`,
    );
    const [, row] = /^\| dollars a month before the first job [^|]*\|(.+)\|$/m.exec(README) ?? [];
    expect(row?.split('|').map((cell) => cell.trim())).toEqual(cells);
  });
});

describe('monthlyFloorText', () => {
  it('says the sum and its parts', () => {
    expect(
      monthlyFloorText({ lines: [['polling of 3 queues', 0.788]], idleDollars: 0.788, busyDollars: 5.288 }),
    ).toContain('about $0.79 a month (polling of 3 queues $0.79), and about $5.29');
  });
});
