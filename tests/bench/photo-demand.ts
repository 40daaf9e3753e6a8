import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What one photo takes of the process that assesses it. */
export type PhotoDemand = {
  readonly status: string;
  /** the most that the process ever held, models included */
  readonly peakMb: number;
  readonly cpuSeconds: number;
};

/** What the assessment of this file takes, in a process of its own. */
export async function demandOf(file: string): Promise<PhotoDemand> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'largest-photo.ts'), file]);
  return JSON.parse(stdout);
}
