import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { ulid } from 'ulid';
import { afterAll, describe, expect, it } from 'vitest';
import { conclude } from '../../../functions/assessments/conclude.ts';
import { RATING_POLICIES } from '../../../functions/assessments/rating-policies.ts';
import { VEHICLE_RATING } from '../../../functions/assessments/vehicle-rating-policy.ts';
import type { Asset } from '../../../functions/assets/asset.ts';
import type { Job } from '../../../functions/jobs/job.ts';
import { PhotoAssessment } from '../../../functions/photos/photo-assessment.ts';
import { JobId, KeyId, photoIdAt, WorkspaceId } from '../../../functions/platform/ids.ts';
import { inForceBy, versionOf } from '../../../functions/platform/policy-choice.ts';
import { revisionKey } from '../../../functions/platform/policy-rows.ts';
import { Comp } from '../../../functions/valuation/comp.ts';
import { compIdOf, compsPartition } from '../../../functions/valuation/comp-rows.ts';
import { jobOf } from '../jobs/jobs.ts';
import { context, messages } from '../platform/lambda-events.ts';
import { startStores } from '../stores.ts';

const stores = await startStores();
afterAll(stores.close);
const { documents } = await import('../../../functions/platform/dynamodb-client.ts');
const { createJob, jobWithPhotos } = await import('../../../functions/jobs/job-store.ts');
const { countPhoto, savePhotoAssessment } = await import('../../../functions/jobs/photo-store.ts');
const { changePolicy, versionNamed } = await import('../../../functions/policies/policy-revisions-store.ts');
const { saveComp } = await import('../../../functions/valuation/comps-store.ts');
const { handler } = await import('../../../functions/pipeline/conclude-job.lambda.ts');

/** A stored job, of a car with a bent frame unless told otherwise, whose photo was rejected. */
async function waitingJob(workspace: string, asset: Asset = { kind: 'vehicle', frameDamage: true }): Promise<Job> {
  const workspaceId = WorkspaceId.parse(workspace);
  const job = await createJob(jobOf(1, [], { workspaceId, jobId: JobId.parse(ulid()), asset }));
  const photo = { workspaceId, jobId: job.jobId, photoId: photoIdAt(0) };
  const rejected = { photoId: 'p001', status: 'rejected', code: 'corrupt', detail: 'cut off', bytes: 10 };
  await savePhotoAssessment(photo, PhotoAssessment.parse(rejected), {});
  await countPhoto(photo);
  return job;
}

const LAMP = 'Artemide Tizio desk lamp';

/** Sales of one lamp, of today. */
async function storeSales(workspace: string, pricesCents: readonly number[]): Promise<void> {
  const [workspaceId, now] = [WorkspaceId.parse(workspace), new Date().toISOString()];
  for (const [at, priceCents] of pricesCents.entries()) {
    const comp = Comp.parse({
      ...{ title: LAMP, status: 'sold', priceCents, currency: 'EUR', date: now.slice(0, 10) },
      ...{ source: 'a market', sourceId: String(at) },
    });
    await saveComp(workspaceId, { compId: compIdOf('product', comp), comp, state: 'counted', addedAt: now }, undefined);
  }
}

async function valueOfJob(job: Job) {
  expect(await concludeIt(job)).toMatchObject({ batchItemFailures: [] });
  return (await jobWithPhotos(job))?.conclusion?.value;
}

const concludeIt = ({ workspaceId, jobId }: Job) => handler(messages({ workspaceId, jobId }), context);

describe('conclude-job', () => {
  it('returns the message to its queue while the policies of the workspace cannot be read, and concludes by them later', async () => {
    const job = await waitingJob('unreadable');
    const Key = revisionKey(job.workspaceId, VEHICLE_RATING.name, 1);
    await documents.send(new PutCommand({ TableName: 'jobs', Item: { ...Key, revision: 'torn' } }));
    expect(await concludeIt(job)).toMatchObject({ batchItemFailures: [{ itemIdentifier: 'message-0' }] });
    expect(await jobWithPhotos(job)).not.toHaveProperty('conclusion');

    await documents.send(new DeleteCommand({ TableName: 'jobs', Key }));
    expect(await concludeIt(job)).toMatchObject({ batchItemFailures: [] });
    expect((await jobWithPhotos(job))?.conclusion?.policies).toContainEqual(
      expect.objectContaining({ name: VEHICLE_RATING.name, version: 0 }),
    );
  });

  it('gives an answer that recomputes from the stored photos, the facts and the versions that it names', async () => {
    const job = await waitingJob('recomputed');
    const document = { ...VEHICLE_RATING.defaults, mostWithStructuralDamage: 1.5 };
    const by = KeyId.parse('01KAQ6QJ8Y4H2K6P9S3E7R5T1A');
    const signature = { by, at: new Date().toISOString(), why: 'a test' };
    await changePolicy(job.workspaceId, VEHICLE_RATING, 0, { kind: 'replace', document }, signature);
    await concludeIt(job);
    // Later changes change nothing of it.
    await changePolicy(job.workspaceId, VEHICLE_RATING, 1, { kind: 'roll_back', to: { version: 0 } }, signature);

    const stored = await jobWithPhotos(job);
    const { conclusion } = stored ?? {};
    if (!stored || !conclusion) throw new Error('not concluded');
    expect(conclusion.rating).toMatchObject({ noBetterThan: 1.5 });
    const used = new Map(
      await Promise.all(
        Object.values(RATING_POLICIES).map(async (policy) => {
          const version = conclusion.policies.find(({ name }) => name === policy.name)?.version ?? 0;
          return [policy.name, await versionNamed(job.workspaceId, policy, version)] as const;
        }),
      ),
    );
    const policies = inForceBy(RATING_POLICIES, (policy) =>
      versionOf(policy, [...used].find(([name]) => name === policy.name)?.[1] ?? { version: 0 }),
    );
    expect(
      conclude(
        stored.job,
        { photos: stored.photos, value: conclusion.value.evidence },
        policies,
        new Date(conclusion.createdAt),
      ),
    ).toEqual(conclusion);
  });

  it('values a vehicle by the price model, with the policy that it names', async () => {
    const asset: Asset = { kind: 'vehicle', make: 'Toyota', model: 'Camry', modelYear: 2012, odometerMiles: 90_000 };
    const job = await waitingJob('priced', asset);
    const value = await valueOfJob(job);
    expect(value).toMatchObject({
      status: 'valued',
      kindOfPrice: 'asking',
      asOf: '2019-04-19',
      sources: [{ source: 'model', shareRatio: 1 }],
      evidence: { model: { prediction: { model: { name: 'vehicle-us' } } }, comps: { status: 'not_searched' } },
    });
    expect((await jobWithPhotos(job))?.conclusion?.policies.map(({ name }) => name)).toContain('fused-value');
  });

  it('values a thing by the stored comps of its title, in their currency, and lists them', async () => {
    await storeSales('collector', [10_000, 11_000, 12_000]);
    const value = await valueOfJob(await waitingJob('collector', { kind: 'product', title: LAMP }));
    expect(value).toMatchObject({ status: 'valued', valueCents: 11_000, currency: 'EUR', kindOfPrice: 'sold' });
    if (value?.evidence.comps.status !== 'valued') throw new Error('expected a value by comps');
    expect(value.evidence.comps.kept).toHaveLength(3);
    expect(value.evidence.comps.policies.map(({ name }) => name)).toContain('fair-market-value');
  });

  it.each<[string, Asset, object]>([
    ['has no title', { kind: 'product' }, { status: 'no_query' }],
    ['has a title that names nothing', { kind: 'product', title: '!?' }, { status: 'no_query' }],
    ['has a title that no comp shares', { kind: 'product', title: 'Ming vase' }, { status: 'none_stored' }],
    [
      'is in another currency',
      { kind: 'product', title: LAMP, valueCents: 1, currency: 'USD' },
      { status: 'too_few_sales' },
    ],
  ])('says of a thing that %s that it has no value by comps', async (_what, asset, comps) => {
    await storeSales('nothing', [10_000, 11_000]);
    const value = await valueOfJob(await waitingJob('nothing', asset));
    expect(value?.status).toBe(asset.valueCents === undefined ? 'not_valued' : 'stated');
    expect(value?.evidence.comps).toMatchObject(comps);
  });

  it('concludes a job whose comps cannot be read, and says so', async () => {
    const pk = compsPartition(WorkspaceId.parse('torn'), 'product');
    await documents.send(new PutCommand({ TableName: 'comps', Item: { pk, sk: 'a', comp: 'torn' } }));
    const value = await valueOfJob(await waitingJob('torn', { kind: 'product', title: LAMP }));
    expect(value).toMatchObject({ status: 'not_valued', evidence: { comps: { status: 'failed' } } });
    expect(value?.reasons.join()).toContain('it failed');
  });
});
