import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';

const INTERRUPT = join(import.meta.dirname, '../../bin/interrupt.ts');

/** Prints that it waits, then that it was interrupted, and then does not end by itself. */
const STUBBORN = `
  import { nextInterrupt } from '${INTERRUPT}';
  setInterval(() => undefined, 1000);
  const interrupted = nextInterrupt();
  console.log('waits');
  await interrupted;
  console.log('interrupted');
`;

let stubborn: ChildProcess | undefined;

afterEach(() => {
  stubborn?.kill('SIGKILL');
});

async function startStubborn(): Promise<{ readonly nextLine: () => Promise<unknown>; readonly process: ChildProcess }> {
  stubborn = spawn(process.execPath, ['--input-type=module', '--eval', STUBBORN], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: stubborn.stdout ?? process.stdin })[Symbol.asyncIterator]();
  const nextLine = async () => (await lines.next()).value;
  await nextLine();
  return { nextLine, process: stubborn };
}

describe('nextInterrupt', () => {
  it('takes the two signals of one Ctrl-C under npm for one', async () => {
    const { nextLine, process } = await startStubborn();
    process.kill('SIGINT');
    process.kill('SIGINT');
    expect(await nextLine()).toBe('interrupted');
    await sleep(200);
    expect(process.exitCode ?? process.signalCode).toBeNull();
  });

  it('ends the process at a second signal', async () => {
    const { nextLine, process } = await startStubborn();
    process.kill('SIGTERM');
    await nextLine();
    await sleep(1200);
    process.kill('SIGINT');
    expect(await once(process, 'exit')).toEqual([1, null]);
  });
});
