import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Client, submit } from './client.ts';
import { manyPixels } from './hostile-files.ts';
import { losses } from './losses.ts';
import { smallPhotos } from './photos.ts';
import {
  endedAfterFailures,
  failuresOf,
  jobsTableOf,
  killProcessesOf,
  type RunningFettle,
  startFettle,
  totalOf,
} from './running-stack.ts';

/** Enough to load the models and to read a common photo, and too little for `manyPixels`. */
const WORKER_MEMORY_MB = 400;

let fettle: RunningFettle;
let client: Client;

beforeAll(async () => {
  fettle = await startFettle({ AssessPhoto: { MemorySize: WORKER_MEMORY_MB } });
  client = await fettle.client('acme');
});

afterAll(() => fettle?.stop());

afterEach(() => fettle?.stack.faults.clear());

type Action = 'dynamodb:PutItem' | 'dynamodb:UpdateItem' | 'sqs:SendMessage';

/** Runs something at the next request for this action; the request then succeeds, or fails when `isLast`. */
function atNext(action: Action, something: () => void, isLast: boolean): void {
  const service = action === 'sqs:SendMessage' ? 'sqs' : 'dynamodb';
  fettle.stack.faults.add({
    service,
    action,
    ...(service === 'dynamodb' && { resource: jobsTableOf(fettle) }),
    times: 1,
    meanwhile: something,
    ...(isLast && { refusal: { statusCode: 500, code: 'InternalServerError', message: 'the caller is dead' } }),
  });
}

/** Runs something at the last request of this sequence. */
function afterEachOf([first, ...rest]: readonly Action[], something: () => void): void {
  if (!first) return;
  const isLast = rest.length === 0;
  atNext(first, isLast ? something : () => afterEachOf(rest, something), isLast);
}

/** Kills a worker at the moment of this request, which then fails. */
function killAt(worker: 'AssessPhoto' | 'ConcludeJob', action: Action): Promise<void> {
  return new Promise((killed) => {
    const kill = () => {
      killProcessesOf(fettle, worker);
      killed();
    };
    // Either worker writes the jobs table: the second begins when its conclusion is requested, and puts before it updates.
    const steps: readonly Action[] =
      worker === 'AssessPhoto'
        ? [action]
        : action === 'dynamodb:UpdateItem'
          ? ['sqs:SendMessage', 'dynamodb:PutItem', action]
          : ['sqs:SendMessage', action];
    afterEachOf(steps, kill);
  });
}

describe('a worker that is killed', () => {
  it.each([
    ['AssessPhoto', 'dynamodb:PutItem', 'before it stores what it saw'],
    ['AssessPhoto', 'dynamodb:UpdateItem', 'between storing a photo and counting it'],
    ['AssessPhoto', 'sqs:SendMessage', 'before it passes the job on'],
    ['ConcludeJob', 'dynamodb:PutItem', 'before it stores the conclusion'],
    ['ConcludeJob', 'dynamodb:UpdateItem', 'between storing the conclusion and ending the job'],
  ] as const)('loses nothing: %s at %s, %s', async (worker, action, _moment) => {
    const killed = killAt(worker, action);
    // Of one photo, when the second worker is to die: nobody else then writes between its steps.
    const photos = worker === 'ConcludeJob' ? 1 : 2;
    const jobId = await submit(client, await smallPhotos(photos));
    await killed;

    const { assessment } = await endedAfterFailures(fettle, client, jobId, 'Errors');

    expect(assessment?.quality.photos).toMatchObject({ total: photos, assessed: photos });
    expect(await losses(fettle)).toEqual([]);
  });
});

describe('a photo that exceeds the memory of its worker', () => {
  it('is marked as failed, and its job goes on with the others', async () => {
    const jobId = await submit(client, [await manyPixels(), ...(await smallPhotos(2))]);

    const { status, assessment } = await endedAfterFailures(fettle, client, jobId, 'Errors');

    expect(status).toBe('completed');
    expect(assessment?.photos).toMatchObject([
      { status: 'failed', code: 'worker_died' },
      { status: 'assessed' },
      { status: 'assessed' },
    ]);
    expect(await losses(fettle)).toEqual([]);
  });
});

describe('a photo that kills every worker, on a system without other photos', () => {
  it('is given up without a page', async () => {
    const held = totalOf(fettle, 'PhotoHeld');
    const seen = failuresOf(fettle, 'Errors');
    const jobId = await submit(client, [await manyPixels()]);

    const { status, assessment } = await endedAfterFailures(fettle, client, jobId, 'Errors', seen);

    expect(status).toBe('completed');
    expect(assessment?.photos).toMatchObject([{ status: 'failed', code: 'worker_died' }]);
    expect(totalOf(fettle, 'PhotoHeld')).toBe(held);
    expect(await losses(fettle)).toEqual([]);
  });
});
