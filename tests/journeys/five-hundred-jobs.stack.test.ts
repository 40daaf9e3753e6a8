import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, call, ended, submit } from './client.ts';
import { allHandled, losses } from './losses.ts';
import { smallPhoto } from './photos.ts';
import { type RunningFettle, startFettle } from './running-stack.ts';

const JOBS = 500;

/** Concurrent callers; each waits for a response before its next request. */
const CALLERS = 32;

/** On two busy cores. */
const MOST_SECONDS = 300;

let fettle: RunningFettle;
let client: Client;

beforeAll(async () => {
  fettle = await startFettle();
  client = await fettle.client('acme');
});

afterAll(() => fettle?.stop());

describe('five hundred jobs at once', () => {
  it(
    'all complete',
    async () => {
      const photo = await smallPhoto(1);
      const jobIds = await inTurns(JOBS, CALLERS, () => submit(client, [photo]));

      // No polling, which would take CPU time from the jobs.
      await allHandled(fettle, MOST_SECONDS);
      for (const jobId of jobIds) await ended(client, jobId);

      expect(new Set(jobIds).size).toBe(JOBS);
      expect(await statuses()).toEqual({ completed: JOBS });
      expect(await losses(fettle)).toEqual([]);
    },
    MOST_SECONDS * 1000,
  );
});

/** Runs something this many times, with this concurrency. */
async function inTurns<Result>(times: number, atOnce: number, work: () => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  let begun = 0;
  const worker = async () => {
    while (begun < times) {
      begun += 1;
      results.push(await work());
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

async function statuses(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { status } of await listed()) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

/** All jobs of the workspace, page by page. */
async function listed(): Promise<{ readonly status: string }[]> {
  const jobs: { readonly status: string }[] = [];
  let cursor: string | undefined = '';
  while (cursor !== undefined) {
    const { body } = await call(client, `GET /jobs?limit=100${cursor && `&cursor=${cursor}`}`);
    const page = body as { jobs: { status: string }[]; nextCursor?: string };
    jobs.push(...page.jobs);
    cursor = page.nextCursor;
  }
  return jobs;
}
