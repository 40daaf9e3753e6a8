import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ENVIRONMENT_NAMES } from '../../functions/platform/names/environments.ts';
import { templateOf } from '../lib/synthesized.ts';
import { ALARM_FAULTS } from './alarm-faults.ts';

describe('ALARM_FAULTS', () => {
  it.each(ENVIRONMENT_NAMES)('has each alarm of the template of %s once, and no other', (name) => {
    const alarms = templateOf(name).all('AWS::CloudWatch::Alarm', { AlarmName: z.string() });
    const names = alarms.map(({ props }) => props.AlarmName.replace(`fettle-${name}-`, ''));
    expect(ALARM_FAULTS.map(({ alarm }) => alarm).sort()).toEqual(names.sort());
  });
});
