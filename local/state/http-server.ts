import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { cannotRun } from '../errors.ts';

export type HttpServer = {
  readonly port: number;
  readonly url: string;
  /** requests wait until it is set */
  readonly serve: (listener: RequestListener) => void;
  /** refuses new connections, closes idle ones, waits for running responses, then closes */
  readonly close: () => Promise<void>;
  readonly kill: () => void;
};

/**
 * Connections at once; further ones are closed at once. Each costs a file descriptor and some kilobytes, so that a client in a
 * loop would take both from the rest of the machine. Chosen by eye: twice what our load tests open.
 */
export const MOST_CONNECTIONS = 1000;

/** Listens on the loopback interface; port 0 selects a free one. */
export async function openServer(port: number, mostConnections = MOST_CONNECTIONS): Promise<HttpServer> {
  const server = createServer();
  server.maxConnections = mostConnections;
  const connections = followConnections(server);
  const waiting: Parameters<RequestListener>[] = [];
  let current: RequestListener = (...request) => waiting.push(request);
  server.on('request', (...request) => current(...request));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EADDRINUSE'
      ? cannotRun(`port ${port}`, 'is in use by another program; choose another port')
      : error;
  });
  const address = server.address() as AddressInfo;
  return {
    port: address.port,
    url: `http://127.0.0.1:${address.port}`,
    serve: (listener) => {
      current = listener;
      for (const request of waiting.splice(0)) listener(...request);
    },
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of connections.withoutRequest()) socket.destroy();
      await closed;
    },
    kill: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/**
 * The connections without a running request. Node's `closeIdleConnections` does not close connections that never sent a
 * request (browsers preconnect), and after `close` no timeout ends them.
 */
function followConnections(server: Server): { readonly withoutRequest: () => readonly Socket[] } {
  const requests = new Map<Socket, number>();
  server.on('connection', (socket) => {
    requests.set(socket, 0);
    socket.once('close', () => requests.delete(socket));
  });
  server.on('request', ({ socket }, response) => {
    requests.set(socket, (requests.get(socket) ?? 0) + 1);
    response.once('close', () => {
      const left = (requests.get(socket) ?? 1) - 1;
      if (requests.has(socket)) requests.set(socket, left);
      if (left === 0 && !server.listening) socket.destroySoon();
    });
  });
  return { withoutRequest: () => [...requests].filter(([, count]) => count === 0).map(([socket]) => socket) };
}

/** Listens on the port if it is free, else on any free port. */
export async function openServerNear(port: number): Promise<HttpServer> {
  try {
    return await openServer(port);
  } catch {
    return openServer(0);
  }
}
