import type { Failure } from './provider.ts';

/** For how long a provider is waited for. The function has 25 s, and needs a few of them to store and to value. */
const WAIT_MILLISECONDS = 12_000;

/** Most bytes of an answer, unpacked: a row has about two thousand, and an answer at most 240 rows. */
const MOST_BYTES = 4 * 1024 * 1024;

export type JsonAnswer =
  | { readonly status: 'received'; readonly body: unknown }
  | { readonly status: 'failed'; readonly failure: Failure; readonly retryAfterSeconds?: number };

export type JsonRequest = {
  readonly method?: 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

/**
 * Each call has a connection of its own: Lambda freezes an instance between invocations, and a connection that was kept is dead
 * afterwards, which would pass for a provider that cannot be reached.
 */
const ONE_CALL = { accept: 'application/json', connection: 'close' } as const;

/**
 * Asks once for JSON, within 12 s unless said otherwise and 4 MiB, and follows no redirect: a key must not reach another host. Whatever goes wrong is
 * a failure and no error; nothing of the request or the answer is in it.
 */
export async function fetchJson(
  url: URL,
  { headers, ...init }: JsonRequest,
  waitMilliseconds = WAIT_MILLISECONDS,
): Promise<JsonAnswer> {
  const signal = AbortSignal.timeout(waitMilliseconds);
  try {
    const response = await fetch(url, { ...init, headers: { ...headers, ...ONE_CALL }, redirect: 'manual', signal });
    const failure = failureOf(response.status);
    if (failure) {
      await response.body?.cancel();
      return { status: 'failed', failure, ...retryAfter(response.headers, new Date()) };
    }
    const text = await limitedText(response);
    return text === undefined ? UNREADABLE : { status: 'received', body: JSON.parse(text) };
  } catch (error) {
    if (signal.aborted) return { status: 'failed', failure: 'timed_out' };
    return error instanceof SyntaxError ? UNREADABLE : { status: 'failed', failure: 'unreachable' };
  }
}

const UNREADABLE = { status: 'failed', failure: 'unreadable' } as const;

function failureOf(status: number): Failure | undefined {
  if (status === 200) return undefined;
  if (status === 401 || status === 403) return 'key_refused';
  if (status === 429) return 'rate_limited';
  if (status >= 500) return 'server_error';
  return status >= 400 ? 'request_refused' : 'unreadable';
}

/** `Retry-After` in seconds or as a date (RFC 9110). */
function retryAfter(headers: Headers, now: Date): { readonly retryAfterSeconds?: number } {
  const text = headers.get('retry-after');
  if (text === null) return {};
  const seconds = /^\d+$/.test(text) ? Number(text) : (Date.parse(text) - now.getTime()) / 1000;
  return Number.isFinite(seconds) ? { retryAfterSeconds: Math.max(0, Math.ceil(seconds)) } : {};
}

/** The text of JSON; undefined when it is none by its type, or too long. */
async function limitedText({ headers, body }: Response): Promise<string | undefined> {
  if (!/\bjson\b/.test(headers.get('content-type') ?? '') || !body) {
    await body?.cancel();
    return undefined;
  }
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    // Leaving the loop cancels the rest.
    if (bytes > MOST_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
