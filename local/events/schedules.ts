import { randomUUID } from 'node:crypto';
import { cannotRun } from '../errors.ts';
import { invocableNamed } from '../functions/invocables.ts';
import { readProperties } from '../read-properties.ts';
import { EventsRule } from '../template/known/compute.ts';
import { resourcesOf } from '../template.ts';
import type { Clock, Invoke, Log, Resource, Template } from '../types.ts';
import { requirePermission } from './lambda-permissions.ts';
import { nextTimeOf } from './schedule-expression.ts';

export type Schedules = { readonly stop: () => void };

/**
 * Lambda retries a failed asynchronous invocation after one minute, then after two more. A target's `RetryPolicy` is for
 * events that EventBridge cannot deliver; there are none here.
 */
const RETRY_PAUSES_MS = [60_000, 120_000];
/** A throttled asynchronous invocation is no failure: it is tried again after 1 s, then later, for six hours at most. */
const FIRST_THROTTLED_MS = 1000;
const LONGEST_THROTTLED_MS = 300_000;
const EVENT_AGE_MS = 6 * 3_600_000;
/** `setTimeout` takes at most 24 days; longer sleeps are split into hours. */
const LONGEST_SLEEP_MS = 3_600_000;

/** Invokes the targets of every enabled scheduled rule of the template at its times on the clock. */
export function startSchedules(template: Template, invoke: Invoke, clock: Clock, log: Log): Schedules {
  const stopping = new AbortController();
  for (const rule of resourcesOf(template, 'AWS::Events::Rule')) {
    const { ScheduleExpression, State, Targets } = readProperties(rule, EventsRule);
    const where = `${rule.logicalId} (${rule.type})`;
    const targets = Targets.map(({ Arn, Input }) => ({ targetId: targetOf(template, Arn, where), Input }));
    for (const { targetId } of targets)
      requirePermission(template, targetId, 'events.amazonaws.com', rule.arn ?? '', where);
    // A rule on events: those of its services, which do nothing here, never come.
    if (State === 'DISABLED' || ScheduleExpression === undefined) continue;
    const next = nextTimeOf(ScheduleExpression, where);
    const fire = () => {
      for (const { targetId, Input } of targets) {
        const event =
          Input === undefined ? scheduledEvent(template, rule, clock.now()) : (JSON.parse(Input) as unknown);
        const tell = (problem: string) => log(`${rule.logicalId}: ${targetId} failed on its schedule${problem}`);
        invokeWithRetries(() => invoke(targetId, event), clock, stopping.signal).then(
          (succeeded) => succeeded || tell(''),
          (error: unknown) => tell(`: ${String(error)}`),
        );
      }
    };
    void repeat(next, fire, clock, stopping.signal);
  }
  return { stop: () => stopping.abort() };
}

async function repeat(
  next: (afterMs: number) => number,
  fire: () => void,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  let dueMs = next(clock.now());
  while (!signal.aborted) {
    const leftMs = dueMs - clock.now();
    if (leftMs > 0) {
      await clock.sleep(Math.min(leftMs, LONGEST_SLEEP_MS), signal);
      continue;
    }
    fire();
    // Times missed while the machine slept are skipped.
    dueMs = next(clock.now());
  }
}

async function invokeWithRetries(
  invoke: () => ReturnType<Invoke>,
  clock: Clock,
  signal: AbortSignal,
): Promise<boolean> {
  const endsMs = clock.now() + EVENT_AGE_MS;
  const retries = RETRY_PAUSES_MS.values();
  for (let throttledMs = FIRST_THROTTLED_MS; ; throttledMs = Math.min(2 * throttledMs, LONGEST_THROTTLED_MS)) {
    const { status } = await invoke();
    if (status === 'succeeded' || signal.aborted) return true;
    const pauseMs = status === 'throttled' ? throttledMs : retries.next().value;
    if (pauseMs === undefined || clock.now() + pauseMs > endsMs) return false;
    await clock.sleep(pauseMs, signal);
  }
}

function targetOf(template: Template, arn: string, where: string): string {
  const found = invocableNamed(template, arn);
  if (!found) throw cannotRun(where, `its target ${arn} is no function of this stack`);
  return found.logicalId;
}

function scheduledEvent({ accountId, region }: Template, rule: Resource, nowMs: number): object {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: accountId,
    time: new Date(nowMs).toISOString().replace(/\.\d+Z$/, 'Z'),
    region,
    resources: [rule.arn ?? ''],
    detail: {},
  };
}
