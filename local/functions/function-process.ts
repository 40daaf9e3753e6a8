import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import type { Runtime } from '../runtime/install.ts';
import type { InvokeResult } from '../types.ts';
import { environmentOf, type FunctionSettings } from './environment.ts';
import { residentMb } from './memory.ts';
import { RESPONSE_BYTES } from './payload-limits.ts';
import type { Assignment, RuntimeApi } from './runtime-api.ts';

export type Invocation = {
  readonly event: string;
  /** as it was invoked: the function's, or an alias's */
  readonly arn: string;
  readonly done: (result: InvokeResult) => void;
};

export type FunctionProcess = {
  /** undefined when it could not be started */
  readonly pid: number | undefined;
  readonly state: () => 'starting' | 'idle' | 'busy' | 'gone';
  /** of an idle process */
  readonly give: (invocation: Invocation) => void;
  /** sends SIGKILL; resolves when the process has ended */
  readonly kill: () => Promise<void>;
};

/** Callbacks of a process to its pool. */
export type ProcessEvents = {
  readonly onIdle: () => void;
  /** the process ended; `initFailure` is set when it never became ready */
  readonly onGone: (initFailure: InvokeResult | undefined) => void;
  readonly onLine: (line: string) => void;
};

export type ProcessTools = {
  readonly runtimeApi: RuntimeApi;
  readonly runtime: Runtime;
  readonly tempDir: string;
};

/** Lambda's init phase is limited to ten seconds; then it counts as part of the first invocation. */
const INIT_MS = 10_000;
/** Share of the function's memory for V8's heap; the rest is for code, stacks and buffers. */
const HEAP_SHARE = 0.9;
const WATCH_MS = 200;

/**
 * One execution environment: a Node process that takes one invocation at a time.
 *
 * @throws when no process can be made: the disk is full, or the machine has no process left
 */
export function startProcess(settings: FunctionSettings, tools: ProcessTools, events: ProcessEvents): FunctionProcess {
  let give: ((assignment: Assignment) => void) | undefined;
  let current: { readonly requestId: string; readonly invocation: Invocation; readonly startedMs: number } | undefined;
  let started = false;
  let gone = false;
  let verdict: InvokeResult | undefined;
  const { memoryMb, timeoutMs, name } = settings;

  const finish = (result: InvokeResult) => {
    if (!current) return;
    const { invocation, requestId, startedMs } = current;
    current = undefined;
    clearTimeout(alarm);
    const peakMb = child.pid === undefined ? undefined : residentMb(child.pid, 'peak');
    events.onLine(report(requestId, performance.now() - startedMs, memoryMb, peakMb));
    invocation.done(result);
  };
  const end = (errorType: string, errorMessage: string) => {
    verdict ??= failed(errorType, errorMessage);
    child.kill('SIGKILL');
  };

  const { address, unregister } = tools.runtimeApi.register({
    onNext: (next) => {
      started = true;
      clearTimeout(alarm);
      give = next;
      events.onIdle();
    },
    onResponse: (requestId, payload) => {
      if (requestId === current?.requestId) finish(resultOf(payload));
    },
    onError: (requestId, payload) => {
      if (requestId === current?.requestId) finish(failedWith(payload));
    },
    onInitError: (payload) => {
      verdict = failedWith(payload);
    },
  });
  const child = launchOrElse(unregister, settings, address, tools);
  for (const stream of [child.stdout, child.stderr]) readLines(stream, events.onLine);
  let alarm = setTimeout(() => end('Sandbox.Timedout', `${name} did not start in time`), INIT_MS + timeoutMs);
  const watch = setInterval(() => {
    const usedMb = child.pid === undefined ? undefined : residentMb(child.pid, 'now');
    if (usedMb !== undefined && usedMb > memoryMb) {
      end('Runtime.OutOfMemory', `${name} used ${Math.round(usedMb)} MB of its ${memoryMb} MB and was killed`);
    }
  }, WATCH_MS);

  // A process that could not be started closes, too, with a negative code.
  child.on('error', (error) => events.onLine(error.message));
  child.on('close', (code, signal) => {
    gone = true;
    clearTimeout(alarm);
    clearInterval(watch);
    unregister();
    verdict ??= failed('Runtime.ExitError', `${name} exited with ${signal ?? `status ${code}`} before it answered`);
    finish(verdict);
    events.onGone(started ? undefined : verdict);
  });

  return {
    pid: child.pid,
    state: () => (gone ? 'gone' : current ? 'busy' : give ? 'idle' : 'starting'),
    give: (invocation) => {
      const requestId = randomUUID();
      current = { requestId, invocation, startedMs: performance.now() };
      alarm = setTimeout(
        () => end('Sandbox.Timedout', `Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`),
        timeoutMs,
      );
      const { event, arn } = invocation;
      give?.({ requestId, event, deadlineMs: Date.now() + timeoutMs, functionArn: arn });
      give = undefined;
    },
    kill: async () => {
      if (gone) return;
      const closed = once(child, 'close');
      child.kill('SIGKILL');
      await closed;
    },
  };
}

function launchOrElse(clean: () => void, ...launching: Parameters<typeof launch>): ChildProcess {
  try {
    return launch(...launching);
  } catch (error) {
    clean();
    throw error;
  }
}

function launch(settings: FunctionSettings, runtimeApi: string, { runtime, tempDir }: ProcessTools): ChildProcess {
  const ownTemp = join(tempDir, settings.logicalId);
  mkdirSync(ownTemp, { recursive: true });
  const heap = `--max-old-space-size=${Math.floor(settings.memoryMb * HEAP_SHARE)}`;
  const packages = settings.code.installsPackages ? 'installed' : 'own';
  return spawn(process.execPath, [heap, ...runtime.argumentsFor(packages)], {
    cwd: settings.code.taskRoot,
    env: environmentOf(settings, runtimeApi, ownTemp),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
}

function readLines(stream: Readable | null, onLine: (line: string) => void): void {
  if (stream) createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', onLine);
}

function report(requestId: string, tookMs: number, memoryMb: number, peakMb: number | undefined): string {
  const peak = peakMb === undefined ? '' : `\tMax Memory Used: ${Math.ceil(peakMb)} MB`;
  return `REPORT RequestId: ${requestId}\tDuration: ${tookMs.toFixed(2)} ms\tMemory Size: ${memoryMb} MB${peak}`;
}

function resultOf(payload: string | undefined): InvokeResult {
  if (payload === undefined) {
    const message = `Response payload size exceeded maximum allowed payload size (${RESPONSE_BYTES} bytes).`;
    return failed('Function.ResponseSizeTooLarge', message);
  }
  const parsed = parsedJson(payload);
  return parsed ? { status: 'succeeded', payload: parsed.value } : failed('Runtime.InvalidResponse', 'is no JSON');
}

export function failed(errorType: string, errorMessage: string): InvokeResult {
  return { status: 'failed', payload: { errorType, errorMessage } };
}

function failedWith(payload: string): InvokeResult {
  const stated = z
    .object({ errorType: z.string(), errorMessage: z.string() })
    .partial()
    .safeParse(parsedJson(payload)?.value);
  return failed(stated.data?.errorType ?? 'Error', stated.data?.errorMessage ?? '');
}

/** Undefined when the text is no JSON. */
function parsedJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
