import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, createJob, look, uploadAll } from './client.ts';
import { losses } from './losses.ts';
import { smallPhotos } from './photos.ts';
import {
  endedAfterFailures,
  jobsTableOf,
  killProcessesOf,
  type RunningFettle,
  redeliverUntil,
  startFettle,
  totalOf,
} from './running-stack.ts';

const PHOTOS = 2;
const ALWAYS = Number.POSITIVE_INFINITY;
/** The worker reads the version that the notification names. */
const READ_UPLOAD = 's3:GetObjectVersion';

let fettle: RunningFettle;
let client: Client;

beforeAll(async () => {
  fettle = await startFettle();
  client = await fettle.client('acme');
});

afterAll(() => fettle?.stop());

const outages: readonly (() => void)[] = [
  () => fettle.stack.faults.failService('s3', ALWAYS, READ_UPLOAD),
  () => fettle.stack.faults.throttleTable(jobsTableOf(fettle), ALWAYS, 'dynamodb:PutItem'),
  () =>
    fettle.stack.faults.add({
      service: 's3',
      action: READ_UPLOAD,
      times: ALWAYS,
      meanwhile: () => killProcessesOf(fettle, 'AssessPhoto'),
      refusal: { statusCode: 500, code: 'InternalError', message: 'the caller is dead' },
    }),
];

describe('outages of S3, of the table and of all workers, each longer than all deliveries of a message', () => {
  it('page, and end no photo: all are assessed after the mend', async () => {
    const photos = await smallPhotos(PHOTOS);
    const job = await createJob(client, photos);
    for (const [index, begin] of outages.entries()) {
      fettle.stack.faults.clear();
      begin();
      if (index === 0) await uploadAll(job, photos);
      const heldBefore = totalOf(fettle, 'PhotoHeld');
      await redeliverUntil(fettle, 'Invocations', () => totalOf(fettle, 'PhotoHeld') > heldBefore);
      await redeliverUntil(fettle, 'Invocations', () => stateOf('PhotoHeld') === 'ALARM');
      expect((await look(client, job.jobId)).status).not.toBe('completed');
    }
    fettle.stack.faults.clear();

    const { assessment } = await endedAfterFailures(fettle, client, job.jobId, 'Invocations');

    expect(assessment?.quality.photos).toMatchObject({ total: PHOTOS, assessed: PHOTOS });
    expect(await losses(fettle)).toEqual([]);
  });
});

const stateOf = (alarm: string) => fettle.stack.alarms().find(({ name }) => name.endsWith(`-${alarm}`))?.state;
