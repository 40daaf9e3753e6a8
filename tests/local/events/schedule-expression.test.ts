import { describe, expect, it } from 'vitest';
import { nextTimeOf } from '../../../local/events/schedule-expression.ts';

const NOW = '2026-11-22T10:30:20.000Z';
const next = (expression: string) => new Date(nextTimeOf(expression, 'here')(Date.parse(NOW))).toISOString();

describe('nextTimeOf', () => {
  it.each([
    ['rate(1 minute)', '2026-11-22T10:31:20.000Z'],
    ['rate(2 hours)', '2026-11-22T12:30:20.000Z'],
    ['cron(* * * * ? *)', '2026-11-22T10:31:00.000Z'],
    ['cron(0/15 * * * ? *)', '2026-11-22T10:45:00.000Z'],
    ['cron(0 6 * * ? *)', '2026-11-23T06:00:00.000Z'],
    ['cron(0 6 ? * MON-FRI *)', '2026-11-23T06:00:00.000Z'],
    ['cron(0 0 1 1,7 ? *)', '2027-01-01T00:00:00.000Z'],
  ])('finds the next time of %s', (expression, expected) => {
    expect(next(expression)).toBe(expected);
  });

  it.each(['every minute', 'cron(L * * * ? *)', 'rate(1 fortnight)'])('refuses %s', (expression) => {
    expect(() => next(expression)).toThrow('here: ');
  });
});
