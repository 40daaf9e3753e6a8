import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type MovableClock, movableClock } from '../../../local/clock.ts';
import { createGateway, type GatewayOptions } from '../../../local/gateway/gateway.ts';
import { openQuotas } from '../../../local/gateway/usage-plans.ts';
import type { Datum, InvokeResult, Template } from '../../../local/types.ts';
import { close, listen } from '../gate/running-gate.ts';
import { template as gatewayTemplate } from './gateway-template.ts';

export type Event = { readonly [name: string]: unknown };
type Headers = { readonly [name: string]: string };

/** What the functions behind a gateway answer; a test may set another. */
export type Answers = {
  echo: (event: unknown) => InvokeResult | Promise<InvokeResult>;
  authorize: (event: Event) => InvokeResult;
};

/** A gateway of its own, in front of functions that answer as a test says. */
export type RunningGateway = {
  readonly url: string;
  readonly answers: Answers;
  readonly options: GatewayOptions;
  readonly clock: MovableClock;
  /** the events that its authorizers were asked with */
  readonly asked: readonly Event[];
  /** the lines of its access log */
  readonly lines: readonly string[];
  readonly metrics: readonly Datum[];
  readonly get: (path: string, headers?: Headers) => Promise<Response>;
  /** what so many requests in a row are answered with */
  readonly statuses: (count: number, path: string, headers?: Headers) => Promise<number[]>;
  /** where it keeps quotas */
  readonly dataDir: string;
  /** ends it; what it kept stays, for another to start with */
  readonly close: () => Promise<void>;
  /** ends it and clears its directory away */
  readonly stop: () => Promise<void>;
};

/** Serves the fixture's template. */
export async function startGateway(
  dataDir = mkdtempSync(join(tmpdir(), 'gateway-')),
  template: Template = gatewayTemplate,
): Promise<RunningGateway> {
  const answers: Answers = { echo, authorize: () => letIn('Allow', '*') };
  const [asked, lines, metrics]: [Event[], string[], Datum[]] = [[], [], []];
  const clock = movableClock();
  const options: GatewayOptions = {
    invoke: async (functionId, event) => (functionId === 'Echo' ? answers.echo(event) : authorize(event as Event)),
    quotas: openQuotas(dataDir, clock.now),
    clock,
    measure: (datum) => metrics.push(datum),
    accessLog: (line) => lines.push(line),
  };
  const authorize = (event: Event) => {
    asked.push(event);
    return answers.authorize(event);
  };
  const server = createServer(createGateway(template, options).listener);
  const url = await listen(server);
  const stop = async () => {
    await close(server);
    rmSync(dataDir, { recursive: true });
  };
  const seen = { asked, lines, metrics };
  return { ...asking(url), ...seen, url, answers, options, clock, dataDir, close: () => close(server), stop };
}

function asking(url: string): Pick<RunningGateway, 'get' | 'statuses'> {
  const get = (path: string, headers: Headers = {}) => fetch(`${url}${path}`, { headers });
  const statuses = async (count: number, path: string, headers: Headers = {}) => {
    const all: number[] = [];
    for (let index = 0; index < count; index++) all.push((await get(path, headers)).status);
    return all;
  };
  return { get, statuses };
}

/** The function’s answer that holds its event. */
export const echo = (event: unknown): InvokeResult => ({
  status: 'succeeded',
  payload: { statusCode: 200, body: JSON.stringify(event) },
});

/** An authorizer’s answer. */
export const letIn = (effect: 'Allow' | 'Deny', resource: string, more: object = {}): InvokeResult => ({
  status: 'succeeded',
  payload: {
    principalId: 'p',
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: effect, Action: 'execute-api:Invoke', Resource: resource }],
    },
    context: { name: 'ada', level: 3 },
    ...more,
  },
});

export const failed = (errorMessage: string): InvokeResult => ({
  status: 'failed',
  payload: { errorType: 'Error', errorMessage },
});
