import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { ulid } from 'ulid';
import { afterAll, describe, expect, it } from 'vitest';
import { PROPERTY_RATING } from '../../../functions/assessments/property-rating-policy.ts';
import { GRADING } from '../../../functions/grading/grading-policy.ts';
import { jobKey } from '../../../functions/jobs/job-rows.ts';
import { JobId, WorkspaceId } from '../../../functions/platform/ids.ts';
import { MARKET } from '../../../functions/valuation/market-policy.ts';
import { COMP_RELEVANCE } from '../../../functions/valuation/relevance-policy.ts';
import { FAIR_MARKET_VALUE } from '../../../functions/valuation/value-policy.ts';
import { startStores } from '../stores.ts';

const stores = await startStores();
afterAll(stores.close);
const { documents } = await import('../../../functions/platform/dynamodb-client.ts');
const { previewResults } = await import('../../../functions/policies/preview-store.ts');

const NOW = new Date();
const workspaceId = WorkspaceId.parse('dealer');

/** So many completed jobs of vehicles, as they stand in the list of jobs. */
async function storeListed(howMany: number): Promise<void> {
  const rows = Array.from({ length: howMany }, () => {
    const jobId = JobId.parse(ulid(NOW.getTime()));
    const listed = { workspaceId, jobId, status: 'completed', kind: 'vehicle', totalPhotos: 1 };
    return { PutRequest: { Item: { ...jobKey({ workspaceId, jobId }), ...listed, createdAt: NOW.toISOString() } } };
  });
  while (rows.length > 0) {
    await documents.send(new BatchWriteCommand({ RequestItems: { jobs: rows.splice(0, 25) } }));
  }
}

describe('previewResults', () => {
  it.each([COMP_RELEVANCE, FAIR_MARKET_VALUE, MARKET, GRADING])('refuses $name, which rates no job', async (policy) => {
    await expect(previewResults(workspaceId, policy, policy.defaults, NOW)).rejects.toMatchObject({
      code: 'invalid_request',
      message: expect.stringMatching(
        new RegExp(`property-rating, vehicle-rating, findings, photos, evidence.*received "${policy.name}"`),
      ),
    });
  });

  it('ends in time also between pages of jobs that the policy does not rate, and says that more are left', async () => {
    await storeListed(101);
    const preview = (...limit: number[]) =>
      previewResults(workspaceId, PROPERTY_RATING, PROPERTY_RATING.defaults, NOW, ...limit);
    expect(await preview()).toMatchObject({ complete: true, compared: 0 });
    expect(await preview(0)).toMatchObject({ complete: false, compared: 0 });
  });
});
