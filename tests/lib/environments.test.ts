import { describe, expect, it } from 'vitest';
import { ENVIRONMENT_NAMES } from '../../functions/platform/names/environments.ts';
import { environmentNamed } from '../../lib/environments.ts';

describe('environmentNamed', () => {
  it.each(ENVIRONMENT_NAMES)('knows %s', (name) => {
    expect(environmentNamed(name).name).toBe(name);
  });

  it('names the unknown environment and those there are', () => {
    expect(() => environmentNamed('production')).toThrow(
      'There is no environment "production". Choose one of dev, staging, prod, for example: npx cdk synth -c env=dev',
    );
  });

  it('takes the concurrency of its queues from the account, and not from its name', () => {
    const inEach = ENVIRONMENT_NAMES.map((name) => environmentNamed(name, { photosAtOnce: 400 }));
    expect(inEach.map(({ photosAtOnce, conclusionsAtOnce }) => [photosAtOnce, conclusionsAtOnce])).toEqual(
      ENVIRONMENT_NAMES.map(() => [400, 50]),
    );
  });

  it('retains data in prod only', () => {
    expect(ENVIRONMENT_NAMES.filter((name) => environmentNamed(name).keepsData)).toEqual(['prod']);
  });
});
