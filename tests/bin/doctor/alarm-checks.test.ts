import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { alarmChecks } from '../../../bin/doctor/alarm-checks.ts';
import type { Line } from '../../../bin/doctor/line.ts';
import {
  type AwsServer,
  jsonError,
  type Replies,
  type Reply,
  startAwsServer,
  subscribersReply,
  xmlError,
} from './aws-server.ts';
import { lineOn, linesOf, operatorShell } from './operator.ts';

const PAGES = 'arn:aws:sns:us-east-1:123456789012:pages';
const WARNINGS = 'arn:aws:sns:us-east-1:123456789012:warnings';
const CONFIRMED = { arn: `${PAGES}:1b2d`, endpoint: 'on-call@example.com' };
const PENDING = { arn: 'PendingConfirmation', endpoint: 'new@example.com' };

let aws: AwsServer;
let leave: () => void;

beforeAll(async () => {
  aws = await startAwsServer();
});
afterAll(() => aws.close());
beforeEach(() => {
  aws.asked.length = 0;
  leave = operatorShell(aws.url);
});
afterEach(() => leave());

const alarm = (name: string, StateValue = 'OK', topic = PAGES) => ({
  AlarmName: `fettle-prod-${name}`,
  StateValue,
  AlarmActions: [topic],
});
const alarms = (...MetricAlarms: readonly object[]): Reply => ({ body: { MetricAlarms } });
const history = (HistorySummary: string): Reply => ({ body: { AlarmHistoryItems: [{ HistorySummary }] } });

/** Of a stack whose alarms are quiet, with a subscriber of its pages and of its warnings. */
const WELL: Replies = {
  [`ListSubscriptionsByTopic ${PAGES}`]: subscribersReply(CONFIRMED),
  [`ListSubscriptionsByTopic ${WARNINGS}`]: subscribersReply(CONFIRMED),
  DescribeAlarms: alarms(alarm('AssessPhoto-Late', 'OK', WARNINGS), alarm('JobFailed')),
  SetAlarmState: { body: {} },
  DescribeAlarmHistory: history(`Successfully executed action ${PAGES}`),
};

function linesWith(replies: Replies, environmentName = 'prod'): Promise<Line[]> {
  aws.replies = { ...WELL, ...replies };
  const outputs = { PagesTopic: PAGES, WarningsTopic: WARNINGS };
  return linesOf(alarmChecks({ environmentName, region: 'us-east-1', outputs }));
}

describe('alarmChecks', () => {
  it('set off an alarm that pages, see it published, and set it back', async () => {
    const lines = await linesWith({});
    expect(lines.map(({ check, status }) => [check, status])).toEqual([
      ['pages', 'ok'],
      ['warnings', 'ok'],
      ['alarms', 'ok'],
      ['alarm set off', 'ok'],
    ]);
    expect(lineOn(lines, 'alarm set off')?.found).toContain('fettle-prod-JobFailed');
    expect(aws.asked.filter((operation) => operation === 'SetAlarmState')).toHaveLength(2);
  });

  it.each<[string, Line['status']]>([
    ['prod', 'fail'],
    ['staging', 'warn'],
  ])('in %s %s when nobody is subscribed to pages, and set nothing off', async (environmentName, status) => {
    const lines = await linesWith({ [`ListSubscriptionsByTopic ${PAGES}`]: subscribersReply() }, environmentName);
    expect(lineOn(lines, 'pages')).toMatchObject({
      status,
      todo: expect.stringContaining(`aws sns subscribe --topic-arn ${PAGES}`),
    });
    expect(aws.asked).not.toContain('SetAlarmState');
  });

  it('do not count a subscriber who has not confirmed', async () => {
    const lines = await linesWith({ [`ListSubscriptionsByTopic ${PAGES}`]: subscribersReply(PENDING) });
    expect(lineOn(lines, 'pages')).toMatchObject({
      status: 'fail',
      found: 'nobody has confirmed: new@example.com',
      todo: expect.stringContaining('Open the link'),
    });
  });

  it('warn of alarms that are on', async () => {
    const lines = await linesWith({ DescribeAlarms: alarms(alarm('JobFailed', 'ALARM'), alarm('Api-ServerErrors')) });
    expect(lineOn(lines, 'alarms')).toMatchObject({ status: 'warn', found: 'on now: fettle-prod-JobFailed' });
    expect(lineOn(lines, 'alarm set off')?.found).toContain('fettle-prod-Api-ServerErrors');
  });

  it('set off no alarm that is on already', async () => {
    const lines = await linesWith({ DescribeAlarms: alarms(alarm('JobFailed', 'ALARM')) });
    expect(lineOn(lines, 'alarm set off')?.status).toBe('warn');
    expect(aws.asked).not.toContain('SetAlarmState');
  });

  it('fail when the topic refused the notification, and set the alarm back', async () => {
    const summary = `Failed to execute action ${PAGES}. Received error: "not authorized"`;
    const lines = await linesWith({ DescribeAlarmHistory: history(summary) });
    expect(lineOn(lines, 'alarm set off')).toMatchObject({
      status: 'fail',
      found: expect.stringContaining('Failed to execute'),
    });
    expect(aws.asked.filter((operation) => operation === 'SetAlarmState')).toHaveLength(2);
  });

  it('fail without alarms', async () => {
    expect(lineOn(await linesWith({ DescribeAlarms: alarms() }), 'alarms')?.status).toBe('fail');
  });

  it.each<[string, string, Replies]>([
    [
      'pages',
      'sns:ListSubscriptionsByTopic',
      { [`ListSubscriptionsByTopic ${PAGES}`]: xmlError('AuthorizationError', 'no', 403) },
    ],
    ['alarms', 'cloudwatch:DescribeAlarms', { DescribeAlarms: jsonError('AccessDeniedException', 'no', 403) }],
    ['alarm set off', 'cloudwatch:SetAlarmState', { SetAlarmState: jsonError('AccessDenied', 'no', 403) }],
  ])('name the permission that they lack: %s', async (check, permission, replies) => {
    expect(lineOn(await linesWith(replies), check)).toMatchObject({
      status: 'fail',
      todo: expect.stringContaining(`Allow ${permission}`),
    });
  });
});
