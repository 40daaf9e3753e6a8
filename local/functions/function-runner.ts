import { join } from 'node:path';
import { embeddedMetrics } from '../alarms/embedded-metrics.ts';
import { cannotRun } from '../errors.ts';
import { readProperties } from '../read-properties.ts';
import { installRuntime } from '../runtime/install.ts';
import type { Logs } from '../state/logs.ts';
import { LambdaFunction } from '../template/known/compute.ts';
import { resourcesOf } from '../template.ts';
import type { Clock, Credentials, Invoke, Measure, Resource, Template } from '../types.ts';
import { accountConcurrency } from './account-concurrency.ts';
import { codeOf, dropOtherCode } from './code.ts';
import { type FunctionSettings, processLimit } from './environment.ts';
import { type Invocable, invocablesOf, versionOf } from './invocables.ts';
import { type FunctionPool, functionPool } from './pool.ts';
import { startRuntimeApi } from './runtime-api.ts';

export type FunctionRunner = {
  readonly invoke: Invoke;
  /** maximum of concurrent calls of a function on this machine */
  readonly processLimitOf: (functionLogicalId: string) => number;
  /** ids of the running processes of a function */
  readonly processIdsOf: (functionLogicalId: string) => readonly number[];
  /** kills every process */
  readonly kill: () => Promise<void>;
};

export type RunnerOptions = {
  readonly dataDir: string;
  readonly awsUrl: string;
  readonly credentialsFor: (roleLogicalId: string) => Credentials;
  /** each line of a function's log, and a REPORT line per invocation */
  readonly logs: Logs;
  readonly measure: Measure;
  readonly clock: Clock;
  readonly accountConcurrency: number;
};

/** Prepares every function of the template; processes start at the first invocation. */
export async function startFunctions(template: Template, options: RunnerOptions): Promise<FunctionRunner> {
  const { dataDir, measure, clock, logs } = options;
  const runtimeApi = await startRuntimeApi();
  const tools = { runtimeApi, runtime: installRuntime(join(dataDir, 'runtime')), tempDir: join(dataDir, 'tmp') };

  const invocables = new Map(invocablesOf(template).map((each) => [each.logicalId, each]));
  const settings = new Map(
    resourcesOf(template, 'AWS::Lambda::Function').map((each) => [
      each.logicalId,
      settingsOf(each, versionOf([...invocables.values()], each.logicalId), template, options),
    ]),
  );
  dropOtherCode(
    join(dataDir, 'code'),
    [...settings.values()].map(({ code }) => code),
  );
  const account = accountConcurrency(options.accountConcurrency, [...settings.values()]);
  const pools = new Map<string, FunctionPool>();
  for (const [logicalId, each] of settings) {
    const onLine = (line: string) => {
      logs.write(each.name, line);
      for (const datum of embeddedMetrics(line, clock.now())) measure(datum);
    };
    pools.set(logicalId, functionPool(each, account, tools, onLine));
  }
  const invoke: Invoke = async (logicalId, event) => {
    const invocable = invocables.get(logicalId);
    const pool = pools.get(invocable?.function.logicalId ?? '');
    if (!invocable || !pool) throw cannotRun(logicalId, 'is no function of this stack');
    const startedMs = performance.now();
    const result = await pool.invoke(event, invocable.arn);
    measureInvocation(invocable, result.status, performance.now() - startedMs);
    return result;
  };
  const measureInvocation = (invocable: Invocable, status: string, tookMs: number) => {
    if (status === 'too-large') return;
    const values =
      status === 'throttled'
        ? { Throttles: 1 }
        : { Invocations: 1, Errors: Number(status === 'failed'), Throttles: 0, Duration: tookMs };
    const version = settings.get(invocable.function.logicalId)?.version ?? '';
    for (const [metric, value] of Object.entries(values)) {
      for (const dimensions of metricDimensions(invocable, version)) {
        measure({ namespace: 'AWS/Lambda', metric, dimensions, value, atMs: clock.now() });
      }
    }
  };

  return {
    invoke,
    processLimitOf: (logicalId) => {
      const found = settings.get(logicalId);
      return found ? processLimit(found) : 1;
    },
    processIdsOf: (logicalId) => pools.get(logicalId)?.processIds() ?? [],
    kill: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.kill()));
      runtimeApi.close();
    },
  };
}

/**
 * The dimensions of AWS/Lambda's metrics: of all functions together, of the function, and of the alias. AWS says which version
 * ran while an alias routes to two; here it is always said.
 */
function metricDimensions({ function: { physicalId: FunctionName }, qualifier }: Invocable, ExecutedVersion: string) {
  const ofAll = [{}, { FunctionName }];
  if (qualifier === undefined) return ofAll;
  const Resource = `${FunctionName}:${qualifier}`;
  return [...ofAll, { FunctionName, Resource }, { FunctionName, Resource, ExecutedVersion }];
}

function settingsOf(
  resource: Resource,
  version: string,
  template: Template,
  { dataDir, awsUrl, credentialsFor }: RunnerOptions,
): FunctionSettings {
  const properties = readProperties(resource, LambdaFunction);
  const role = resourcesOf(template, 'AWS::IAM::Role').find(({ arn }) => arn === properties.Role);
  if (!role)
    throw cannotRun(`${resource.logicalId} (${resource.type})`, `its role ${properties.Role} is not in the template`);
  return {
    logicalId: resource.logicalId,
    name: resource.physicalId,
    version,
    region: template.region,
    memoryMb: properties.MemorySize,
    timeoutMs: properties.Timeout * 1000,
    reservedConcurrency: properties.ReservedConcurrentExecutions,
    variables: properties.Environment?.Variables ?? {},
    code: codeOf(resource, properties, template, join(dataDir, 'code')),
    credentials: credentialsFor(role.logicalId),
    awsUrl,
  };
}
