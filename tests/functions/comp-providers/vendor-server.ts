import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';

/** A request as a vendor's server sees it, its body read. */
export type VendorRequest = {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
};

export type Respond = (request: VendorRequest, response: ServerResponse) => void | Promise<void>;

/** A server on this machine that stands for a vendor's. */
export type VendorServer = {
  readonly url: string;
  readonly requests: readonly VendorRequest[];
  /** answers all further requests otherwise; without an argument as documented again */
  readonly answer: (respond?: Respond) => void;
  readonly close: () => Promise<void>;
};

/** Starts a server that answers as documented by the vendor, until a test has it answer otherwise. */
export async function startVendorServer(documented: Respond): Promise<VendorServer> {
  const requests: VendorRequest[] = [];
  let respond = documented;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const url = new URL(request.url ?? '/', 'http://vendor');
    const body = Buffer.concat(chunks).toString();
    const seen = { method: request.method ?? '', url, headers: request.headers, body };
    requests.push(seen);
    await respond(seen, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answer: (other = documented) => {
      respond = other;
    },
    close: () => closed(server),
  };
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}

export const json = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) => {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
};

/** The ways in which a server misbehaves, by what a client should make of them. */
export const HOSTILE = {
  'a body without end': [
    'unreadable',
    async (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const chunk = `"${'x'.repeat(1 << 16)}",`;
      response.write('[');
      while (!response.destroyed) {
        response.write(chunk);
        await setImmediate();
      }
    },
  ],
  'a body that drips': [
    'timed_out',
    (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const drip = setInterval(() => response.write(' '), 20);
      response.once('close', () => clearInterval(drip));
    },
  ],
  silence: ['timed_out', () => undefined],
  'a page of HTML': [
    'unreadable',
    (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Pardon our interruption…</html>');
    },
  ],
  'HTML that is called JSON': [
    'unreadable',
    (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end('<html>');
    },
  ],
  'a redirect to another host': [
    'unreadable',
    (_request, response) => {
      response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end();
    },
  ],
  'half an answer': [
    'unreachable',
    (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"search_', () => response.destroy());
    },
  ],
  'an error of its own': ['server_error', (_request, response) => json(response, 503, { error: 'Try again.' })],
  'a refused key': ['key_refused', (_request, response) => json(response, 401, { error: 'Invalid API key.' })],
  'a refused query': ['request_refused', (_request, response) => json(response, 400, { error: 'Missing parameter' })],
} as const satisfies Record<string, readonly [string, Respond]>;
