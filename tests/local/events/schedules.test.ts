import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { movableClock } from '../../../local/clock.ts';
import { startSchedules } from '../../../local/events/schedules.ts';
import { fixtureTemplate } from '../fixture-template.ts';

const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:000000000000:function:Sweep';
const RULE_ARN = 'arn:aws:events:us-east-1:000000000000:rule/Hourly';

const TEMPLATE = fixtureTemplate({
  Sweep: { type: 'AWS::Lambda::Function', arn: FUNCTION_ARN },
  Hourly: {
    type: 'AWS::Events::Rule',
    arn: RULE_ARN,
    properties: {
      ScheduleExpression: 'rate(1 hour)',
      Targets: [{ Id: 'one', Arn: FUNCTION_ARN, RetryPolicy: { MaximumRetryAttempts: 0 } }],
    },
  },
  MayInvoke: {
    type: 'AWS::Lambda::Permission',
    properties: {
      FunctionName: FUNCTION_ARN,
      Action: 'lambda:InvokeFunction',
      Principal: 'events.amazonaws.com',
      SourceArn: RULE_ARN,
    },
  },
});

describe('startSchedules', () => {
  it('repeats what fails twice, as Lambda does however EventBridge delivers it', async () => {
    const clock = movableClock();
    const startedMs = clock.now();
    const minutes: number[] = [];
    const fail = async () => {
      minutes.push(Math.round((clock.now() - startedMs) / 60_000));
      return { status: 'failed', payload: { errorType: 'Error', errorMessage: 'as asked' } } as const;
    };
    const schedules = startSchedules(TEMPLATE, fail, clock, () => undefined);
    for (let minute = 0; minute < 75; minute += 1) {
      clock.advance(60_000);
      await setImmediate();
    }
    schedules.stop();
    expect(minutes).toEqual([60, 61, 63]);
  });
});
