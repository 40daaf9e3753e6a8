import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cannotRun } from '../errors.ts';

export type HttpServer = {
  readonly port: number;
  readonly url: string;
  /** until it is set, requests wait */
  readonly serve: (listener: RequestListener) => void;
  /** refuses new connections, lets answers under way end, then closes */
  readonly close: () => Promise<void>;
  readonly kill: () => void;
};

/** Listens on this machine only; 0 takes a free port. */
export async function openServer(port: number): Promise<HttpServer> {
  const server = createServer();
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
      server.closeIdleConnections();
      await closed;
    },
    kill: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** The port if it is free, otherwise any other. */
export async function openServerNear(port: number): Promise<HttpServer> {
  try {
    return await openServer(port);
  } catch {
    return openServer(0);
  }
}
