import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { platform } from 'node:os';
import { describe, expect, it } from 'vitest';
import { cpuPerPhoto, cpuSeconds } from './process-cpu.ts';

describe('cpuPerPhoto', () => {
  it('gives the milliseconds that each process used between two readings, for each photo', () => {
    const before = new Map([
      ['runner', 10],
      ['assess', 4],
    ]);
    const after = new Map([
      ['runner', 10.5],
      ['assess', 6],
      ['conclude', 1],
    ]);
    expect(cpuPerPhoto(before, after, 100)).toEqual(
      new Map([
        ['runner', 5],
        ['assess', 20],
        ['conclude', 10],
      ]),
    );
  });
});

describe.runIf(platform() === 'linux')('cpuSeconds', () => {
  it('counts this process as the runner, and a child that is a function by its name', async () => {
    const busy =
      'const end = Date.now() + 200; while (Date.now() < end); process.stdout.write("."); setInterval(() => {}, 1e6);';
    const child = spawn(process.execPath, ['-e', busy], {
      env: { AWS_LAMBDA_FUNCTION_NAME: 'busy' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await once(child.stdout, 'data');
    const seconds = await cpuSeconds(process.pid);
    child.kill();
    expect([...seconds.keys()].sort()).toEqual(['busy', 'runner']);
    expect(seconds.get('busy')).toBeGreaterThan(0.01);
  });
});
