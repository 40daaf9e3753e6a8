import type { RequestListener } from 'node:http';
import type { AlarmState, Datum } from './types.ts';

/** The data of the control server. */
export type ControlSources = {
  readonly alarms: () => readonly AlarmState[];
  readonly metrics: () => readonly Datum[];
};

/** Read-only pages on a port of their own: `/_local/alarms` and `/_local/metrics`, as JSON. */
export function controlListener(sources: ControlSources): RequestListener {
  const pages: { readonly [path: string]: () => unknown } = {
    '/_local/alarms': sources.alarms,
    '/_local/metrics': sources.metrics,
  };
  return ({ url = '' }, response) => {
    const page = pages[url];
    response.writeHead(page ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(page ? page() : { pages: Object.keys(pages) }));
  };
}
