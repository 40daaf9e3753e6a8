import type { RequestListener } from 'node:http';
import { answering } from './state/answering.ts';
import type { AlarmState, Datum } from './types.ts';

/** The data of the control server. */
export type ControlSources = {
  readonly alarms: () => readonly AlarmState[];
  readonly metrics: () => readonly Datum[];
};

/** Read-only pages on a port of their own: `/_local/alarms` and `/_local/metrics`, as JSON. */
export function controlListener(sources: ControlSources): RequestListener {
  const pages = new Map<string, () => unknown>([
    ['/_local/alarms', sources.alarms],
    ['/_local/metrics', sources.metrics],
  ]);
  return answering(
    ({ url = '' }, response) => {
      const page = pages.get(url);
      const content = JSON.stringify(page ? page() : { pages: [...pages.keys()] });
      response.writeHead(page ? 200 : 404, { 'content-type': 'application/json' }).end(content);
    },
    (_request, response) => {
      response.writeHead(500).end();
    },
  );
}
