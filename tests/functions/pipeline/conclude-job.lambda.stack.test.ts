import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { ulid } from 'ulid';
import { afterAll, describe, expect, it } from 'vitest';
import { conclude } from '../../../functions/assessments/conclude.ts';
import { RATING_POLICIES } from '../../../functions/assessments/rating-policies.ts';
import { VEHICLE_RATING } from '../../../functions/assessments/vehicle-rating-policy.ts';
import type { Job } from '../../../functions/jobs/job.ts';
import { PhotoAssessment } from '../../../functions/photos/photo-assessment.ts';
import { JobId, KeyId, photoIdAt, WorkspaceId } from '../../../functions/platform/ids.ts';
import { inForceBy, versionOf } from '../../../functions/platform/policy-choice.ts';
import { revisionKey } from '../../../functions/platform/policy-rows.ts';
import { jobOf } from '../jobs/jobs.ts';
import { context, messages } from '../platform/lambda-events.ts';
import { startStores } from '../stores.ts';

const stores = await startStores();
afterAll(stores.close);
const { documents } = await import('../../../functions/platform/dynamodb-client.ts');
const { createJob, jobWithPhotos } = await import('../../../functions/jobs/job-store.ts');
const { countPhoto, savePhotoAssessment } = await import('../../../functions/jobs/photo-store.ts');
const { changePolicy, versionNamed } = await import('../../../functions/policies/policy-revisions-store.ts');
const { handler } = await import('../../../functions/pipeline/conclude-job.lambda.ts');

/** A stored job of a car with a bent frame, whose photo was rejected. */
async function waitingJob(workspace: string): Promise<Job> {
  const workspaceId = WorkspaceId.parse(workspace);
  const asset = { kind: 'vehicle', frameDamage: true };
  const job = await createJob(jobOf(1, [], { workspaceId, jobId: JobId.parse(ulid()), asset }));
  const photo = { workspaceId, jobId: job.jobId, photoId: photoIdAt(0) };
  const rejected = { photoId: 'p001', status: 'rejected', code: 'corrupt', detail: 'cut off', bytes: 10 };
  await savePhotoAssessment(photo, PhotoAssessment.parse(rejected), {});
  await countPhoto(photo);
  return job;
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
    expect(conclude(stored.job, stored.photos, policies, new Date(conclusion.createdAt))).toEqual(conclusion);
  });
});
