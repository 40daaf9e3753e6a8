import { describe, expect, it } from 'vitest';
import { environmentNamed } from '../../lib/environments.ts';
import { readShift } from '../../lib/shifts.ts';

describe('readShift', () => {
  it('leaves the shift to the environment without a choice', () => {
    expect(environmentNamed('prod', { shift: readShift(undefined) }).shift).toBe('linear');
  });

  it('takes the choice of one deployment', () => {
    expect(environmentNamed('prod', { shift: readShift('all-at-once') }).shift).toBe('all-at-once');
  });

  it.each(['', 'at-once', 'Linear', 10])('names the shifts there are for %j', (given) => {
    expect(() => readShift(given)).toThrow(
      `Expected -c shift=all-at-once|canary|linear; got ${JSON.stringify(given)}.`,
    );
  });
});
