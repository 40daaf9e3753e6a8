import { execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { startRuntimeApi } from '../../local/functions/runtime-api.ts';

type Run = {
  readonly image: string;
  /** the image's command: what Lambda passes to its entrypoint */
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly functionArn: string;
  readonly timeoutSeconds: number;
};

const ImageConfig = z.object({
  OCIv1: z.object({
    config: z.object({ Env: z.array(z.string()), WorkingDir: z.string(), Entrypoint: z.array(z.string()) }),
  }),
});

/** Lambda's unprivileged user, sbx_user1051, and its group. */
const USER = '993:990';

/**
 * Confines what it starts as Lambda does: the image's files only and read-only, but for an empty /tmp, and a user without
 * privileges. Arguments: the image's files, the user, the working directory, then the command.
 */
const CONFINE = `
  set -e
  root=$1 user=$2; shift 2
  mount --bind "$root" "$root"
  mount -o remount,bind,ro "$root"
  mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
  mount --rbind /proc "$root/proc"
  mount --rbind /dev "$root/dev"
  exec /usr/sbin/chroot --userspec="$user" "$root" /bin/sh -c 'cd "$0" && exec "$@"' "$@"`;

const buildah = (...arguments_: string[]): string => execFileSync('buildah', arguments_, { encoding: 'utf8' }).trim();

/** The image's files, and how to start a command on them. */
function openImage(image: string) {
  const { config } = ImageConfig.parse(JSON.parse(buildah('inspect', '--type', 'image', image))).OCIv1;
  const container = buildah('from', image);
  const command = ['--mount', 'sh', '-c', CONFINE, 'confine', buildah('mount', container), USER, config.WorkingDir];
  const environment = Object.fromEntries(config.Env.map((each) => each.split(/=(.*)/s).slice(0, 2)));
  return {
    entrypoint: config.Entrypoint,
    environment,
    /** of `unshare` */
    argumentsFor: (...confined: readonly string[]) => [...command, ...confined],
    close: () => buildah('rm', container),
  };
}

/** The output of a shell script in the image, confined as its function is. */
export function runInImage(image: string, script: string): string {
  const { argumentsFor, environment, close } = openImage(image);
  try {
    return execFileSync('unshare', argumentsFor('/bin/sh', '-c', script), { env: environment, encoding: 'utf8' });
  } finally {
    close();
  }
}

/** Runs an image once, as Lambda runs it: confined, its work from the runtime API. @returns the handler's answer */
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
    onResponse: (_requestId, payload) => resolve(JSON.parse(payload ?? 'null')),
    onError: (_requestId, payload) => fail(payload),
    onInitError: fail,
  });
  const { argumentsFor, environment, entrypoint, close } = openImage(run.image);
  const child = spawn('unshare', argumentsFor(...entrypoint, ...run.command), {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...environment, ...run.environment, AWS_LAMBDA_RUNTIME_API: address },
  });
  child.on('exit', (code) => fail(`it ended with ${code}`));
  try {
    return await promise;
  } finally {
    child.kill('SIGKILL');
    runtimeApi.close();
    close();
  }
}
