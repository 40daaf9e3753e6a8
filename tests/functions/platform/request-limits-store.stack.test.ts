import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { ulid } from 'ulid';
import { afterAll, describe, expect, it } from 'vitest';
import type { RequestError } from '../../../functions/platform/errors.ts';
import { KeyId } from '../../../functions/platform/ids.ts';
import { Caller } from '../../../functions/platform/operation.ts';
import { startStores } from '../stores.ts';

const stores = await startStores();
afterAll(stores.close);
const { documents } = await import('../../../functions/platform/dynamodb-client.ts');
const { admitWithin } = await import('../../../functions/platform/request-limits-store.ts');

const NOON = Date.parse('2026-11-22T12:00:00Z');
const at = (ms: number) => new Date(NOON + ms);
const newCaller = () => Caller.parse({ workspaceId: 'acme', role: 'member', keyId: KeyId.parse(ulid()) });

/** Requests at these milliseconds, all in flight at once: the errors of those that were refused. */
async function send(admit: ReturnType<typeof admitWithin>, caller: Caller, times: readonly number[]) {
  const results = await Promise.allSettled(times.map((ms) => admit(caller, at(ms))));
  return results.flatMap((result) => (result.status === 'rejected' ? [result.reason as RequestError] : []));
}

describe('admitWithin', () => {
  it('admits exactly a burst of fifty requests at once, and then at the rate', async () => {
    const admit = admitWithin({ perSecond: 2, burst: 10, perDay: 1000 });
    const caller = newCaller();
    const refused = await send(admit, caller, Array(50).fill(0));
    expect(refused.map(({ code, retryAfterSeconds }) => [code, retryAfterSeconds])).toEqual(
      Array(40).fill(['rate_limited', 1]),
    );
    expect(await send(admit, caller, Array(5).fill(1000))).toHaveLength(3);
    expect(await send(admit, caller, Array(20).fill(60_000))).toHaveLength(10);
  });

  it('admits a request after the time that the refusal named, and none before', async () => {
    const admit = admitWithin({ perSecond: 0.1, burst: 1, perDay: 1000 });
    const caller = newCaller();
    await admit(caller, at(0));
    const [refused] = await send(admit, caller, [3000]);
    expect(refused?.retryAfterSeconds).toBe(7);
    expect(await send(admit, caller, [9999])).toHaveLength(1);
    expect(await send(admit, caller, [10_001])).toHaveLength(0);
  });

  it('exceeds the rate in no window, however requests arrive', { timeout: 120_000 }, async () => {
    const limits = { perSecond: 5, burst: 3, perDay: 1000 };
    const admit = admitWithin(limits);
    const arrivals = fc.array(fc.nat(2000), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(arrivals, async (unsorted) => {
        const caller = newCaller();
        const admitted: number[] = [];
        for (const ms of unsorted.toSorted((one, other) => one - other)) {
          if ((await send(admit, caller, [ms])).length === 0) admitted.push(ms);
        }
        for (const [first, from] of admitted.entries()) {
          for (const [last, to] of admitted.entries()) {
            const most = limits.burst + ((to - from) * limits.perSecond) / 1000;
            if (last >= first) expect(last - first + 1).toBeLessThanOrEqual(most + 1e-9);
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  it('ends at the quota, also of requests at once, until the next day', async () => {
    const admit = admitWithin({ perSecond: 1000, burst: 100, perDay: 7 });
    const caller = newCaller();
    const refused = await send(admit, caller, Array(20).fill(0));
    expect(refused.map(({ code }) => code)).toEqual(Array(13).fill('quota_exceeded'));
    expect(refused[0]?.retryAfterSeconds).toBe(12 * 3600);
    expect(await send(admit, caller, [12 * 3600_000])).toEqual([]);
  });

  it('counts each key alone', async () => {
    const admit = admitWithin({ perSecond: 1, burst: 1, perDay: 10 });
    for (let keys = 0; keys < 3; keys += 1) expect(await send(admit, newCaller(), [0])).toEqual([]);
  });

  it('gives its rows an end', async () => {
    const caller = newCaller();
    await admitWithin({ perSecond: 1, burst: 1, perDay: 10 })(caller, at(0));
    const { Items = [] } = await documents.send(new ScanCommand({ TableName: 'access' }));
    const row = Items.find(({ pk }) => pk === `USE#${caller.keyId}`);
    expect(row).toMatchObject({ sk: '2026-11-22', used: 1, expiresAtSeconds: (NOON + 12 * 3600_000) / 1000 });
  });
});
