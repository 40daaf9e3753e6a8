import { describe, expect, it } from 'vitest';
import { ENVIRONMENT_NAMES } from '../../functions/platform/names/environments.ts';
import { environmentNamed } from '../../lib/environments.ts';

describe('environmentNamed', () => {
  it.each(ENVIRONMENT_NAMES)('knows %s', (name) => {
    expect(environmentNamed(name).name).toBe(name);
  });

  it('lists the environments when none is given', () => {
    expect(() => environmentNamed(undefined)).toThrow(
      'No environment was given. Choose one of dev, staging, prod, for example: npx cdk synth -c env=dev',
    );
  });

  it('names the unknown environment', () => {
    expect(() => environmentNamed('production')).toThrow('There is no environment "production"');
  });

  it('retains data in prod only', () => {
    expect(ENVIRONMENT_NAMES.filter((name) => environmentNamed(name).keepsData)).toEqual(['prod']);
  });
});
