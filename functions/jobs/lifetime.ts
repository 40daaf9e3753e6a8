import { JobId } from '../platform/ids.ts';
import type { TABLES } from '../platform/names/tables.ts';

/**
 * A ULID begins with its time of creation: milliseconds since 1970 in ten digits of Crockford's Base32 (ULID specification).
 * So every row of a job has its lifetime, rows of earlier releases included.
 */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Of a ULID: the digits of its time. */
const TIME_DIGITS = 10;
/** The least of the 16 digits of chance. */
const LEAST_CHANCE = '0'.repeat(16);

/** Milliseconds of a day. */
const DAY_MS = 86_400_000;

/** Time of a job's creation, in milliseconds since 1970. */
export const createdMs = (jobId: JobId): number =>
  [...jobId.slice(0, TIME_DIGITS)].reduce((ms, digit) => ms * DIGITS.length + DIGITS.indexOf(digit), 0);

const keptUntilMs = (jobId: JobId, jobDays: number): number => createdMs(jobId) + jobDays * DAY_MS;

/** Whether the rows of a job are to be ignored: DynamoDB deletes them within days of that. */
export const isOver = (jobId: JobId, jobDays: number, now: Date): boolean =>
  keptUntilMs(jobId, jobDays) <= now.getTime();

/** The least id of the jobs whose lifetime is not over. */
export function oldestJobId(jobDays: number, now: Date): JobId {
  const oldestMs = Math.max(0, now.getTime() - jobDays * DAY_MS + 1);
  const digitAt = (place: number) => DIGITS[Math.floor(oldestMs / DIGITS.length ** place) % DIGITS.length];
  const time = Array.from({ length: TIME_DIGITS }, (_, index) => digitAt(TIME_DIGITS - 1 - index)).join('');
  return JobId.parse(time + LEAST_CHANCE);
}

/** The table's TTL attribute. */
type Expiring = Readonly<Record<(typeof TABLES)['jobs']['timeToLive'], number>>;

/** The time until which a job's rows are kept. */
export const lifetimeOf = (jobId: JobId, jobDays: number): Expiring => ({
  keptUntilSeconds: Math.ceil(keptUntilMs(jobId, jobDays) / 1000),
});
