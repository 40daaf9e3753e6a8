import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, describe, expect, it } from 'vitest';
import { RATING_POLICIES } from '../../../functions/assessments/rating-policies.ts';
import { VEHICLE_RATING } from '../../../functions/assessments/vehicle-rating-policy.ts';
import { KeyId, WorkspaceId } from '../../../functions/platform/ids.ts';
import {
  POLICY_CACHE_MILLISECONDS,
  type PolicyRevision,
  revisionKey,
  rowOfRevision,
} from '../../../functions/platform/policy-rows.ts';
import { NOW } from '../jobs/jobs.ts';
import { startStores } from '../stores.ts';

const stores = await startStores();
afterAll(stores.close);
const { documents } = await import('../../../functions/platform/dynamodb-client.ts');
const { policiesInForce } = await import('../../../functions/platform/policies-in-force-store.ts');

const VEHICLES = { vehicleRating: VEHICLE_RATING };
const later = (milliseconds: number): Date => new Date(NOW.getTime() + milliseconds);

const revisionOf = (revision: number, document: unknown = VEHICLE_RATING.defaults): PolicyRevision => ({
  revision,
  versions: revision,
  active: { version: revision, document },
  change: 'replaced',
  at: NOW.toISOString(),
  by: KeyId.parse('01KAQ6QJ8Y4H2K6P9S3E7R5T1A'),
  why: 'a test',
});
const store = (workspaceId: WorkspaceId, revision: PolicyRevision) =>
  documents.send(
    new PutCommand({ TableName: 'jobs', Item: rowOfRevision(workspaceId, VEHICLE_RATING.name, revision) }),
  );
const versionAt = async (workspaceId: WorkspaceId, now: Date): Promise<number> =>
  (await policiesInForce(VEHICLES, { workspaceId, resultId: 'one' }, now)).uses.vehicleRating.version;

describe('policiesInForce', () => {
  it('gives the defaults of a workspace without policies of its own', async () => {
    const ref = { workspaceId: WorkspaceId.parse('fresh'), resultId: 'one' };
    const { documents: rules, uses } = await policiesInForce(RATING_POLICIES, ref, NOW);
    expect(rules.vehicleRating).toEqual(VEHICLE_RATING.defaults);
    expect(Object.values(uses).map(({ source }) => source)).toEqual(Object.keys(RATING_POLICIES).map(() => 'default'));
  });

  it('reads the newest revision, and again after the time of the cache, never later', async () => {
    const workspaceId = WorkspaceId.parse('changing');
    await store(workspaceId, revisionOf(1));
    expect(await versionAt(workspaceId, NOW)).toBe(1);
    await store(workspaceId, revisionOf(2));
    expect(await versionAt(workspaceId, later(POLICY_CACHE_MILLISECONDS - 1))).toBe(1);
    expect(await versionAt(workspaceId, later(POLICY_CACHE_MILLISECONDS))).toBe(2);
  });

  it('orders revisions by number, not as text', async () => {
    const workspaceId = WorkspaceId.parse('old');
    for (const revision of [9, 10, 100]) await store(workspaceId, revisionOf(revision));
    expect(await versionAt(workspaceId, NOW)).toBe(100);
  });

  it('throws where the policies of a workspace cannot be read: neither a default nor what was read long ago decides', async () => {
    const workspaceId = WorkspaceId.parse('broken');
    await store(workspaceId, revisionOf(1));
    expect(await versionAt(workspaceId, NOW)).toBe(1);
    await store(workspaceId, revisionOf(2, { enoughViews: 'many' }));
    await expect(versionAt(workspaceId, later(POLICY_CACHE_MILLISECONDS))).rejects.toThrow();
  });

  it('does not remember a failure', async () => {
    const workspaceId = WorkspaceId.parse('mended');
    await store(workspaceId, revisionOf(1, { enoughViews: 'many' }));
    await expect(versionAt(workspaceId, NOW)).rejects.toThrow();
    await documents.send(
      new DeleteCommand({ TableName: 'jobs', Key: revisionKey(workspaceId, VEHICLE_RATING.name, 1) }),
    );
    await store(workspaceId, revisionOf(1));
    expect(await versionAt(workspaceId, NOW)).toBe(1);
  });

  it('reads what a later release stored, without its further fields', async () => {
    const workspaceId = WorkspaceId.parse('ahead');
    await store(workspaceId, revisionOf(1, { ...VEHICLE_RATING.defaults, ofALaterRelease: 1 }));
    const { documents: rules } = await policiesInForce(VEHICLES, { workspaceId, resultId: 'one' }, NOW);
    expect(rules.vehicleRating).toEqual(VEHICLE_RATING.defaults);
  });
});
