import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';

/** A request to an emulator. */
export type Forwarded = {
  readonly method: string;
  /** with its query */
  readonly path: string;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer | string;
};

/** An emulator's response, its body unread. */
export type ForwardedAnswer = Readable & Pick<IncomingMessage, 'statusCode' | 'headers'>;

/**
 * Calls an emulator in this process. None listens on a port, so that nothing reaches it but through the gate; and a photo is
 * copied twice less in the kernel.
 */
export type Emulator = (request: Forwarded) => Promise<ForwardedAnswer>;

/** The emulators behind the gate. */
export type Emulators = {
  readonly s3: Emulator;
  readonly sqs: Emulator;
  readonly sns: Emulator;
  readonly dynamodb: Emulator;
  readonly secretsmanager: Emulator;
};

/** Hop-by-hop headers, which are not forwarded. */
const HOP_BY_HOP = new Set(
  'connection keep-alive proxy-authenticate proxy-authorization te trailer transfer-encoding upgrade expect'.split(' '),
);

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
