import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import type { Conclusion } from '../../../functions/assessments/assessment.ts';
import { VEHICLE_RATING } from '../../../functions/assessments/vehicle-rating-policy.ts';
import type { Asset } from '../../../functions/assets/asset.ts';
import { placeBps } from '../../../functions/platform/policy-choice.ts';
import { POLICY_CACHE_MILLISECONDS } from '../../../functions/platform/policy-rows.ts';
import { type Client, call, ended, submit } from '../../journeys/client.ts';
import { smallPhotos } from '../../journeys/photos.ts';
import { startFettle } from '../../journeys/running-stack.ts';

const fettle = await startFettle();
afterAll(fettle.stop);
const photos = await smallPhotos(1);
const BENT: Asset = { kind: 'vehicle', frameDamage: true };

/** The policies that a new job of a car with a bent frame rests on, and its best grade, which follows from the cap. */
async function assess(client: Client) {
  const jobId = await submit(client, photos, { asset: BENT });
  const { assessment } = await ended(client, jobId);
  if (!assessment) throw new Error('not completed');
  const { rating, policies } = assessment;
  const best = 'noBetterThan' in rating ? rating.noBetterThan : undefined;
  return { jobId, best, policy: policies.find(({ name }) => name === VEHICLE_RATING.name), policies };
}

const capped = (mostWithStructuralDamage: number) => ({ ...VEHICLE_RATING.defaults, mostWithStructuralDamage });
const change = (client: Client, operation: string, body: object) =>
  call(client, `${operation.split(' ')[0]} /policies/vehicle-rating${operation.split(' ')[1] ?? ''}`, {
    body: { why: 'a test', ...body },
  });

/** Assesses until a version of the policy decides. @returns the milliseconds that it took */
async function untilInForce(client: Client, version: number): Promise<number> {
  const beganMs = performance.now();
  while ((await assess(client)).policy?.version !== version) await sleep(1000);
  return performance.now() - beganMs;
}

describe('a policy', () => {
  it('is the default of the release until its workspace has one of its own, and is named by every result', async () => {
    const client = await fettle.client('default');
    const { best, policies } = await assess(client);
    expect(best).toBe(VEHICLE_RATING.defaults.mostWithStructuralDamage);
    expect(policies).toEqual(
      expect.arrayContaining([
        { name: 'vehicle-rating', version: 0, source: 'default', digest: expect.stringMatching(/^[0-9a-f]{16}$/) },
      ]),
    );
  });

  it('is in force within a minute after it was changed and after it was rolled back, in its workspace alone', async () => {
    const [admin, neighbour] = [await fettle.client('changer', 'admin'), await fettle.client('neighbour')];
    await Promise.all([assess(admin), assess(neighbour)]);
    await change(admin, 'PUT', { revision: 0, document: capped(1.5) });
    expect(await untilInForce(admin, 1)).toBeLessThan(60_000);
    expect((await assess(admin)).best).toBe(1.5);
    expect(await assess(neighbour)).toMatchObject({ best: 2, policy: { version: 0 } });
    await change(admin, 'POST /rollback', { revision: 1, version: 0 });
    expect(await untilInForce(admin, 0)).toBeLessThan(60_000);
  });

  it('decides the share of the results that a stable hash chooses, each of which says so', async () => {
    const admin = await fettle.client('trier', 'admin');
    const shareBps = 5000;
    const started = await change(admin, 'POST /trial', { revision: 0, document: capped(1), shareBps });
    expect(started.status).toBe(200);
    const results = await Promise.all(Array.from({ length: 16 }, () => assess(admin)));
    const expected = results.map(({ jobId }) =>
      placeBps(VEHICLE_RATING.name, 1, jobId) < shareBps
        ? { best: 1, policy: { version: 1, source: 'workspace', trial: 'candidate' } }
        : { best: 2, policy: { version: 0, source: 'default', trial: 'active' } },
    );
    expect(results).toMatchObject(expected);
    expect(new Set(results.map(({ best }) => best))).toEqual(new Set([1, 2]));
  });

  it('previews what real results would have been, and changes none of them', async () => {
    const admin = await fettle.client('previewer', 'admin');
    const { jobId } = await assess(admin);
    const { body } = await call(admin, 'POST /policies/vehicle-rating/preview', { body: { document: capped(0.5) } });
    expect(body).toMatchObject({
      complete: true,
      compared: 1,
      changed: 1,
      results: [
        { jobId, differences: [{ field: 'rating.noBetterThan', active: 2, proposed: 0.5 }], moreDifferences: 0 },
      ],
    });
    const same = await call(admin, 'POST /policies/vehicle-rating/preview', { body: { document: capped(2) } });
    expect(same.body).toMatchObject({ compared: 1, changed: 0 });
    const { assessment } = await ended(admin, jobId);
    expect(assessment?.rating).toMatchObject({ noBetterThan: 2 } satisfies Partial<Conclusion['rating']>);
    expect((await call(admin, 'GET /policies/vehicle-rating')).body).toMatchObject({ revision: 0 });
  });

  it('is read at most half a minute late', () => expect(POLICY_CACHE_MILLISECONDS).toBeLessThanOrEqual(30_000));
});
