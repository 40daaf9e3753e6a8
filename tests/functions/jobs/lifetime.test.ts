import fc from 'fast-check';
import { decodeTime, ulid } from 'ulid';
import { describe, expect, it } from 'vitest';
import { createdMs, isOver, lifetimeOf, oldestJobId } from '../../../functions/jobs/lifetime.ts';
import { JobId } from '../../../functions/platform/ids.ts';

const DAY_MS = 86_400_000;
/** ULIDs end in the year 10889; for 0 the library takes the present. */
const times = fc.integer({ min: 1, max: 2 ** 48 - 1 });
const days = fc.integer({ min: 1, max: 3650 });
const idAt = (ms: number): JobId => JobId.parse(ulid(ms));

describe('createdMs', () => {
  it('reads the time of a ULID, as the library does that made it', () => {
    fc.assert(
      fc.property(times.map(idAt), (id) => {
        expect(createdMs(id)).toBe(decodeTime(id));
      }),
    );
  });
});

describe('isOver', () => {
  const id = idAt(Date.parse('2026-11-22T09:30:00Z'));

  it('is not before the last of the days has passed', () => {
    expect(isOver(id, 30, new Date('2026-12-22T09:29:59.999Z'))).toBe(false);
    expect(isOver(id, 30, new Date('2026-12-22T09:30:00Z'))).toBe(true);
  });
});

describe('oldestJobId', () => {
  it('divides all ids into those of jobs that are over and those that are not', () => {
    fc.assert(
      fc.property(times, times, days, (created, now, jobDays) => {
        const id = idAt(created);
        expect(id >= oldestJobId(jobDays, new Date(now))).toBe(!isOver(id, jobDays, new Date(now)));
      }),
    );
  });

  it('is the same for the two ids around the limit, whatever their chance', () => {
    const now = new Date('2026-11-22T09:30:00Z');
    const limit = now.getTime() - 30 * DAY_MS;
    const oldest = oldestJobId(30, now);
    expect([idAt(limit) >= oldest, idAt(limit + 1) >= oldest]).toEqual([false, true]);
  });
});

describe('lifetimeOf', () => {
  it('lets DynamoDB delete no row before readers ignore it', () => {
    fc.assert(
      fc.property(times, days, (created, jobDays) => {
        const { keptUntilSeconds } = lifetimeOf(idAt(created), jobDays);
        expect(isOver(idAt(created), jobDays, new Date(keptUntilSeconds * 1000))).toBe(true);
        expect(isOver(idAt(created), jobDays, new Date((keptUntilSeconds - 1) * 1000))).toBe(false);
      }),
    );
  });
});
