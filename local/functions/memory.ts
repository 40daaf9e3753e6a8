import { readFileSync } from 'node:fs';
import { platform } from 'node:os';

/** Resident memory of a process in MB, now or at its highest; undefined where the kernel does not tell (not Linux), or it is gone. */
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
