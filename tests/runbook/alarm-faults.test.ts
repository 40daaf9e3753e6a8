import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ENVIRONMENT_NAMES } from '../../functions/platform/names/environments.ts';
import { templateOf } from '../lib/synthesized.ts';
import { ALARM_FAULTS } from './alarm-faults.ts';

/** The name of a release's alarm ends with the function's version, which is 1 on one machine. */
const AlarmName = z.union([
  z.string(),
  z
    .object({
      'Fn::Join': z.tuple([z.literal(''), z.tuple([z.string(), z.object({ 'Fn::GetAtt': z.array(z.string()) })])]),
    })
    .transform((name) => `${name['Fn::Join'][1][0]}1`),
]);

describe('ALARM_FAULTS', () => {
  it.each(ENVIRONMENT_NAMES)('has each alarm of the template of %s once, and no other', (name) => {
    const alarms = templateOf(name).all('AWS::CloudWatch::Alarm', { AlarmName });
    const names = alarms.map(({ props }) => props.AlarmName.replace(`fettle-${name}-`, ''));
    expect(ALARM_FAULTS.map(({ alarm }) => alarm).sort()).toEqual(names.sort());
  });
});
