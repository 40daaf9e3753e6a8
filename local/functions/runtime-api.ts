import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answering } from '../state/answering.ts';
import { readBody } from '../state/read-body.ts';
import { RESPONSE_BYTES } from './payload-limits.ts';

/** One invocation, as sent to a process. */
export type Assignment = {
  readonly requestId: string;
  readonly event: string;
  readonly deadlineMs: number;
  readonly functionArn: string;
};

/** The calls of a process to the runtime API. */
export type RuntimeListener = {
  /** GET invocation/next: respond with `give` */
  readonly onNext: (give: (assignment: Assignment) => void) => void;
  /** `payload` is undefined when it exceeds `RESPONSE_BYTES` */
  readonly onResponse: (requestId: string, payload: string | undefined) => void;
  readonly onError: (requestId: string, payload: string) => void;
  readonly onInitError: (payload: string) => void;
};

export type RuntimeApi = {
  /** The address for one process, as `AWS_LAMBDA_RUNTIME_API` takes it. */
  readonly register: (listener: RuntimeListener) => { readonly address: string; readonly unregister: () => void };
  readonly close: () => void;
};

/** Lambda's runtime API for every function process of the stack, each under a random path that is its secret. */
export async function startRuntimeApi(): Promise<RuntimeApi> {
  const listeners = new Map<string, RuntimeListener>();
  const server = createServer(
    answering(
      (request, response) => serve(listeners, request, response),
      (_request, response) => sendStatus(response, 500),
    ),
  );
  // invocation/next is a long poll without a timeout.
  server.requestTimeout = 0;
  server.keepAliveTimeout = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  return {
    register: (listener) => {
      const token = randomUUID();
      listeners.set(token, listener);
      return { address: `127.0.0.1:${port}/${token}`, unregister: () => listeners.delete(token) };
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function serve(
  listeners: ReadonlyMap<string, RuntimeListener>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [, token = '', , , ...path] = (request.url ?? '').split('/');
  const listener = listeners.get(token);
  if (!listener) return sendStatus(response, 403);
  if (path.join('/') === 'invocation/next') return listener.onNext((assignment) => giveTo(response, assignment));
  sendStatus(response, take(listener, path, (await readBody(request, RESPONSE_BYTES))?.toString()));
}

/** Tells the listener; returns the status of the response. `body` is undefined when it is too large. */
function take(listener: RuntimeListener, path: readonly string[], body: string | undefined): number {
  const [kind, requestId = '', outcome] = path;
  if (kind === 'init') listener.onInitError(body ?? '{}');
  else if (outcome === 'response') listener.onResponse(requestId, body);
  else if (outcome === 'error') listener.onError(requestId, body ?? '{}');
  else return 404;
  return body === undefined ? 413 : 202;
}

function giveTo(response: ServerResponse, { requestId, event, deadlineMs, functionArn }: Assignment): void {
  response.writeHead(200, {
    'content-type': 'application/json',
    'lambda-runtime-aws-request-id': requestId,
    'lambda-runtime-deadline-ms': String(deadlineMs),
    'lambda-runtime-invoked-function-arn': functionArn,
    'lambda-runtime-trace-id': `Root=1-${requestId.slice(0, 8)}-${requestId.replaceAll('-', '').slice(8, 32)};Sampled=0`,
  });
  response.end(event);
}

function sendStatus(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end('{}');
}
