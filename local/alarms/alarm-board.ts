import { readProperties } from '../read-properties.ts';
import { CompositeAlarm, MetricAlarm } from '../template/known/observability.ts';
import { resourcesOf } from '../template.ts';
import type { AlarmState, Clock, Log, Resource, Template } from '../types.ts';
import { parseAlarmRule } from './alarm-rule.ts';
import { judge, seriesOf, type Verdict } from './evaluate.ts';
import type { MetricStore } from './metric-store.ts';

export type AlarmBoard = { readonly states: () => readonly AlarmState[]; readonly stop: () => void };

/** Publishes an alarm's new state to one of its topics. */
export type Notify = (topicArn: string, alarm: AlarmState) => void;

type Watched = {
  readonly resource: Resource;
  readonly description: string;
  readonly evaluate: (nowMs: number, before: AlarmState['state']) => Verdict;
  readonly actions: { readonly [state in AlarmState['state']]: readonly string[] };
  readonly lookBackMs: number;
};

/** CloudWatch evaluates every alarm once a minute. */
const EVERY_MS = 60_000;

/**
 * Evaluates the template's alarms at each full minute of the clock: metric alarms first, then composite alarms.
 *
 * @param sample called before each evaluation, for gauges such as a queue's depth
 */
export function startAlarmBoard(
  template: Template,
  store: MetricStore,
  clock: Clock,
  sample: (atMs: number) => void,
  notify: Notify,
  log: Log,
): AlarmBoard {
  const stopping = new AbortController();
  const states = new Map<string, AlarmState>();
  const stateOf = (name: string) => states.get(name)?.state;
  const watched = [...plainAlarms(template, store, clock.now()), ...compositeAlarms(template, stateOf)];
  for (const { resource, description } of watched) {
    const { logicalId, physicalId: name } = resource;
    states.set(name, {
      logicalId,
      name,
      description,
      state: 'INSUFFICIENT_DATA',
      reason: 'not evaluated yet',
      sinceMs: clock.now(),
    });
  }
  const lookBackMs = Math.max(EVERY_MS, ...watched.map((each) => each.lookBackMs));

  const round = (nowMs: number) => {
    // 1 ms before the end of the period.
    sample(nowMs - 1);
    for (const each of watched) {
      const before = states.get(each.resource.physicalId);
      if (before) update(each, before, nowMs);
    }
    store.forgetBefore(nowMs - 2 * lookBackMs);
  };
  const update = (each: Watched, before: AlarmState, nowMs: number) => {
    const { state, reason } = each.evaluate(nowMs, before.state);
    const after = { ...before, state, reason, sinceMs: state === before.state ? before.sinceMs : nowMs };
    states.set(after.name, after);
    if (state === before.state) return;
    if (state === 'ALARM' || before.state === 'ALARM') log(`${state} ${after.name}: ${after.description} (${reason})`);
    for (const topicArn of each.actions[state]) notify(topicArn, after);
  };
  void (async () => {
    while (!stopping.signal.aborted) {
      const dueMs = (Math.floor(clock.now() / EVERY_MS) + 1) * EVERY_MS;
      await clock.sleep(dueMs - clock.now(), stopping.signal);
      if (!stopping.signal.aborted) round(Math.floor(clock.now() / EVERY_MS) * EVERY_MS);
    }
  })();
  return { states: () => [...states.values()], stop: () => stopping.abort() };
}

function plainAlarms(template: Template, store: MetricStore, startedMs: number): Watched[] {
  return resourcesOf(template, 'AWS::CloudWatch::Alarm').map((resource) => {
    const alarm = readProperties(resource, MetricAlarm);
    const { periodMs, valueAt } = seriesOf(alarm, store, `${resource.logicalId} (${resource.type})`);
    return {
      resource,
      description: alarm.AlarmDescription,
      actions: actionsOf(alarm),
      lookBackMs: alarm.EvaluationPeriods * periodMs,
      evaluate: (nowMs, before) => {
        const ends = Array.from({ length: alarm.EvaluationPeriods }, (_, index) => nowMs - index * periodMs);
        const periods = ends.map((endMs) => ({ value: valueAt(endMs), beginsMs: endMs - periodMs }));
        // Periods before this start of the runner are not missing data.
        const known = periods.filter(({ value, beginsMs }) => value !== undefined || beginsMs >= startedMs);
        return judge(
          alarm,
          known.map(({ value }) => value),
          before,
        );
      },
    };
  });
}

function compositeAlarms(template: Template, stateOf: (name: string) => AlarmState['state'] | undefined): Watched[] {
  return resourcesOf(template, 'AWS::CloudWatch::CompositeAlarm').map((resource) => {
    const alarm = readProperties(resource, CompositeAlarm);
    const rule = parseAlarmRule(alarm.AlarmRule, `${resource.logicalId} (${resource.type})`);
    return {
      resource,
      description: alarm.AlarmDescription,
      actions: actionsOf(alarm),
      lookBackMs: 0,
      evaluate: () => ({ state: rule(stateOf) ? 'ALARM' : 'OK', reason: alarm.AlarmRule }),
    };
  });
}

function actionsOf(alarm: MetricAlarm | CompositeAlarm): Watched['actions'] {
  const { ActionsEnabled, AlarmActions, OKActions, InsufficientDataActions } = alarm;
  if (!ActionsEnabled) return { ALARM: [], OK: [], INSUFFICIENT_DATA: [] };
  return { ALARM: AlarmActions, OK: OKActions, INSUFFICIENT_DATA: InsufficientDataActions };
}
