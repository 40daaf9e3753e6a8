import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { demandOf } from '../../bench/photo-demand.ts';
import { temporaryFolder } from '../condition/tiny-models.ts';
import { LARGEST_PHOTOS } from '../photos/largest-photos.ts';

/** Of the worker's process, models included. */
const MOST_MB = 700;
const MOST_CPU_SECONDS = 10;

const folder = await temporaryFolder();
const lines: string[] = [];
afterAll(() => process.stdout.write(`${lines.join('\n')}\n`));

// A decoder has so many seconds by the clock: on a machine that does other things as well, a second attempt may be needed.
describe('assessPhoto of the largest photos that are accepted', { timeout: 240_000, retry: 1 }, () => {
  it.each(LARGEST_PHOTOS)('takes little enough memory and time: %s', async (what, make) => {
    const content = await make();
    const file = join(folder, 'photo');
    await writeFile(file, content);

    const { status, peakMb, cpuSeconds } = await demandOf(file);
    lines.push(
      `${what.padEnd(42)} ${(content.length / 1e6).toFixed(1).padStart(5)} MB → ${peakMb.toFixed(0).padStart(4)} MB ${cpuSeconds.toFixed(1).padStart(5)} s`,
    );

    expect(status).toBe('assessed');
    expect(peakMb).toBeLessThan(MOST_MB);
    expect(cpuSeconds).toBeLessThan(MOST_CPU_SECONDS);
  });
});
