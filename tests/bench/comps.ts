import { setTimeout as sleep } from 'node:timers/promises';
import type { Api } from '../../bin/api-client.ts';
import { type Figure, percentile } from './figure.ts';
import { requestMilliseconds } from './load.ts';

const ROWS = 100_000;
const WARM_UP = 5;
const REQUESTS = 40;
const POLL_MILLISECONDS = 500;

/** A generator of numbers that are the same at every run (the constants of Numerical Recipes). */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const SYLLABLES = 'an bel cor dan el far gri hol jan kel lor mar nel or pet quin ros sam tor ul van wil yor zan'.split(
  ' ',
);
const SETS = ['Topps', 'Upper Deck', 'Fleer', 'Donruss', 'Bowman Chrome', 'Panini Prizm', 'Score', 'Leaf'];
const ENDS = ['', '', '', ' PSA 9', ' PSA 10', ' RC', ' refractor', ' /99', ' auto', ' lot of 5'];

const pick = (words: readonly string[], below: (most: number) => number): string => words[below(words.length)] ?? '';

/** A card of one of some ten thousand players. */
function card(below: (most: number) => number): string {
  const name = [2, 3].map((parts) => Array.from({ length: parts }, () => pick(SYLLABLES, below)).join('')).join(' ');
  return `${1970 + below(50)} ${pick(SETS, below)} ${name} #${1 + below(400)}`;
}

/** Titles of things of which each is sold ten times, as those of a marketplace are. */
const CARDS = ((below) => Array.from({ length: ROWS / 10 }, () => card(below)))(numbersFrom(1));

function table(): string {
  const below = numbersFrom(2);
  const rows = Array.from({ length: ROWS }, (_, at) => {
    const day = new Date(Date.now() - (1 + below(300)) * 86_400_000).toISOString().slice(0, 10);
    const status = below(5) === 0 ? 'asking' : 'sold';
    return `${CARDS[at % CARDS.length]}${pick(ENDS, below)},${status},${20 + below(60)},USD,${day},bench,${at}`;
  });
  return ['title,status,price,currency,date,source,sourceId', ...rows].join('\n');
}

async function json(url: string, init: RequestInit): Promise<Record<string, unknown>> {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Record<string, unknown>;
}

/** Uploads a table of 100,000 comps; seconds from the file's arrival to its end, up to a minute of which the schedule waits. */
async function importSeconds({ url, key }: Api): Promise<number> {
  const file = table();
  const headers = { 'X-Api-Key': key, 'Content-Type': 'application/json' };
  const body = JSON.stringify({ kind: 'collectible', bytes: Buffer.byteLength(file) });
  const { uploadId, upload } = await json(`${url}/comps/uploads`, { method: 'POST', headers, body });
  const { url: formUrl, fields } = upload as { url: string; fields: Record<string, string> };
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new Blob([file]));
  const posted = await fetch(formUrl, { method: 'POST', body: form });
  if (!posted.ok) throw new Error(`the form answered ${posted.status}`);
  const startedMs = performance.now();
  for (;;) {
    const { status, detail, result } = await json(`${url}/comps/uploads/${uploadId}`, {
      headers: { 'X-Api-Key': key },
    });
    if (status === 'completed' && (result as { rows: number }).rows === ROWS)
      return (performance.now() - startedMs) / 1000;
    if (status === 'failed' || status === 'expired') throw new Error(`the upload ${status}: ${detail}`);
    await sleep(POLL_MILLISECONDS);
  }
}

/** Search and value over 100,000 stored comps, each time of another thing. */
export async function compsFigures(api: Api): Promise<Figure[]> {
  const seconds = await importSeconds(api);
  const queryOf = (time: number): string => CARDS[(time * 97) % CARDS.length] ?? '';
  const value = (times: number, from: number) =>
    requestMilliseconds(api, '/valuations', times, (time) => ({
      kind: 'collectible',
      query: queryOf(from + time),
      currency: 'USD',
    }));
  await value(WARM_UP, 0);
  const milliseconds = await value(REQUESTS, WARM_UP);
  return [
    {
      what: 'upload of 100,000 comps, file to stored, with up to 60 s until the schedule',
      measured: seconds,
      unit: 's',
    },
    { what: 'API, value by 100,000 comps, p50', measured: percentile(milliseconds, 0.5), unit: 'ms' },
    {
      what: 'API, value by 100,000 comps, p95',
      measured: percentile(milliseconds, 0.95),
      unit: 'ms',
      target: { is: 'at most', value: 300 },
    },
  ];
}
