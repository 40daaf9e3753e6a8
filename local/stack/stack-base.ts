import { join, resolve } from 'node:path';
import { type MetricStore, metricStore } from '../alarms/metric-store.ts';
import { systemClock } from '../clock.ts';
import type { Cleanup } from '../state/cleanup.ts';
import type { HttpServer } from '../state/http-server.ts';
import { lockDirectory } from '../state/lock.ts';
import { type Logs, openLogs } from '../state/logs.ts';
import { openAwsServer } from '../state/ports.ts';
import { loadTemplate } from '../template.ts';
import type { Clock, Log, StackOptions, Template } from '../types.ts';

/** What every part of a running stack stands on. */
export type StackBase = {
  readonly template: Template;
  readonly dataDir: string;
  readonly clock: Clock;
  /** for the person at the terminal */
  readonly log: Log;
  /** of functions and API, on disk */
  readonly logs: Logs;
  readonly metrics: MetricStore;
  /** the door for AWS clients, not served yet */
  readonly awsServer: HttpServer;
  readonly ending: Cleanup;
};

/** Where the stack believes to be. The account is the one that the emulators know. */
const PLACE = { region: 'us-east-1', accountId: '000000000000' };

/** Takes the data directory and reads the template. */
export async function openStackBase(options: StackOptions, ending: Cleanup): Promise<StackBase> {
  const { clock = systemClock, onLog: log = () => undefined } = options;
  const dataDir = resolve(options.dataDir);
  const { release } = lockDirectory(dataDir);
  ending.add(release);
  const awsServer = await openAwsServer(dataDir, log);
  ending.add((how) => (how === 'stop' ? awsServer.close() : awsServer.kill()));
  const template = loadTemplate(options.assemblyDir, { ...PLACE, awsUrl: awsServer.url }, options.stackName);
  const logs = openLogs(join(dataDir, 'logs'));
  ending.add(logs.close);
  return { template, dataDir, clock, log, logs, metrics: metricStore(), awsServer, ending };
}
