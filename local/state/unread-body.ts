import type { IncomingMessage, ServerResponse } from 'node:http';

/** Time for the client of an unread body to stop sending before its connection is closed. */
const DRAIN_MS = 1000;
/** An unread body of this length at most is discarded, and its connection kept. */
const SHORT_BODY_BYTES = 64 * 1024;

/**
 * Sends a response to a request whose body is not read to its end. The rest is discarded, so that the client sees the
 * response; behind a long one the connection is closed.
 */
export function sendBeforeBody(response: ServerResponse, send: () => void): void {
  const { req } = response;
  const isLong = leavesLongBody(req);
  if (isLong) response.setHeader('connection', 'close');
  send();
  req.resume();
  if (!isLong) return;
  const timeout = setTimeout(() => req.destroy(), DRAIN_MS).unref();
  req.socket.once('close', () => clearTimeout(timeout));
}

function leavesLongBody({ complete, headers }: IncomingMessage): boolean {
  if (complete) return false;
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > SHORT_BODY_BYTES;
}
