import { randomUUID } from 'node:crypto';
import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { documents } from '../platform/dynamodb-client.ts';
import { environment } from '../platform/environment.ts';
import type { PhotoRef } from '../platform/ids.ts';
import { partitionOf, trialRows } from './job-rows.ts';
import { lifetimeOf } from './lifetime.ts';

const { jobsTable: TableName, jobDays } = environment('jobsTable', 'jobDays');

/**
 * Attempts a photo that may kill its worker, and stores a trial. When the attempt kills the process or throws, the trial stays
 * lost.
 */
export async function onTrial<Result>(photo: PhotoRef, attempt: () => Promise<Result>): Promise<Result> {
  const trial = {
    pk: partitionOf(photo),
    sk: `${trialRows(photo)}${randomUUID()}`,
    ...lifetimeOf(photo.jobId, Number(jobDays)),
  };
  await documents.send(new PutCommand({ TableName, Item: trial }));
  const result = await attempt();
  await documents.send(new PutCommand({ TableName, Item: { ...trial, survived: true } }));
  return result;
}

/** The number of trials that a photo's worker has not survived. */
export async function lostTrials(photo: PhotoRef): Promise<number> {
  const { Count = 0 } = await documents.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :trials)',
      FilterExpression: 'attribute_not_exists(survived)',
      ExpressionAttributeValues: { ':pk': partitionOf(photo), ':trials': trialRows(photo) },
      Select: 'COUNT',
      ConsistentRead: true,
    }),
  );
  return Count;
}
