import { afterEach, describe, expect, it, vi } from 'vitest';
import { environment } from '../../../functions/platform/environment.ts';

afterEach(() => vi.unstubAllEnvs());

describe('environment', () => {
  it('gives the named variables', () => {
    vi.stubEnv('JOBS_TABLE', 'jobs');
    expect(environment('jobsTable')).toEqual({ jobsTable: 'jobs' });
  });

  it('names every variable that is missing or empty', () => {
    vi.stubEnv('JOBS_TABLE', '');
    vi.stubEnv('MEDIA_BUCKET', undefined);
    expect(() => environment('jobsTable', 'mediaBucket')).toThrow('JOBS_TABLE, MEDIA_BUCKET');
  });
});
