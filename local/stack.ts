import type { MessageEmulators } from './emulators/message-emulators.ts';
import { cannotRun } from './errors.ts';
import { startAws } from './stack/aws.ts';
import { startGateways } from './stack/gateway-servers.ts';
import { openStackBase } from './stack/stack-base.ts';
import { startWatch } from './stack/watch.ts';
import { startWork } from './stack/work.ts';
import { containErrors } from './state/answering.ts';
import { type Cleanup, cleanup } from './state/cleanup.ts';
import type { StackHandle, StackOptions, Template } from './types.ts';

/**
 * Runs a synthesized stack on this machine until it is stopped.
 *
 * @throws CannotRunError when the template has unsupported parts, the data directory is in use or holds other tables, or the
 * port is in use
 */
export async function startStack(options: StackOptions): Promise<StackHandle> {
  const ending = cleanup();
  containErrors();
  try {
    return await start(options, ending);
  } catch (error) {
    await ending.run('kill');
    throw error;
  }
}

async function start(options: StackOptions, ending: Cleanup): Promise<StackHandle> {
  const base = await openStackBase(options, ending);
  const { template, metrics, awsServer } = base;
  const aws = await startAws(base);
  const { board, controlUrl } = await startWatch(base, aws);
  const { invoke, processIdsOf } = await startWork(base, aws);
  const gateways = await startGateways(base, invoke, options.port);

  return {
    ...gateways,
    awsUrl: awsServer.url,
    credentials: aws.credentials.operator,
    credentialsFor: aws.credentials.credentialsFor,
    region: template.region,
    template,
    invoke,
    processIdsOf,
    alarms: board.states,
    metrics: metrics.all,
    faults: aws.faults,
    queueDepth: (logicalId) => depthOf(template, aws.messages, logicalId),
    controlUrl,
    stop: () => ending.run('stop'),
    kill: () => ending.run('kill'),
  };
}

function depthOf(template: Template, { queues }: MessageEmulators, logicalId: string): number {
  const queue = queues.getQueueByArn(template.resources.get(logicalId)?.arn ?? '');
  if (!queue) throw cannotRun(logicalId, 'is no queue of this stack');
  return queue.messages.length + queue.inflightMessages.size + queue.delayedMessages.length;
}
