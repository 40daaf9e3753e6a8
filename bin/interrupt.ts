/** Under npm, Ctrl-C sends two signals: the terminal's, and npm's forwarded one. Signals within this time count as one. */
const ONE_INTERRUPT_MS = 1000;

/** Interval of checks whether npm is alive. */
const PARENT_CHECK_MS = 500;

/** Longer than running requests and photos take; an interrupted job continues at the next start. */
const STOP_WITHIN_MS = 10_000;

/** Resolves at the first SIGINT (Ctrl-C) or SIGTERM. The process exits at the next one, and after STOP_WITHIN_MS. */
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
 * Sends SIGTERM to this process when its parent npm dies without forwarding a signal (`kill -9`, out of memory). Not for
 * other parents, under which the process may be meant to survive (nohup, disown, a supervisor).
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
