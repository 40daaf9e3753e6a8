import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Api } from '../../bin/api-client.ts';
import { API_PREFIX } from '../../functions/platform/names/routes.ts';

/** `npm start` in a process of its own, so that the client's work is no part of the server's event loop. */
export type ServedFettle = {
  readonly api: Api;
  readonly processId: number;
  /** from the start of the process to the first answer of the API */
  readonly startSeconds: number;
  readonly stop: () => Promise<void>;
};

const PROJECT_DIR = join(import.meta.dirname, '../..');
const POLL_MILLISECONDS = 20;

export async function serveFettle(): Promise<ServedFettle> {
  const dataDir = await mkdtemp(join(tmpdir(), 'fettle-bench-'));
  const port = await freePort();
  const startedMs = performance.now();
  const server = spawn(process.execPath, ['bin/fettle.ts', 'start', '--data', dataDir, '--port', String(port)], {
    cwd: PROJECT_DIR,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}${API_PREFIX}`;
  while (!(await answers(url))) await sleep(POLL_MILLISECONDS);
  const startSeconds = (performance.now() - startedMs) / 1000;
  // Its own sample is assessed first; what it prints afterwards says that it is warm.
  await once(server.stdout, 'data');
  const { secret } = JSON.parse(await readFile(join(dataDir, 'demo-key.json'), 'utf8'));
  return {
    api: { url, key: secret },
    processId: server.pid ?? 0,
    startSeconds,
    stop: async () => {
      server.kill('SIGTERM');
      await once(server, 'exit');
      await rm(dataDir, { recursive: true });
    },
  };
}

const answers = (url: string): Promise<boolean> =>
  fetch(`${url}/health`).then(
    ({ ok }) => ok,
    () => false,
  );

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}
