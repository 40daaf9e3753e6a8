import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

/** Answers one request; it may throw, reject, and start callbacks that throw. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** Answers a request whose `Answer` failed; the response may be begun already. */
export type AnswerFailure = (request: IncomingMessage, response: ServerResponse, error: unknown) => void;

/** What to do with an error of the request that is being answered. */
const failing = new AsyncLocalStorage<(error: unknown) => void>();

/**
 * A request listener that contains failures: whatever `answer` throws or rejects with goes to `fail`, and so does, once
 * `containErrors` was called, what a callback throws that the request caused (a timer, an event, an unawaited promise).
 * A request whose failure cannot be answered either loses its connection, and nothing else ends.
 */
export function answering(answer: Answer, fail: AnswerFailure): RequestListener {
  return (request, response) => {
    const onError = (error: unknown) => {
      // An exception in a callback of Node's HTTP parser leaves the connection's parser in an unknown state.
      response.shouldKeepAlive = false;
      try {
        fail(request, response, error);
      } catch {
        response.destroy();
      }
    };
    failing
      .run(onError, async () => answer(request, response))
      // Reading from or writing to a client that is gone fails, which nobody needs to know.
      .catch((error: unknown) => response.destroyed || onError(error));
  };
}

/** Answers uncaught exceptions of requests as failures of theirs, until the process ends. Any other ends it, as before. */
export function containErrors(): void {
  if (!process.listeners('uncaughtException').includes(onUncaught)) process.on('uncaughtException', onUncaught);
}

function onUncaught(error: unknown): void {
  const onError = failing.getStore();
  if (onError) onError(error);
  else if (process.listenerCount('uncaughtException') === 1) throw error;
}
