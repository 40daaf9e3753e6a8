import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { freshDataDir, until } from '../../journeys/running-stack.ts';

const PROJECT_DIR = join(import.meta.dirname, '../../..');
const API = /http:\/\/127\.0\.0\.1:(\d+)\/api\/v1/;

let npm: ChildProcess | undefined;
let dataDir = '';

afterEach(() => {
  for (const pid of served()) process.kill(pid, 'SIGKILL');
  rmSync(dataDir, { recursive: true, force: true });
});

/** The processes that run from the data folder of this test, npm and its shell among them. */
function served(): number[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  return lines.filter((line) => line.includes(dataDir)).map((line) => Number.parseInt(line, 10));
}

/** `npm start` as the leader of a process group, as in a terminal, once it serves. Returns the port of its API. */
async function startWithNpm(): Promise<number> {
  dataDir = freshDataDir();
  npm = spawn('npm', ['start', '--', '--port', '0', '--data', dataDir], {
    cwd: PROJECT_DIR,
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let printed = '';
  npm.stdout?.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
  });
  await until('npm start serves', () => API.test(printed), 120);
  return Number(API.exec(printed)?.[1]);
}

const isServed = async (port: number): Promise<boolean> => {
  const socket = connect(port, '127.0.0.1');
  const answer = await Promise.race([once(socket, 'connect'), once(socket, 'error')]).catch(() => undefined);
  socket.destroy();
  return answer?.length === 0;
};

describe('npm start', () => {
  it.each<[string, (npmId: number) => void]>([
    ['SIGTERM to npm', (npmId) => process.kill(npmId, 'SIGTERM')],
    ['Ctrl-C, which every process of the terminal gets', (npmId) => process.kill(-npmId, 'SIGINT')],
    ['the death of npm', (npmId) => process.kill(npmId, 'SIGKILL')],
  ])('ends at %s: nothing listens, no process stays, all is put away', async (_what, end) => {
    const port = await startWithNpm();
    expect(await isServed(port)).toBe(true);
    expect(served().length).toBeGreaterThan(2);

    // A browser's spare connection must not hold it up.
    const spare = connect(port, '127.0.0.1');
    await once(spare, 'connect');
    end(npm?.pid ?? 0);

    await until('no process is left', () => served().length === 0, 30);
    expect(await isServed(port)).toBe(false);
    expect(existsSync(join(dataDir, 'attachment.json'))).toBe(false);
    spare.destroy();
  });
});
