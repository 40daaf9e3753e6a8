import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { largePng } from '../functions/photos/made-png.ts';
import { type Client, ended, type Photo, submit } from './client.ts';
import { losses } from './losses.ts';
import { smallPhotos } from './photos.ts';
import { type RunningFettle, startFettle } from './running-stack.ts';

/** Of the worker: four seconds are kept to save what came of a photo, which leaves less than the slow one takes. */
const WORKER_SECONDS = 5;

let fettle: RunningFettle;
let client: Client;

beforeAll(async () => {
  fettle = await startFettle({ AssessPhoto: { Timeout: WORKER_SECONDS } });
  client = await fettle.client('acme');
});

afterAll(() => fettle?.stop());

/** Seconds of decoding. */
const slow = (): Photo => {
  const size = { widthPx: 8_062, heightPx: 8_062, bitDepth: 16, colorType: 6, filter: 4 } as const;
  return { filename: 'slow.png', contentType: 'image/png', content: new Uint8Array(largePng(size)) };
};

describe('a photo that takes too long', () => {
  it('is marked as such at its first delivery, and its job goes on with the others', async () => {
    const jobId = await submit(client, [slow(), ...(await smallPhotos(1))]);

    // Nothing is delivered again: the clock stands still.
    const { status, assessment } = await ended(client, jobId);

    expect(status).toBe('completed');
    expect(assessment?.photos).toMatchObject([
      {
        status: 'failed',
        code: 'timed_out',
        detail: expect.stringMatching(/^expected a result within 1 s; please upload a smaller copy/),
      },
      { status: 'assessed' },
    ]);
  });

  it('ends its worker, and another one assesses what comes next', async () => {
    expect((await ended(client, await submit(client, await smallPhotos(2)))).assessment?.quality.photos).toMatchObject({
      assessed: 2,
    });
    fettle.clock.advance(6 * 30_000);
    expect(await losses(fettle)).toEqual([]);
  });
});
