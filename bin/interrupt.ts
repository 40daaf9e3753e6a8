/** Ctrl-C reaches a process under npm twice, from the terminal and passed on by npm; signals this close together are one. */
const ONE_INTERRUPT_MS = 1000;

/** How soon the death of npm is noticed. */
const PARENT_CHECK_MS = 500;

/** Longer than answers and photos under way take; a job that is cut short goes on at the next start. */
const STOP_WITHIN_MS = 10_000;

/** Resolves at the first SIGINT (Ctrl-C) or SIGTERM; a further one ends the process at once, and so does the time when it is still there after STOP_WITHIN_MS. */
export const nextInterrupt = (): Promise<undefined> =>
  new Promise((resolve) => {
    let firstMs: number | undefined;
    const onSignal = (): void => {
      const nowMs = performance.now();
      firstMs ??= nowMs;
      if (nowMs - firstMs > ONE_INTERRUPT_MS) process.exit(1);
      setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
      resolve(undefined);
    };
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, onSignal);
  });

/**
 * Sends SIGTERM to this process when its parent dies without passing a signal on (`kill -9`, out of memory). Only where
 * npm is the parent: whoever starts this process otherwise may mean it to survive (nohup, disown, a supervisor).
 */
export function endWithNpm(): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parentId = process.ppid;
  const check = setInterval(() => {
    if (process.ppid === parentId) return;
    clearInterval(check);
    process.kill(process.pid, 'SIGTERM');
  }, PARENT_CHECK_MS).unref();
}
