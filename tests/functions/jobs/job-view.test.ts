import { describe, expect, it } from 'vitest';
import type { Job } from '../../../functions/jobs/job.ts';
import { viewOf as viewAt } from '../../../functions/jobs/job-view.ts';
import { JobView } from '../../../functions/jobs/jobs-contract.ts';
import { jobOf } from './jobs.ts';

const viewOf = (job: Job) => viewAt(job, '/live/api/v1');

describe('viewOf', () => {
  it('matches the contract', () => expect(() => JobView.parse(viewOf(jobOf(2, [0])))).not.toThrow());
  it('omits the workspace', () => expect(JSON.stringify(viewOf(jobOf(1)))).not.toContain('acme'));
  it('offers the start of an open job', () => expect(viewOf(jobOf(1)).links).toHaveProperty('start'));
  it('links to the base path of the API on the host of the request', () => {
    const job = jobOf(1);
    expect(viewOf(job).links).toEqual({
      self: `/live/api/v1/jobs/${job.jobId}`,
      start: `/live/api/v1/jobs/${job.jobId}/start`,
    });
  });
  it('offers no start of a job that has ended', () => {
    expect(viewOf(jobOf(1, [], { status: 'completed' })).links).not.toHaveProperty('start');
  });
});
