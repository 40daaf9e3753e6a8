import {
  Agent,
  request as httpRequest,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http';
import type { Readable } from 'node:stream';

/** A request to an emulator. */
export type Forwarded = {
  readonly baseUrl: string;
  readonly method: string;
  /** with its query */
  readonly path: string;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
};

/** An emulator's response, its body unread. */
export type ForwardedAnswer = Readable & Pick<IncomingMessage, 'statusCode' | 'headers'>;

/** Emulators in this process, by base URL, called without a connection: this saves two copies of a photo in the kernel. */
export type InProcess = ReadonlyMap<string, (request: Forwarded) => Promise<ForwardedAnswer>>;

/** Forwards requests over keep-alive connections, or in process. */
export type Forwarder = {
  /** Aborting closes the connection, which ends an abandoned long poll. */
  readonly send: (request: Forwarded, signal?: AbortSignal) => Promise<ForwardedAnswer>;
  readonly close: () => void;
};

/** Hop-by-hop headers, which are not forwarded. */
const HOP_BY_HOP = new Set(
  'connection keep-alive proxy-authenticate proxy-authorization te trailer transfer-encoding upgrade expect'.split(' '),
);

/** Opens the connections to the emulators. */
export function createForwarder(inProcess: InProcess = new Map()): Forwarder {
  const agent = new Agent({ keepAlive: true });
  return {
    send: (request, signal) => inProcess.get(request.baseUrl)?.(request) ?? sendOnce(agent, request, signal, true),
    close: () => agent.destroy(),
  };
}

function sendOnce(
  agent: Agent,
  request: Forwarded,
  signal: AbortSignal | undefined,
  mayRepeat: boolean,
): Promise<ForwardedAnswer> {
  const { baseUrl, method, path, headers, body } = request;
  const { hostname, port } = new URL(baseUrl);
  const ownHeaders = { host: `${hostname}:${port}`, 'content-length': body.length };
  return new Promise((resolve, reject) => {
    const options = { agent, hostname, port, method, path, headers: { ...headers, ...ownHeaders } };
    const sent = httpRequest({ ...options, ...(signal && { signal }) });
    sent.once('response', resolve).once('error', (error: NodeJS.ErrnoException) => {
      // The emulator closed the idle connection at the moment of its reuse, so it has not seen the request (Node's advice).
      const unseen = mayRepeat && sent.reusedSocket && error.code === 'ECONNRESET';
      if (unseen) resolve(sendOnce(agent, request, signal, false));
      else reject(error);
    });
    sent.end(body);
  });
}

/** A message's headers without hop-by-hop headers. */
export function endToEndHeaders({ headers }: Pick<IncomingMessage, 'headers'>): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name)));
}

/** Streams an emulator's response to the client. */
export function answerWith(answer: ForwardedAnswer, response: ServerResponse): void {
  response.writeHead(answer.statusCode ?? 502, endToEndHeaders(answer));
  answer.once('error', () => response.destroy());
  answer.pipe(response);
}
