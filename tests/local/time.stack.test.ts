import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lambda, worker, writeAssembly } from './fixtures/assembly.ts';
import { type Running, run, until } from './fixtures/running.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let running: Running;

beforeAll(async () => {
  const queueDimension = [{ Name: 'QueueName', Value: { 'Fn::GetAtt': ['WorkDeadLetters', 'QueueName'] } }];
  const base = { Period: 60, EvaluationPeriods: 1, ComparisonOperator: 'GreaterThanThreshold', Statistic: 'Maximum' };
  const alarm = (Properties: object) => ({ Type: 'AWS::CloudWatch::Alarm', Properties: { ...base, ...Properties } });
  const assembly = writeAssembly({
    ...worker('Work', 'drain.handler'),
    ...lambda('Measure', 'measure.handler'),
    EveryMinute: {
      Type: 'AWS::Events::Rule',
      Properties: {
        ScheduleExpression: 'rate(10 minutes)',
        Targets: [{ Id: 'one', Arn: { 'Fn::GetAtt': ['Measure', 'Arn'] } }],
      },
    },
    MayInvoke: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        FunctionName: { 'Fn::GetAtt': ['Measure', 'Arn'] },
        Action: 'lambda:InvokeFunction',
        Principal: 'events.amazonaws.com',
        SourceArn: { 'Fn::GetAtt': ['EveryMinute', 'Arn'] },
      },
    },
    Subscribers: { Type: 'AWS::SQS::Queue' },
    Topic: { Type: 'AWS::SNS::Topic' },
    Subscription: {
      Type: 'AWS::SNS::Subscription',
      Properties: { TopicArn: { Ref: 'Topic' }, Protocol: 'sqs', Endpoint: { 'Fn::GetAtt': ['Subscribers', 'Arn'] } },
    },
    Dead: alarm({
      AlarmName: 'dead',
      AlarmDescription: 'look into the dead letters',
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: queueDimension,
      Threshold: 0,
      TreatMissingData: 'notBreaching',
      AlarmActions: [{ Ref: 'Topic' }],
    }),
    Measured: alarm({
      AlarmName: 'measured',
      Namespace: 'Fixture',
      MetricName: 'Measured',
      Dimensions: [{ Name: 'service', Value: 'fixture' }],
      Threshold: 10,
      TreatMissingData: 'notBreaching',
    }),
    Silent: alarm({
      AlarmName: 'silent',
      Namespace: 'AWS/Lambda',
      MetricName: 'Invocations',
      Dimensions: [{ Name: 'FunctionName', Value: { Ref: 'Work' } }],
      Threshold: 0,
      ComparisonOperator: 'LessThanOrEqualToThreshold',
      TreatMissingData: 'breaching',
    }),
    Either: {
      Type: 'AWS::CloudWatch::CompositeAlarm',
      Properties: { AlarmName: 'either', AlarmRule: 'ALARM("dead") OR ALARM("measured")' },
    },
  });
  running = await run(assembly);
});

afterAll(async () => {
  await running.stack.stop();
});

const stateOf = (name: string) => running.stack.alarms().find((alarm) => alarm.name === name)?.state;
const passMinute = () => running.clock.advance(MINUTE_MS);

describe('an alarm', () => {
  it('is not on for want of data from before the start', () => {
    expect(stateOf('silent')).toBe('INSUFFICIENT_DATA');
  });

  it('goes on for a message in a dead-letter queue, and off when its time in the queue is over', async () => {
    await running.send('WorkQueue', { name: 'poison', fail: true });
    await until('it came', () => running.logOf('Work').length > 1);
    passMinute();
    await until('it came again', () => running.logOf('Work').some((line) => line.includes('"times":2')));
    passMinute();
    await until('the alarm is on', () => stateOf('dead') === 'ALARM');
    running.clock.advance(2 * HOUR_MS);
    await until('the message was dropped', () => running.messagesIn('WorkDeadLetters') === 0);
    passMinute();
    await until('the alarm is off', () => stateOf('dead') === 'OK');
  });

  it('tells its topic, with its description', async () => {
    expect(running.stack.queueDepth('Subscribers')).toBe(1);
    expect(running.lines.join('\n')).toContain('ALARM dead: look into the dead letters');
  });

  it('watches metrics that a function writes into its log, alone and in a composite', async () => {
    await running.stack.invoke('Measure', { value: 11 });
    await until('the metric arrived', () => running.stack.metrics().some(({ value }) => value === 11));
    passMinute();
    await until('both are on', () => stateOf('measured') === 'ALARM' && stateOf('either') === 'ALARM');
  });

  it('is listed on the control port', async () => {
    const response = await fetch(`${running.stack.controlUrl}/_local/alarms`);
    expect(await response.json()).toContainEqual(expect.objectContaining({ name: 'dead', logicalId: 'Dead' }));
  });
});

describe('a schedule', () => {
  it('invokes its function when it is due', async () => {
    running.clock.advance(10 * MINUTE_MS);
    await until('it ran', () => running.logOf('Measure').some((line) => line.includes('"scheduled":true')));
  });
});
