import { describe, expect, it } from 'vitest';
import { parseAlarmRule } from '../../../local/alarms/alarm-rule.ts';
import type { AlarmState } from '../../../local/types.ts';

const STATES = new Map<string, AlarmState['state']>([
  ['on', 'ALARM'],
  ['off', 'OK'],
]);
const holds = (text: string) => parseAlarmRule(text, 'here')((name) => STATES.get(name));

describe('parseAlarmRule', () => {
  it.each([
    ['ALARM("on")', true],
    ['ALARM(off)', false],
    ['OK(off) AND ALARM(on)', true],
    ['ALARM(off) OR ALARM(arn:aws:cloudwatch:eu-north-1:1:alarm:on)', true],
    ['NOT (ALARM(on) OR FALSE)', false],
  ])('evaluates %s', (text, expected) => {
    expect(holds(text)).toBe(expected);
  });

  it('names an alarm that is not there', () => {
    expect(() => holds('ALARM(other)')).toThrow('there is no alarm other');
  });
});
