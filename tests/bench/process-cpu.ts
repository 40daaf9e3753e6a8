import { readdir, readFile } from 'node:fs/promises';

/** CPU seconds that each process of a stack has used so far: the runner's, and each function's by its name. */
export type CpuSeconds = ReadonlyMap<string, number>;

export const RUNNER = 'runner';

/** Linux counts CPU time of a process in hundredths of a second, whatever its kernel's own tick (USER_HZ). */
const TICKS_PER_SECOND = 100;

/** Reads the CPU time, user and system, of the runner and its function processes from Linux's `/proc`. */
export async function cpuSeconds(runnerId: number): Promise<CpuSeconds> {
  const seconds = new Map<string, number>();
  for (const id of await processIds()) {
    const stat = await readStat(id);
    const name = id === runnerId ? RUNNER : stat?.parentId === runnerId ? await functionName(id) : undefined;
    if (stat && name) seconds.set(name, (seconds.get(name) ?? 0) + stat.cpuSeconds);
  }
  return seconds;
}

/** CPU milliseconds that each process used between two readings, for each of so many photos. */
export function cpuPerPhoto(before: CpuSeconds, after: CpuSeconds, photos: number): ReadonlyMap<string, number> {
  return new Map([...after].map(([name, seconds]) => [name, ((seconds - (before.get(name) ?? 0)) * 1000) / photos]));
}

async function processIds(): Promise<number[]> {
  const names = await readdir('/proc');
  return names.filter((name) => /^\d+$/.test(name)).map(Number);
}

/** Undefined when the process has ended. */
async function readStat(id: number): Promise<{ parentId: number; cpuSeconds: number } | undefined> {
  const text = await readFile(`/proc/${id}/stat`, 'utf8').catch(() => undefined);
  // The second field is the command's name in parentheses, which may hold spaces: fields 3 (state), 4 (parent) and 14, 15
  // (ticks in user and system mode) follow it.
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ');
  if (!fields) return undefined;
  return { parentId: Number(fields[1]), cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND };
}

/** Undefined when the process is no function's. */
async function functionName(id: number): Promise<string | undefined> {
  const environment = await readFile(`/proc/${id}/environ`, 'utf8').catch(() => '');
  return /(?:^|\0)AWS_LAMBDA_FUNCTION_NAME=([^\0]*)/.exec(environment)?.[1];
}
