import { ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Client, call, createJob, ended, look, submit, uploadAll } from './client.ts';
import { documentsOf } from './losses.ts';
import { smallPhotos } from './photos.ts';
import { countOf, jobsTableOf, type RunningFettle, startFettle, totalOf, until } from './running-stack.ts';

/** Longer than a job takes on a busy machine, so that no index knows it before it has ended. */
const LAG_MS = 15_000;
const WORKSPACE = 'acme';

let fettle: RunningFettle;
let client: Client;

beforeAll(async () => {
  fettle = await startFettle({}, undefined, { indexLagMs: LAG_MS });
  client = await fettle.client(WORKSPACE);
  // Starts the functions.
  await ended(client, await submit(client, await smallPhotos(1)));
});
afterAll(() => fettle?.stop());

const Listed = z.object({ jobs: z.array(z.object({ jobId: z.string(), status: z.string() })) });

async function statusInList(jobId: string): Promise<string | undefined> {
  const { status, body } = await call(client, 'GET /jobs');
  expect(status).toBe(200);
  return Listed.parse(body).jobs.find((job) => job.jobId === jobId)?.status;
}

/** Functions use the machine's own clock, which tests cannot move; so the job's row is changed. */
const makeOverdue = (jobId: string) =>
  documentsOf(fettle).send(
    new UpdateCommand({
      TableName: jobsTableOf(fettle),
      Key: { pk: `JOB#${WORKSPACE}#${jobId}`, sk: 'JOB' },
      UpdateExpression: 'SET deadlineAt = :past',
      ExpressionAttributeValues: { ':past': new Date(Date.now() - 1000).toISOString() },
    }),
  );

/** Whether the index of jobs that have not ended has this one, past its deadline. */
async function isOverdueInIndex(jobId: string): Promise<boolean> {
  const { Items = [] } = await documentsOf(fettle).send(
    new ScanCommand({ TableName: jobsTableOf(fettle), IndexName: 'unfinished' }),
  );
  const now = new Date().toISOString();
  return Items.some(({ pk, deadlineAt }) => pk === `JOB#${WORKSPACE}#${jobId}` && deadlineAt < now);
}

describe('indexes that lag behind their tables', () => {
  it('delay no job: it completes, and is found by its id, before the list has it', async () => {
    const jobId = await submit(client, await smallPhotos(3, 10));
    const { status, assessment } = await ended(client, jobId);
    expect(await statusInList(jobId)).toBeUndefined();
    expect([status, assessment?.quality.photos]).toMatchObject(['completed', { total: 3, assessed: 3 }]);

    await until('the list has the job as it ended', async () => (await statusInList(jobId)) === 'completed');
  });

  it('mislead no sweep: it leaves a job alone that has ended and is overdue in the index only', async () => {
    const photos = await smallPhotos(2, 20);
    const job = await createJob(client, photos);
    await makeOverdue(job.jobId);
    await uploadAll(job, photos);
    const done = await ended(client, job.jobId);
    expect(done.status).toBe('completed');
    await until('the index has the job as it was', () => isOverdueInIndex(job.jobId));

    const sweepsBefore = countOf(fettle, 'Invocations', 'SweepJobs');
    fettle.clock.advance(60_000);
    await until('it is swept', () => countOf(fettle, 'Invocations', 'SweepJobs') > sweepsBefore);

    expect(await look(client, job.jobId)).toEqual(done);
    expect([totalOf(fettle, 'StuckJobSwept'), totalOf(fettle, 'PhotoFailed')]).toEqual([0, 0]);
    await until('the index has caught up', async () => !(await isOverdueInIndex(job.jobId)));
    expect(await statusInList(job.jobId)).toBe('completed');
  });
});
