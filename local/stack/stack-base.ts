import { join, resolve } from 'node:path';
import { type MetricStore, metricStore } from '../alarms/metric-store.ts';
import { systemClock } from '../clock.ts';
import { DEFAULT_ACCOUNT_CONCURRENCY } from '../functions/account-concurrency.ts';
import type { Cleanup } from '../state/cleanup.ts';
import type { HttpServer } from '../state/http-server.ts';
import { lockDirectory } from '../state/lock.ts';
import { type Logs, openLogs } from '../state/logs.ts';
import { openAwsServer } from '../state/ports.ts';
import { loadTemplate } from '../template.ts';
import type { Clock, Log, StackOptions, Template } from '../types.ts';

/** What every part of a running stack needs. */
export type StackBase = {
  readonly template: Template;
  readonly dataDir: string;
  readonly clock: Clock;
  /** for the person at the terminal */
  readonly log: Log;
  /** log files of functions and API */
  readonly logs: Logs;
  readonly metrics: MetricStore;
  readonly accountConcurrency: number;
  readonly indexLagMs: number;
  /** the server of the AWS endpoint, still without a handler */
  readonly awsServer: HttpServer;
  readonly ending: Cleanup;
};

/** The stack's region and account; the account id is the emulators'. */
const PLACE = { region: 'us-east-1', accountId: '000000000000' };

/** Locks the data directory and loads the template. */
export async function openStackBase(options: StackOptions, ending: Cleanup): Promise<StackBase> {
  const { clock = systemClock, onLog: log = () => undefined } = options;
  const { accountConcurrency = DEFAULT_ACCOUNT_CONCURRENCY, indexLagMs = 0 } = options;
  const dataDir = resolve(options.dataDir);
  const { release } = lockDirectory(dataDir);
  ending.add(release);
  const awsServer = await openAwsServer(dataDir, log);
  ending.add((how) => (how === 'stop' ? awsServer.close() : awsServer.kill()));
  const template = loadTemplate(options.assemblyDir, { ...PLACE, awsUrl: awsServer.url }, options.stackName);
  const logs = openLogs(join(dataDir, 'logs'), log);
  ending.add(logs.close);
  return {
    template,
    dataDir,
    clock,
    log,
    logs,
    metrics: metricStore(),
    accountConcurrency,
    indexLagMs,
    awsServer,
    ending,
  };
}
