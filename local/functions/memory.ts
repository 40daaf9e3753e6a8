import { readFileSync } from 'node:fs';
import { platform } from 'node:os';

/** Resident set size (RSS) of a process in MB, current or peak; undefined outside Linux or when the process has ended. */
export function residentMb(pid: number, which: 'now' | 'peak'): number | undefined {
  if (platform() !== 'linux') return undefined;
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const line = (which === 'now' ? /^VmRSS:\s+(\d+) kB/m : /^VmHWM:\s+(\d+) kB/m).exec(status);
    return line ? Number(line[1]) / 1024 : undefined;
  } catch {
    return undefined;
  }
}
