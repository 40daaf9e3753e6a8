import { execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { startRuntimeApi } from '../../local/functions/runtime-api.ts';

type Run = {
  readonly image: string;
  /** the image's command: what Lambda passes to its entrypoint */
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly functionArn: string;
  readonly timeoutSeconds: number;
};

const buildah = (...arguments_: string[]): string => execFileSync('buildah', arguments_, { encoding: 'utf8' }).trim();

/** Runs an image once, as Lambda runs it: its own files only, its work from the runtime API. @returns the handler's answer */
export async function invokeImage(run: Run, event: unknown): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const fail = (what: string) => reject(new Error(`the image failed: ${what}`));
  const runtimeApi = await startRuntimeApi();
  const assignment = {
    requestId: randomUUID(),
    event: JSON.stringify(event),
    deadlineMs: Date.now() + run.timeoutSeconds * 1000,
    functionArn: run.functionArn,
  };
  let given = false;
  const { address } = runtimeApi.register({
    onNext: (give) => {
      // Asked again after its answer, it waits for ever.
      if (!given) give(assignment);
      given = true;
    },
    onResponse: (_requestId, payload) => resolve(JSON.parse(payload)),
    onError: (_requestId, payload) => fail(payload),
    onInitError: fail,
  });
  const container = buildah('from', run.image);
  const variables = Object.entries({ ...run.environment, AWS_LAMBDA_RUNTIME_API: address });
  const child = spawn(
    'buildah',
    [
      ...['run', '--isolation', 'chroot'],
      ...variables.flatMap(([name, value]) => ['--env', `${name}=${value}`]),
      ...[container, '--', '/lambda-entrypoint.sh', ...run.command],
    ],
    // Its own process group, because buildah leaves its children behind when it is killed.
    { stdio: ['ignore', 'inherit', 'inherit'], detached: true },
  );
  child.on('exit', (code) => fail(`it ended with ${code}`));
  try {
    return await promise;
  } finally {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
    runtimeApi.close();
    buildah('rm', container);
  }
}
