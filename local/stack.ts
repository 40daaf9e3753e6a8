import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startAlarmBoard } from './alarms/alarm-board.ts';
import { metricStore } from './alarms/metric-store.ts';
import { measureQueues } from './alarms/queue-metrics.ts';
import { systemClock } from './clock.ts';
import { controlListener } from './control.ts';
import { type MessageEmulators, startMessageEmulators } from './emulators/message-emulators.ts';
import { followClock, startRetention } from './emulators/pass-time.ts';
import { provision } from './emulators/provision.ts';
import { startTableEmulator } from './emulators/tables.ts';
import { cannotRun } from './errors.ts';
import { notifyTopics } from './events/alarm-topics.ts';
import { bucketNotifications } from './events/bucket-notifications.ts';
import { startEventSources } from './events/event-sources.ts';
import { startSchedules } from './events/schedules.ts';
import { startFunctions } from './functions/function-runner.ts';
import { openApiKeys } from './gateway/api-key-store.ts';
import { createApiKeysControlPlane } from './gateway/api-keys-control-plane.ts';
import { openQuotas } from './gateway/usage-plans.ts';
import { startGateways } from './gateway-servers.ts';
import { createAwsGate } from './iam/aws-gate.ts';
import { openCredentials } from './iam/credential-store.ts';
import type { InProcess } from './iam/forward.ts';
import { type Cleanup, cleanup } from './state/cleanup.ts';
import { openServer } from './state/http-server.ts';
import { lockDirectory } from './state/lock.ts';
import { openLogs } from './state/logs.ts';
import { openAwsServer } from './state/ports.ts';
import { loadTemplate } from './template.ts';
import type { Clock, Emulators, Log, StackHandle, StackOptions, Template } from './types.ts';

/** Where the stack believes to be. The account is the one that the emulators know. */
const PLACE = { region: 'us-east-1', accountId: '000000000000' };

/**
 * Runs a synthesized stack on this machine until it is stopped.
 *
 * @throws CannotRunError when the template holds what the runner does not know, the data directory is in use or holds
 * other tables, or the port is taken
 */
export async function startStack(options: StackOptions): Promise<StackHandle> {
  const ending = cleanup();
  try {
    return await start(options, ending);
  } catch (error) {
    await ending.run('kill');
    throw error;
  }
}

async function start(options: StackOptions, ending: Cleanup): Promise<StackHandle> {
  const { clock = systemClock, onLog: log = () => undefined } = options;
  const dataDir = resolve(options.dataDir);
  const { release } = lockDirectory(dataDir);
  ending.add(release);
  const awsServer = await openAwsServer(dataDir, log);
  ending.add((how) => (how === 'stop' ? awsServer.close() : awsServer.kill()));
  const template = loadTemplate(options.assemblyDir, { ...PLACE, awsUrl: awsServer.url }, options.stackName);
  const { messages, urls, calls } = await startEmulators(template, dataDir, clock, log, ending);

  const credentials = openCredentials(template, dataDir);
  const notifications = bucketNotifications(template, messages, dataDir);
  ending.add(notifications.close);
  const keys = openApiKeys(template, dataDir, clock.now);
  const gate = createAwsGate(template, {
    apiGateway: createApiKeysControlPlane(template, keys, clock.now),
    emulators: urls,
    inProcess: calls,
    credentials,
    clock,
    onLog: log,
    onObjectCreated: notifications.onObjectCreated,
  });
  ending.add(gate.close);
  awsServer.serve(gate.listener);

  const logs = openLogs(join(dataDir, 'logs'));
  ending.add(logs.close);
  const accessLog = (line: string, logGroupArn: string) =>
    logs.write(logGroupArn.replace(/^.*:log-group:/, '').replace(/:\*$/, ''), line);
  const metrics = metricStore();
  const { credentialsFor } = credentials;
  const polling = { stopped: Promise.resolve<unknown>(undefined) };
  ending.add(() => polling.stopped);
  const functions = await startFunctions(template, {
    dataDir,
    awsUrl: awsServer.url,
    credentialsFor,
    logs,
    measure: metrics.measure,
    clock,
  });
  ending.add(functions.kill);
  const sample = (atMs: number) => measureQueues(messages.queues, atMs, metrics.measure);
  const board = startAlarmBoard(template, metrics, clock, sample, notifyTopics(urls.sns, template.region, log), log);
  ending.add(board.stop);
  const control = await openServer(0);
  ending.add(control.kill);
  control.serve(controlListener({ alarms: board.states, metrics: metrics.all }));

  const pollers = startEventSources(template, messages, functions, clock);
  ending.add((how) => {
    polling.stopped = Promise.all(pollers.map((poller) => poller.stop()));
    // A kill does not wait for invocations: they end with their processes, in a later step.
    return how === 'stop' ? polling.stopped : undefined;
  });
  const schedules = startSchedules(template, functions.invoke, clock, log);
  ending.add(schedules.stop);

  const quotas = openQuotas(dataDir, clock.now);
  ending.add(quotas.close);
  const gatewayOptions = {
    invoke: functions.invoke,
    keys,
    quotas,
    clock,
    measure: metrics.measure,
    accessLog,
    onLog: log,
  };
  const gateways = await startGateways(template, options.port, gatewayOptions, ending);

  return {
    ...gateways,
    awsUrl: awsServer.url,
    credentials: credentials.operator,
    credentialsFor,
    region: template.region,
    template,
    invoke: functions.invoke,
    alarms: board.states,
    metrics: metrics.all,
    processIdsOf: functions.processIdsOf,
    faults: gate.faults,
    queueDepth: (logicalId) => depthOf(template, messages, logicalId),
    controlUrl: control.url,
    stop: () => ending.run('stop'),
    kill: () => ending.run('kill'),
  };
}

function depthOf(template: Template, { queues }: MessageEmulators, logicalId: string): number {
  const queue = queues.getQueueByArn(template.resources.get(logicalId)?.arn ?? '');
  if (!queue) throw cannotRun(logicalId, 'is no queue of this stack');
  return queue.messages.length + queue.inflightMessages.size + queue.delayedMessages.length;
}

async function startEmulators(
  template: Template,
  dataDir: string,
  clock: Clock,
  log: Log,
  ending: Cleanup,
): Promise<{ messages: MessageEmulators; urls: Emulators; calls: InProcess }> {
  const tablesDir = join(dataDir, 'tables');
  mkdirSync(tablesDir, { recursive: true });
  const [messages, tables] = await Promise.all([
    startMessageEmulators(join(dataDir, 'messages'), template.region),
    startTableEmulator(tablesDir),
  ]);
  ending.add(messages.close);
  ending.add(tables.close);
  followClock(messages, clock);
  ending.add(startRetention(messages, clock).stop);
  await provision(template, messages, tables.url, log);
  const calls = new Map([messages, tables].map(({ url, call }) => [url, call]));
  return { messages, calls, urls: { s3: messages.url, sqs: messages.url, sns: messages.url, dynamodb: tables.url } };
}
