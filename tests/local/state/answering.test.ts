import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const PROGRAM = fileURLToPath(new URL('../fixtures/failing-server.ts', import.meta.url));

let program: ChildProcess;
let url: string;
beforeAll(async () => {
  program = spawn(process.execPath, [PROGRAM], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [port] = await once(program.stdout ?? program, 'data');
  url = `http://127.0.0.1:${String(port).trim()}`;
});
afterAll(() => program.kill('SIGKILL'));

const ask = async (path: string): Promise<string> => {
  try {
    const answer = await fetch(url + path, { method: 'POST', body: 'a body' });
    return `${answer.status} ${await answer.text()}`;
  } catch {
    return 'disconnected';
  }
};

describe('answering', () => {
  it.each(['/throws', '/rejects', '/timer', '/tick', '/file', '/unawaited', '/body'])(
    'answers a request whose failure is of this kind, and serves on: %s',
    async (path) => {
      expect(await ask(path)).toBe('500 Error: as asked');
      expect(await ask('/well')).toBe('200 well');
    },
  );

  it('serves on after a failure inside Node’s own parser, which refuses the request', async () => {
    expect(await ask('/microtask')).toMatch(/^[45]00 /);
    expect(await ask('/well')).toBe('200 well');
  });

  it('serves on after a failure behind the response', async () => {
    expect(await ask('/answered')).toBe('200 well');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await ask('/well')).toBe('200 well');
  });

  it('disconnects a client whose failure cannot be answered', async () => {
    expect(await ask('/unanswerable')).toBe('disconnected');
    expect(await ask('/well')).toBe('200 well');
  });

  it('lets an exception that no request has caused end the process', async () => {
    const ended = once(program, 'exit');
    program.kill('SIGUSR2');
    expect((await ended)[0]).toBeGreaterThan(0);
  });
});
