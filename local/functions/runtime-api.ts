import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

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
  readonly onResponse: (requestId: string, payload: string) => void;
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
  const server = createServer((request, response) => {
    const [, token = '', , , ...path] = (request.url ?? '').split('/');
    const listener = listeners.get(token);
    if (!listener) return answer(response, 403);
    if (path.join('/') === 'invocation/next') return listener.onNext((assignment) => giveTo(response, assignment));
    readBody(request, (body) => {
      answer(response, take(listener, path, body) ? 202 : 404);
    });
  });
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

function take(listener: RuntimeListener, [kind, requestId = '', outcome]: readonly string[], body: string): boolean {
  if (kind === 'init') listener.onInitError(body);
  else if (outcome === 'response') listener.onResponse(requestId, body);
  else if (outcome === 'error') listener.onError(requestId, body);
  else return false;
  return true;
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

function answer(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end('{}');
}

function readBody(request: IncomingMessage, done: (body: string) => void): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => done(Buffer.concat(chunks).toString()));
  request.on('error', () => undefined);
}
