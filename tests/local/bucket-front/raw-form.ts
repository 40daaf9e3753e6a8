import { connect, type Socket } from 'node:net';

export const BOUNDARY = 'B';

/** One part of a form, byte for byte. */
export type Part = { readonly head: string; readonly content: string | Uint8Array };

export const field = (name: string, value: string): Part => ({
  head: `Content-Disposition: form-data; name="${name}"`,
  content: value,
});

export const file = (content: string | Uint8Array, filename = 'cat.jpg'): Part => ({
  head: `Content-Disposition: form-data; name="file"; filename="${filename}"\r\nContent-Type: image/jpeg`,
  content,
});

export const fieldsOf = (fields: { readonly [name: string]: string }): Part[] =>
  Object.entries(fields).map(([name, value]) => field(name, value));

/** A well-formed body of these parts. */
export function formBody(parts: readonly Part[], boundary = BOUNDARY): Buffer {
  const bytes = parts.flatMap(({ head, content }) => [`--${boundary}\r\n${head}\r\n\r\n`, content, '\r\n']);
  return Buffer.concat([...bytes, `--${boundary}--\r\n`].map((piece) => Buffer.from(piece)));
}

/**
 * How a body is sent: at once, in pieces of a few bytes, with a chunked transfer coding; `broken`: the connection is closed
 * although more bytes are due.
 */
export type Framing = 'whole' | 'pieces' | 'chunked' | 'broken' | 'broken chunked';

export type RawAnswer = { readonly status: number | undefined; readonly code: string | undefined };

type Sending = {
  readonly framing?: Framing;
  readonly contentType?: string;
  readonly headers?: readonly string[];
};

/** Sends a body over a connection of its own. No status when the connection ends without a response. */
export function postRaw(url: string, body: Uint8Array, sending: Sending = {}): Promise<RawAnswer> {
  const { framing = 'whole', contentType = `multipart/form-data; boundary=${BOUNDARY}`, headers = [] } = sending;
  const { hostname, port, pathname, search, host } = new URL(url);
  const head = [
    `POST ${pathname}${search} HTTP/1.1`,
    `Host: ${host}`,
    'Connection: close',
    `Content-Type: ${contentType}`,
  ];
  const chunked = framing.endsWith('chunked');
  const length = chunked
    ? 'Transfer-Encoding: chunked'
    : `Content-Length: ${body.length + (framing === 'broken' ? 9 : 0)}`;
  return new Promise((resolve) => {
    const received: Buffer[] = [];
    const socket = connect(Number(port), hostname);
    socket.on('data', (bytes) => received.push(bytes));
    // A refused upload may be reset while the rest of it is under way.
    socket.on('error', () => undefined);
    socket.once('close', () => resolve(readAnswer(Buffer.concat(received).toString('latin1'))));
    socket.write(`${[...head, length, ...headers].join('\r\n')}\r\n\r\n`);
    if (framing === 'pieces') return sendPieces(socket, body);
    socket.write(chunked ? inChunks(body, framing === 'chunked') : body);
    if (framing.startsWith('broken')) socket.end();
  });
}

/** Pieces that end at other places in each body: a delimiter, a name and a value are cut somewhere. */
function sendPieces(socket: Socket, body: Uint8Array): void {
  socket.setNoDelay(true);
  const bytes = 1 + (body.length % 97);
  const send = (at: number) => {
    if (socket.destroyed || at >= body.length) return;
    socket.write(body.subarray(at, at + bytes), () => setImmediate(send, at + bytes));
  };
  send(0);
}

function inChunks(body: Uint8Array, closed: boolean): Buffer {
  const pieces: (string | Uint8Array)[] = [];
  for (let at = 0; at < body.length; at += 100) {
    const piece = body.subarray(at, at + 100);
    pieces.push(`${piece.length.toString(16)}\r\n`, piece, '\r\n');
  }
  return Buffer.concat([...pieces, closed ? '0\r\n\r\n' : ''].map((piece) => Buffer.from(piece)));
}

function readAnswer(text: string): RawAnswer {
  const status = /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1];
  return { status: status === undefined ? undefined : Number(status), code: /<Code>(\w+)<\/Code>/.exec(text)?.[1] };
}
