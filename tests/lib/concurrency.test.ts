import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  concurrencyFor,
  DEFAULT_PHOTOS_AT_ONCE,
  executionsNeeded,
  mostPhotosAtOnce,
  readPhotosAtOnce,
} from '../../lib/concurrency.ts';

/** Of a new AWS account, and the quota that older ones have. */
const NEW_ACCOUNT = 10;
const OLDER_ACCOUNT = 1000;

const photosAtOnce = fc.integer({ min: 2, max: 1000 });

describe('DEFAULT_PHOTOS_AT_ONCE', () => {
  it('is what a new account bears', () => {
    expect(executionsNeeded(DEFAULT_PHOTOS_AT_ONCE)).toBeLessThanOrEqual(NEW_ACCOUNT);
    expect(mostPhotosAtOnce(NEW_ACCOUNT)).toBe(DEFAULT_PHOTOS_AT_ONCE);
  });
});

describe('executionsNeeded', () => {
  it('leaves the API four executions, and a fifth of all in a large account', () => {
    fc.assert(
      fc.property(photosAtOnce, (given) => {
        const ofQueues = Object.values(concurrencyFor(given)).reduce((sum, each) => sum + each, 0);
        const left = executionsNeeded(given) - ofQueues;
        expect(left).toBeGreaterThanOrEqual(Math.max(4, 0.2 * executionsNeeded(given) - 1));
      }),
    );
  });

  it('is never more for fewer photos', () => {
    fc.assert(
      fc.property(photosAtOnce, photosAtOnce, (a, b) => {
        expect(executionsNeeded(Math.min(a, b))).toBeLessThanOrEqual(executionsNeeded(Math.max(a, b)));
      }),
    );
  });
});

describe('concurrencyFor', () => {
  it('stays within the bounds of an event source', () => {
    fc.assert(
      fc.property(photosAtOnce, (given) => {
        for (const each of Object.values(concurrencyFor(given))) {
          expect(each).toBeGreaterThanOrEqual(2);
          expect(each).toBeLessThanOrEqual(1000);
        }
      }),
    );
  });
});

describe('mostPhotosAtOnce', () => {
  it('is the most that fits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 1300 }), (executions) => {
        const most = mostPhotosAtOnce(executions) ?? 0;
        expect(executionsNeeded(most)).toBeLessThanOrEqual(executions);
        expect(executionsNeeded(most + 1)).toBeGreaterThan(executions);
      }),
    );
  });

  it('bears hundreds with the usual quota', () => {
    expect(mostPhotosAtOnce(OLDER_ACCOUNT)).toBeGreaterThanOrEqual(700);
  });

  it('is undefined for an account that bears none', () => {
    expect(mostPhotosAtOnce(NEW_ACCOUNT - 1)).toBeUndefined();
  });
});

describe('readPhotosAtOnce', () => {
  it.each([
    [undefined, DEFAULT_PHOTOS_AT_ONCE],
    ['400', 400],
    [400, 400],
    ['2', 2],
    ['1000', 1000],
  ])('reads %j as %d', (given, value) => {
    expect(readPhotosAtOnce(given)).toBe(value);
  });

  it.each(['1', '1001', '', 'many', '2.5', 2.5, '-3', '1e2', null, true, [2]])(
    'refuses %j and names its bounds',
    (given) => {
      expect(() => readPhotosAtOnce(given)).toThrow(
        `Expected photosAtOnce to be a whole number from 2 to 1000; got ${JSON.stringify(given)}.`,
      );
    },
  );
});
