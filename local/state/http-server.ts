import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { cannotRun } from '../errors.ts';

export type HttpServer = {
  readonly port: number;
  readonly url: string;
  /** until it is set, requests wait */
  readonly serve: (listener: RequestListener) => void;
  /** refuses new connections, cuts those without a request, lets answers under way end, then closes */
  readonly close: () => Promise<void>;
  readonly kill: () => void;
};

/** Listens on this machine only; 0 takes a free port. */
export async function openServer(port: number): Promise<HttpServer> {
  const server = createServer();
  const connections = followConnections(server);
  const waiting: Parameters<RequestListener>[] = [];
  let current: RequestListener = (...request) => waiting.push(request);
  server.on('request', (...request) => current(...request));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EADDRINUSE'
      ? cannotRun(`port ${port}`, 'another program listens there; choose another')
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
 * Which connections have no request under way. Node's `closeIdleConnections` leaves open those that never sent one (a
 * browser opens such ahead of need), and after `close` no timeout ends them.
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

/** The port if it is free, otherwise any other. */
export async function openServerNear(port: number): Promise<HttpServer> {
  try {
    return await openServer(port);
  } catch {
    return openServer(0);
  }
}
