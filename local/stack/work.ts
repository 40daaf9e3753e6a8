import { startEventSources } from '../events/event-sources.ts';
import { startSchedules } from '../events/schedules.ts';
import { type FunctionRunner, startFunctions } from '../functions/function-runner.ts';
import type { Aws } from './aws.ts';
import type { StackBase } from './stack-base.ts';

/** Starts the functions and their triggers: queues and schedules. */
export async function startWork(base: StackBase, { messages, credentials }: Aws): Promise<FunctionRunner> {
  const { template, dataDir, clock, log, logs, metrics, accountConcurrency, awsServer, ending } = base;
  const polling = { stopped: Promise.resolve<unknown>(undefined) };
  ending.add(() => polling.stopped);
  const functions = await startFunctions(template, {
    dataDir,
    awsUrl: awsServer.url,
    credentialsFor: credentials.credentialsFor,
    logs,
    measure: metrics.measure,
    clock,
    accountConcurrency,
  });
  ending.add(functions.kill);
  const pollers = startEventSources(template, messages, functions, clock, log);
  ending.add((how) => {
    polling.stopped = Promise.all(pollers.map((poller) => poller.stop()));
    // A kill does not wait for invocations: a later step kills their processes.
    return how === 'stop' ? polling.stopped : undefined;
  });
  ending.add(startSchedules(template, functions.invoke, clock, log).stop);
  return functions;
}
