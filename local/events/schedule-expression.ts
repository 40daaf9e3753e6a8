import { cannotRun } from '../errors.ts';

/** The next time of a schedule, strictly after a time; both in epoch milliseconds. */
export type NextTime = (afterMs: number) => number;

const UNIT_MS: { readonly [unit: string]: number } = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const SEARCH_MINUTES = 4 * 366 * 24 * 60;

/** `rate(5 minutes)` counts from the given time; `cron(0 6 * * ? *)` is in UTC, as in EventBridge. */
export function nextTimeOf(expression: string, where: string): NextTime {
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression);
  if (rate) {
    const [, count, unit = ''] = rate;
    const everyMs = Number(count) * (UNIT_MS[unit] ?? 0);
    return (afterMs) => afterMs + everyMs;
  }
  const cron = /^cron\((.+)\)$/.exec(expression);
  if (!cron) throw cannotRun(where, `the schedule ${expression} is neither rate(…) nor cron(…)`);
  return cronTimes(cron[1] ?? '', where);
}

function cronTimes(fields: string, where: string): NextTime {
  const [minute = '', hour = '', day = '', month = '', weekday = '', year = ''] = fields.trim().split(/\s+/);
  const matchers: readonly (readonly [(time: Date) => number, (value: number) => boolean])[] = [
    [(time) => time.getUTCMinutes(), field(minute, 0, where)],
    [(time) => time.getUTCHours(), field(hour, 0, where)],
    [(time) => time.getUTCDate(), field(day, 1, where)],
    [(time) => time.getUTCMonth() + 1, field(named(month, MONTHS, 1), 1, where)],
    [(time) => time.getUTCDay() + 1, field(named(weekday, WEEKDAYS, 1), 1, where)],
    [(time) => time.getUTCFullYear(), field(year, 1970, where)],
  ];
  return (afterMs) => {
    const first = Math.floor(afterMs / 60_000) + 1;
    for (let minutes = first; minutes < first + SEARCH_MINUTES; minutes += 1) {
      const time = new Date(minutes * 60_000);
      if (matchers.every(([part, matches]) => matches(part(time)))) return time.getTime();
    }
    throw cannotRun(where, `cron(${fields}) does not fire within four years`);
  };
}

/** Lists of values, ranges and steps: `*`, `?`, `5`, `1-5`, `0/15`, `1,15`. */
function field(text: string, lowest: number, where: string): (value: number) => boolean {
  const parts = text.split(',').map((part) => {
    const match = /^(\*|\?|\d+)(?:-(\d+))?(?:\/(\d+))?$/.exec(part);
    if (!match) throw cannotRun(where, `the runner does not know ${part} in a cron expression`);
    const [, start = '', end, step] = match;
    const any = start === '*' || start === '?';
    const from = any ? lowest : Number(start);
    const to = end === undefined ? (any || step !== undefined ? Number.POSITIVE_INFINITY : from) : Number(end);
    return (value: number) => value >= from && value <= to && (value - from) % Number(step ?? 1) === 0;
  });
  return (value) => parts.some((matches) => matches(value));
}

function named(text: string, names: readonly string[], first: number): string {
  return text.toUpperCase().replaceAll(/[A-Z]{3}/g, (name) => {
    const index = names.indexOf(name);
    return index < 0 ? name : String(index + first);
  });
}
