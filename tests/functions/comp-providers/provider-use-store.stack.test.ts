import { afterAll, describe, expect, it } from 'vitest';
import { startStores } from '../stores.ts';

const stores = await startStores();
afterAll(stores.close);
const { pauseProvider, reserveCall } = await import('../../../functions/comp-providers/provider-use-store.ts');

/** A day that no other test uses. */
let days = 0;
const newDay = (): Date => {
  days += 1;
  return new Date(Date.UTC(2030, 0, days, 12));
};
const later = (now: Date, seconds: number): Date => new Date(now.getTime() + seconds * 1000);

describe('reserveCall', () => {
  it('gives out exactly the calls of the quota to concurrent callers', async () => {
    const now = newDay();
    const all = await Promise.all(Array.from({ length: 40 }, () => reserveCall('searchapi', 15, now)));
    const used = all.flatMap((each) => (each.status === 'reserved' ? [each.used] : []));
    expect(used.toSorted((one, other) => one - other)).toEqual(Array.from({ length: 15 }, (_, index) => index + 1));
    expect(all.filter(({ status }) => status === 'quota_used_up')).toHaveLength(25);
  });

  it('counts anew on the next UTC day, and further where the quota was raised', async () => {
    const now = newDay();
    newDay();
    await reserveCall('searchapi', 1, now);
    expect(await reserveCall('searchapi', 1, now)).toEqual({ status: 'quota_used_up' });
    expect(await reserveCall('searchapi', 2, now)).toEqual({ status: 'reserved', used: 2 });
    expect(await reserveCall('searchapi', 1, later(now, 86_400))).toEqual({ status: 'reserved', used: 1 });
  });

  it('reserves nothing during a pause, which is never shortened', async () => {
    const now = newDay();
    await pauseProvider('searchapi', 60, now);
    await pauseProvider('searchapi', 10, now);
    expect(await reserveCall('searchapi', 5, later(now, 20))).toEqual({ status: 'paused', seconds: 40 });
    expect(await reserveCall('searchapi', 5, later(now, 60))).toEqual({ status: 'reserved', used: 1 });
  });
});
