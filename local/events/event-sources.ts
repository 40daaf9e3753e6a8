import type { SqsQueue } from '../emulators/fauxqs-parts.ts';
import type { MessageEmulators } from '../emulators/message-emulators.ts';
import { cannotRun } from '../errors.ts';
import type { FunctionRunner } from '../functions/function-runner.ts';
import { type Invocable, invocableNamed } from '../functions/invocables.ts';
import { readProperties } from '../read-properties.ts';
import { EventSourceMapping } from '../template/known/compute.ts';
import { resourcesOf } from '../template.ts';
import type { Clock, Log, Template } from '../types.ts';
import { type QueuePoller, startPoller } from './queue-poller.ts';

/** A poller for every enabled event source mapping of the template. */
export function startEventSources(
  template: Template,
  emulators: MessageEmulators,
  functions: FunctionRunner,
  clock: Clock,
  log: Log,
): QueuePoller[] {
  return resourcesOf(template, 'AWS::Lambda::EventSourceMapping').flatMap((mapping) => {
    const properties = readProperties(mapping, EventSourceMapping);
    const where = `${mapping.logicalId} (${mapping.type})`;
    const queue = emulators.queues.getQueueByArn(properties.EventSourceArn);
    if (!queue) throw cannotRun(where, `there is no queue ${properties.EventSourceArn}`);
    const { logicalId, function: own } = targetOf(template, properties.FunctionName, where);
    if (Number(queue.attributes.VisibilityTimeout) < Number(own.properties.Timeout ?? 3)) {
      throw cannotRun(where, `the visibility timeout of ${queue.name} is shorter than the timeout of ${own.logicalId}`);
    }
    if (!properties.Enabled) return [];
    makeVisible(queue);
    // A batch without a free process would wait for one while its visibility timeout runs.
    const most = properties.ScalingConfig?.MaximumConcurrency ?? Number.POSITIVE_INFINITY;
    const concurrency = Math.min(most, functions.processLimitOf(own.logicalId));
    const settings = { ...properties, region: template.region, concurrency };
    const onError = (error: unknown) => log(`${where}: a batch failed: ${String(error)}`);
    return [
      startPoller(queue, emulators.queues, settings, clock, (event) => functions.invoke(logicalId, event), onError),
    ];
  });
}

/** Ends the visibility timeout of in-flight messages: their receivers died with the earlier runner. */
function makeVisible(queue: SqsQueue): void {
  for (const entry of queue.inflightMessages.values()) entry.visibilityDeadline = 0;
  queue.processTimers();
}

/** A mapping names its function or alias by name or ARN. */
function targetOf(template: Template, name: string, where: string): Invocable {
  const found = invocableNamed(template, name);
  if (!found) throw cannotRun(where, `${name} is no function of this stack`);
  return found;
}
