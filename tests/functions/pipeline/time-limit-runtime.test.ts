import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { unlessLate } from '../../../functions/pipeline/time-limit-runtime.ts';

describe('unlessLate', () => {
  it('gives the result of work that is done in time', async () => {
    expect(await unlessLate(10_000, async () => 7)).toBe(7);
  });

  it('does not wait for work that takes longer', async () => {
    expect(await unlessLate(10, () => sleep(10_000, 7, { ref: false }))).toBe('late');
  });

  it('fails as the work does', async () => {
    const work = () => Promise.reject(new Error('broken'));

    await expect(unlessLate(10_000, work)).rejects.toThrow('broken');
  });

  it('takes no notice of work that fails after its time', async () => {
    const work = () => sleep(20).then(() => Promise.reject(new Error('broken')));

    expect(await unlessLate(1, work)).toBe('late');
    await sleep(40);
  });
});
