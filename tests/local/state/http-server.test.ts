import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type HttpServer, openServer } from '../../../local/state/http-server.ts';

let server: HttpServer;
const sockets: Socket[] = [];

afterEach(() => {
  server.kill();
  for (const socket of sockets.splice(0)) socket.destroy();
});

/** A connection on which this much of a request was sent. */
async function connected(sent: string): Promise<Socket> {
  const socket = connect(server.port, '127.0.0.1');
  sockets.push(socket);
  socket.on('error', () => undefined); // The server may reset it.
  await once(socket, 'connect');
  if (sent !== '') socket.write(sent);
  return socket;
}

describe('openServer', () => {
  it.each([
    ['never sent anything', ''],
    ['sent half a request', 'GET / HTTP/1.1\r\nHost:'],
    ['keeps open after its answer', 'GET / HTTP/1.1\r\nHost: here\r\n\r\n'],
  ])('closes though a client %s', async (_what, sent) => {
    server = await openServer(0);
    server.serve((_request, response) => response.end('done'));
    const socket = await connected(sent);
    if (sent.endsWith('\r\n\r\n')) await once(socket, 'data');
    const cut = new Promise((resolve) => socket.resume().on('close', resolve));
    await Promise.all([server.close(), cut]);
    await expect(fetch(server.url)).rejects.toThrow();
  });

  it('lets an answer that is under way end before it closes', async () => {
    server = await openServer(0);
    const { promise: asked, resolve: onAsked } = Promise.withResolvers<ServerResponse>();
    server.serve((_request, response) => onAsked(response));
    const answer = fetch(server.url).then((response) => response.text());
    const response = await asked;
    const closed = server.close();
    response.end('late');
    expect(await answer).toBe('late');
    await closed;
  });

  it('closes connections beyond the bound, serves those within it, and takes another when one has ended', async () => {
    server = await openServer(0, 2);
    server.serve((_request, response) => response.end('done'));
    const [first, second] = [await connected(''), await connected('')];
    const refused = await connected('GET / HTTP/1.1\r\nHost: here\r\n\r\n');
    let answered = '';
    refused.on('data', (bytes) => {
      answered += String(bytes);
    });
    await once(refused, 'close');
    expect(answered).toBe('');

    second.write('GET / HTTP/1.1\r\nHost: here\r\n\r\n');
    expect(String(await once(second, 'data'))).toContain('200 OK');

    first.destroy();
    await expect.poll(async () => (await fetch(server.url).catch(() => undefined))?.status).toBe(200);
  });
});
