import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type RunningFettle, startFettle } from '../journeys/running-stack.ts';
import { ALARM_FAULTS, type AlarmFault } from './alarm-faults.ts';
import { ACCOUNT_CONCURRENCY, prepare, SCENES, type SceneName, type Stage } from './scenes.ts';

const MINUTE_MS = 60_000;
/** In which functions do the work of a step, on an idle machine; a busy one needs some more steps. */
const STEP_REAL_MS = 250;
/** Beyond an alarm's rule: the fault begins within a period, and functions fall behind a clock that runs this fast. */
const SLACK_MINUTES = 4;
/** Longest time from a mend to OK: the last delivery of every message, and the longest range of any alarm. */
const CALM_MINUTES = 40;

type Outcome = { readonly onMinutes: number; readonly offMinutes: number };

const outcomes = new Map<string, Outcome>();
const played = new Map<SceneName, Promise<void>>();
let fettle: RunningFettle;
let stage: Stage;

beforeAll(async () => {
  fettle = await startFettle({}, undefined, { accountConcurrency: ACCOUNT_CONCURRENCY });
  stage = await prepare(fettle);
});

afterAll(async () => {
  const rows = ALARM_FAULTS.map(({ alarm, fault }) => {
    const { onMinutes = Number.NaN, offMinutes = Number.NaN } = outcomes.get(alarm) ?? {};
    return { alarm, fault, 'alarm after, min': onMinutes, 'OK after the mend, min': offMinutes };
  });
  console.table(rows);
  await fettle?.stop();
});

describe.each(ALARM_FAULTS)('$alarm', ({ alarm, scene, fault, developsMinutes = 0 }) => {
  it(`goes off within its rule when ${fault}, and returns to OK after the mend`, async () => {
    await playOnce(scene);
    const outcome = outcomes.get(alarm);
    expect(outcome?.onMinutes).toBeLessThanOrEqual(developsMinutes + ruleMinutesOf(alarm) + SLACK_MINUTES);
    expect(outcome?.offMinutes).toBeLessThanOrEqual(CALM_MINUTES);
  });
});

const stateOf = (alarm: string) =>
  fettle.stack.alarms().find(({ name }) => name.endsWith(`fettle-dev-${alarm}`))?.state;

const Rule = z.object({
  AlarmName: z.string(),
  EvaluationPeriods: z.coerce.number(),
  Period: z.coerce.number().optional(),
  Metrics: z.array(z.object({ MetricStat: z.object({ Period: z.coerce.number() }).optional() })).default([]),
});

/** The range that the alarm evaluates. */
function ruleMinutesOf(alarm: string): number {
  const rule = [...fettle.stack.template.resources.values()]
    .filter(({ type }) => type === 'AWS::CloudWatch::Alarm')
    .map(({ properties }) => Rule.parse(properties))
    .find(({ AlarmName }) => AlarmName === `fettle-dev-${alarm}`);
  const periodSeconds = rule?.Period ?? rule?.Metrics.find(({ MetricStat }) => MetricStat)?.MetricStat?.Period;
  return ((rule?.EvaluationPeriods ?? Number.NaN) * (periodSeconds ?? Number.NaN)) / 60;
}

function playOnce(scene: SceneName): Promise<void> {
  const playing = played.get(scene) ?? play(scene);
  played.set(scene, playing);
  return playing;
}

/** Begins a scene, waits for its alarms, mends it, and waits until every alarm is OK. */
async function play(name: SceneName): Promise<void> {
  const alarms = ALARM_FAULTS.filter(({ scene }) => scene === name);
  const { begin, eachMinute = async () => undefined, mend, stepSeconds = 60 } = SCENES[name];
  const most = Math.max(...alarms.map(({ alarm, developsMinutes = 0 }) => developsMinutes + ruleMinutesOf(alarm)));
  await begin(stage);
  const on = await minutesUntil('ALARM', alarms, most + SLACK_MINUTES, stepSeconds, () => eachMinute(stage));
  await mend(stage);
  const off = await minutesUntil('OK', alarms, CALM_MINUTES, 60, async () => undefined);
  for (const { alarm } of alarms) {
    outcomes.set(alarm, { onMinutes: on.get(alarm) ?? Number.NaN, offMinutes: off.get(alarm) ?? Number.NaN });
  }
}

/** When each of these alarms first had this state, in minutes from now; absent for one that did not in time. */
async function minutesUntil(
  state: 'ALARM' | 'OK',
  alarms: readonly AlarmFault[],
  mostMinutes: number,
  stepSeconds: number,
  eachStep: () => Promise<void>,
): Promise<ReadonlyMap<string, number>> {
  const { clock } = fettle;
  const begunMs = clock.now();
  const seen = new Map<string, number>();
  const minutes = () => Math.round((clock.now() - begunMs) / MINUTE_MS);
  while (seen.size < alarms.length && minutes() < mostMinutes) {
    await eachStep();
    await sleep(STEP_REAL_MS);
    clock.advance(stepSeconds * 1000);
    await sleep(STEP_REAL_MS);
    for (const { alarm } of alarms) if (!seen.has(alarm) && stateOf(alarm) === state) seen.set(alarm, minutes());
  }
  return seen;
}
