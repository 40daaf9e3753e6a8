import type { Clock, Measure } from '../types.ts';
import type { Answer } from './answer.ts';
import { type ContextVariables, substitute } from './context-variables.ts';
import type { RestApi } from './rest-api.ts';
import type { RoutePattern } from './routing.ts';
import { type Stage, settingOf } from './stages.ts';

/** Takes one line of a stage's access log, without a line break. */
export type AccessLog = (line: string, logGroupArn: string) => void;

type Listeners = {
  readonly api: RestApi;
  readonly clock: Clock;
  readonly measure?: Measure;
  readonly accessLog?: AccessLog;
};

/** The outcome of one request. */
export type RequestOutcome = {
  readonly stage: Stage;
  readonly match: RoutePattern | undefined;
  readonly variables: ContextVariables;
  readonly answer: Answer;
  readonly latencyMs: number;
  /** absent when the integration was not called */
  readonly integrationMs?: number;
};

/** Writes the access log line and the metrics of a request. */
export function observeRequest({ api, clock, measure, accessLog }: Listeners, outcome: RequestOutcome): void {
  const { stage, match } = outcome;
  if (stage.accessLog) accessLog?.(logLine(stage.accessLog.format, outcome), stage.accessLog.logGroupArn);
  if (!measure) return;
  const perMethod = match && settingOf(stage, match)?.MetricsEnabled;
  const dimensions = [
    { ApiName: api.name },
    { ApiName: api.name, Stage: stage.name },
    ...(perMethod
      ? [{ ApiName: api.name, Stage: stage.name, Resource: match.resourcePath, Method: match.method }]
      : []),
  ];
  for (const [metric, value, unit] of values(outcome)) {
    for (const each of dimensions) {
      measure({ namespace: 'AWS/ApiGateway', metric, dimensions: each, value, unit, atMs: clock.now() });
    }
  }
}

function values({ answer: { statusCode }, latencyMs, integrationMs }: RequestOutcome): [string, number, string][] {
  return [
    ['Count', 1, 'Count'],
    ['4XXError', statusCode >= 400 && statusCode < 500 ? 1 : 0, 'Count'],
    ['5XXError', statusCode >= 500 ? 1 : 0, 'Count'],
    ['Latency', latencyMs, 'Milliseconds'],
    ...(integrationMs === undefined
      ? []
      : [['IntegrationLatency', integrationMs, 'Milliseconds'] as [string, number, string]]),
  ];
}

function logLine(format: string, { variables, answer, latencyMs, integrationMs }: RequestOutcome): string {
  const all = new Map([
    ...variables,
    ['status', String(answer.statusCode)],
    ['responseLatency', String(Math.round(latencyMs))],
    ['responseLength', String(answer.body.length)],
    ...(integrationMs === undefined
      ? []
      : ([
          ['integrationLatency', String(Math.round(integrationMs))],
          ['integration.latency', String(Math.round(integrationMs))],
        ] as const)),
    ...(answer.error
      ? ([
          ['error.message', answer.error.message],
          ['error.messageString', JSON.stringify(answer.error.message)],
          ['error.responseType', answer.error.type],
        ] as const)
      : []),
  ]);
  // Escaped against log injection.
  const escaped = new Map(
    [...all].map(([name, value]) => [
      name,
      name === 'error.messageString' ? value : JSON.stringify(value).slice(1, -1),
    ]),
  );
  return substitute(format, escaped, '-');
}
