import { type AlarmBoard, startAlarmBoard } from '../alarms/alarm-board.ts';
import { measureQueues } from '../alarms/queue-metrics.ts';
import { controlListener } from '../control.ts';
import { notifyTopics } from '../events/alarm-topics.ts';
import { openServer } from '../state/http-server.ts';
import type { Aws } from './aws.ts';
import type { StackBase } from './stack-base.ts';

export type Watch = { readonly board: AlarmBoard; readonly controlUrl: string };

/** Starts the alarms and the control server that lists them. */
export async function startWatch(base: StackBase, { messages, emulators }: Aws): Promise<Watch> {
  const { template, clock, log, metrics, ending } = base;
  const sample = (atMs: number) => measureQueues(messages.queues, atMs, metrics.measure);
  const board = startAlarmBoard(
    template,
    metrics,
    clock,
    sample,
    notifyTopics(emulators.sns, template.region, log),
    log,
  );
  ending.add(board.stop);
  const control = await openServer(0);
  ending.add(control.kill);
  control.serve(controlListener({ alarms: board.states, metrics: metrics.all }));
  return { board, controlUrl: control.url };
}
