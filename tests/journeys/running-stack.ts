import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inject, vi } from 'vitest';
import { accessTableOf } from '../../bin/deployment.ts';
import { isFinal } from '../../functions/jobs/job.ts';
import type { JobView } from '../../functions/jobs/jobs-contract.ts';
import { WorkspaceId } from '../../functions/platform/ids.ts';
import { METRIC_NAMESPACE, type MetricName } from '../../functions/platform/names/metrics.ts';
import type { Role } from '../../functions/platform/names/roles.ts';
import { API_PREFIX } from '../../functions/platform/names/routes.ts';
import { issueKey } from '../../functions/workspaces/key-issuer-store.ts';
import type { AccessTable } from '../../functions/workspaces/key-store.ts';
import { type MovableClock, movableClock } from '../../local/clock.ts';
import { startStack } from '../../local/stack.ts';
import type { StackHandle, StackOptions } from '../../local/types.ts';
import { type Client, look } from './client.ts';

// Seconds on an idle machine; a busy one must not fail them.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

/** Fettle's own template, running on this machine, with a clock that the test moves. */
export type RunningFettle = {
  readonly stack: StackHandle;
  readonly clock: MovableClock;
  readonly accessTable: AccessTable;
  /** a client with a new key of a workspace */
  readonly client: (workspaceId: string, role?: Role) => Promise<Client & { readonly keyId: string }>;
  /** configuration of AWS clients with the operator's permissions */
  readonly operator: Pick<StackHandle, 'region' | 'credentials'> & { readonly endpoint: string };
  readonly stop: () => Promise<void>;
};

/** Changes to the template before it runs: properties of functions, by construct. */
type FunctionChanges = {
  readonly [functionName: string]: { readonly MemorySize?: number; readonly Timeout?: number };
};

export const freshDataDir = (): string => mkdtempSync(join(tmpdir(), 'fettle-journey-'));

/**
 * @param dataDir of an earlier runner, to continue with its data
 * @param options a clock that was moved before the start, how late indexes are, and the account's concurrency
 */
export async function startFettle(
  changes: FunctionChanges = {},
  dataDir: string = freshDataDir(),
  {
    clock = movableClock(),
    ...options
  }: Pick<StackOptions, 'accountConcurrency' | 'indexLagMs'> & { readonly clock?: MovableClock } = {},
): Promise<RunningFettle> {
  const assemblyDir = Object.keys(changes).length > 0 ? changedAssembly(changes, dataDir) : inject('assemblyDir');
  const stack = await startStack({ ...options, assemblyDir, dataDir, port: 0, clock });
  const { region, credentials, awsUrl: endpoint, template } = stack;
  const outputs = Object.fromEntries(Object.entries(template.outputs).map(([name, value]) => [name, String(value)]));
  const accessTable = accessTableOf({ environmentName: 'dev', region, outputs, local: { endpoint, credentials } });
  return {
    stack,
    clock,
    accessTable,
    client: async (workspaceId, role = 'member') => {
      const { key, secret } = await issueKey(
        accessTable,
        { workspaceId: WorkspaceId.parse(workspaceId), role },
        new Date(),
      );
      return { url: `${stack.apiUrl}${API_PREFIX}`, key: secret, keyId: key.keyId };
    },
    operator: { region, credentials, endpoint },
    stop: async () => {
      await stack.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

type Resources = Record<string, { readonly Type: string; readonly Properties: Record<string, unknown> }>;

/** A copy of the shared assembly, in which functions are changed. */
function changedAssembly(changes: FunctionChanges, dataDir: string): string {
  const assemblyDir = join(dataDir, 'assembly');
  cpSync(inject('assemblyDir'), assemblyDir, { recursive: true });
  changeFunctions(join(assemblyDir, 'fettle-dev.template.json'), changes);
  return assemblyDir;
}

function changeFunctions(templateFile: string, changes: FunctionChanges): void {
  const template = JSON.parse(readFileSync(templateFile, 'utf8')) as { readonly Resources: Resources };
  const resources = Object.entries(template.Resources).map(([logicalId, { Type: type }]) => ({ logicalId, type }));
  for (const [name, properties] of Object.entries(changes)) {
    const id = idAmong(resources, 'AWS::Lambda::Function', `${name}Function`);
    Object.assign(template.Resources[id]?.Properties ?? {}, properties);
  }
  writeFileSync(templateFile, JSON.stringify(template));
}

type Named = { readonly logicalId: string; readonly type: string };

/** The only resource of this type whose logical id ends so, before the CDK's hash. */
function idAmong(resources: Iterable<Named>, type: string, ending: string): string {
  const ids = [...resources]
    .filter((each) => each.type === type && new RegExp(`${ending}[0-9A-F]{8}$`).test(each.logicalId))
    .map(({ logicalId }) => logicalId);
  const [first, ...others] = ids;
  if (first === undefined || others.length > 0) throw new Error(`expected one ${type} ${ending}, found ${ids}`);
  return first;
}

export type ResourceType =
  | 'AWS::DynamoDB::Table'
  | 'AWS::IAM::Role'
  | 'AWS::Lambda::Function'
  | 'AWS::S3::Bucket'
  | 'AWS::SQS::Queue';

export const logicalIdOf = ({ stack }: Pick<RunningFettle, 'stack'>, type: ResourceType, ending: string): string =>
  idAmong(stack.template.resources.values(), type, ending);

/** What `Ref` gives for it: a queue's URL, a table's or bucket's name. */
export const nameOf = (fettle: Pick<RunningFettle, 'stack'>, type: ResourceType, ending: string): string =>
  fettle.stack.template.resources.get(logicalIdOf(fettle, type, ending))?.physicalId ?? '';

/** Kills every process of a function. */
export function killProcessesOf(fettle: RunningFettle, functionName: string): void {
  const functionId = logicalIdOf(fettle, 'AWS::Lambda::Function', `${functionName}Function`);
  for (const pid of fettle.stack.processIdsOf(functionId)) process.kill(pid, 'SIGKILL');
}

/** How often a function was invoked to an end, or (`Errors`) has thrown, timed out or died. */
export function countOf(fettle: RunningFettle, metric: 'Invocations' | 'Errors', functionName: string): number {
  const name = nameOf(fettle, 'AWS::Lambda::Function', `${functionName}Function`);
  return fettle.stack
    .metrics()
    .filter((each) => each.metric === metric && each.dimensions.FunctionName === name && !each.dimensions.Resource)
    .reduce((sum, { value }) => sum + value, 0);
}

/** What the functions have counted under this name since the start. */
export const totalOf = ({ stack }: RunningFettle, metric: MetricName): number =>
  stack
    .metrics()
    .filter((each) => each.namespace === METRIC_NAMESPACE && each.metric === metric)
    .reduce((sum, { value }) => sum + value, 0);

export const jobsTableOf = (fettle: RunningFettle): string => nameOf(fettle, 'AWS::DynamoDB::Table', 'JobsTable');

/** Longer than any visibility timeout, so that every message in flight is redelivered. */
const BEYOND_VISIBILITY_MS = 181_000;

/** The functions that drain queues. */
const WORKERS = ['AssessPhoto', 'ConcludeJob', 'DeadPhotos'];

/** Moves time on until every failed message has been redelivered. */
export const redeliver = ({ clock }: RunningFettle): void => clock.advance(BEYOND_VISIBILITY_MS);

/**
 * A failed delivery. `Errors`: a worker that died; `Invocations`: every invocation, because some that ended well have reported
 * messages as failed.
 */
type Failure = 'Invocations' | 'Errors';

/** The failed deliveries of all workers so far. */
export const failuresOf = (fettle: RunningFettle, failure: Failure): number =>
  WORKERS.reduce((sum, worker) => sum + countOf(fettle, failure, worker), 0);

/**
 * Moves time on after each failure, so that failed messages are redelivered, until the condition holds.
 *
 * @param seen failures that leave nothing to redeliver; with time moved on for nothing, deliveries in flight are repeated
 */
export async function redeliverUntil(
  fettle: RunningFettle,
  failure: Failure,
  holds: () => boolean | Promise<boolean>,
  seen = 0,
): Promise<void> {
  for (;;) {
    const failures = failuresOf(fettle, failure);
    if (await holds()) return;
    if (failures > seen) redeliver(fettle);
    seen = failures;
    await sleep(50);
  }
}

/** Polls a job until it has ended, while failed messages are redelivered. */
export async function endedAfterFailures(
  fettle: RunningFettle,
  client: Client,
  jobId: string,
  failure: Failure,
  seen = 0,
): Promise<JobView> {
  await redeliverUntil(fettle, failure, async () => isFinal((await look(client, jobId)).status), seen);
  return look(client, jobId);
}

/** Resolves when the condition holds; rejects with its description at the timeout. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, seconds = 60): Promise<void> {
  const endsAt = Date.now() + seconds * 1000;
  while (!(await holds())) {
    if (Date.now() > endsAt) throw new Error(`waited in vain until ${what}`);
    await sleep(30);
  }
}
