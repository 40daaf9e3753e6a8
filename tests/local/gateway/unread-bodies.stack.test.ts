import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failed, type RunningGateway, startGateway } from './running-gateway.ts';

let gateway: RunningGateway;
let socket: Socket;
beforeEach(async () => {
  gateway = await startGateway();
  socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
  socket.on('error', () => undefined);
});
afterEach(async () => {
  socket.destroy();
  await gateway.stop();
});

const KEY = 'X-Api-Key: caller';

/** Sends the head of a request whose body has so many bytes. */
const begin = (path: string, bytes: number, ...headers: string[]) =>
  socket.write(
    `${[`${path === '/slow' ? 'GET' : 'POST'} ${path} HTTP/1.1`, 'Host: gateway', `Content-Length: ${bytes}`, ...headers].join('\r\n')}\r\n\r\n`,
  );

/** The status of the next response. */
async function nextStatus(): Promise<number> {
  const [data] = await once(socket, 'data');
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(String(data))?.[1]);
}

describe('createGateway', () => {
  it.each([
    ['401 without a key', '/guarded', [], 401],
    ['401 with a key that the authorizer refuses', '/guarded', [KEY], 401],
    ['403 of an unknown path', '/nowhere/at/all', [], 403],
    ['413 by its length alone', '/open', [], 413],
  ])('refuses before a byte of the body has come: %s', async (_what, path, headers, status) => {
    gateway.answers.authorize = () => failed('Unauthorized');
    begin(path, status === 413 ? 10_485_761 : 1_000_000, ...headers);
    expect(await nextStatus()).toBe(status);
  });

  it('is throttled before the body is read', async () => {
    await gateway.statuses(2, '/slow');
    begin('/slow', 1_000_000);
    expect(await nextStatus()).toBe(429);
  });

  it('reads the body of an admitted caller', async () => {
    begin('/guarded', 3, KEY);
    socket.write('abc');
    expect(await nextStatus()).toBe(200);
    expect(gateway.asked).toHaveLength(1);
  });

  it('keeps the connection of a client whose short body it did not read', async () => {
    for (const _again of [1, 2, 3]) {
      begin('/guarded', 3);
      socket.write('abc');
      expect(await nextStatus()).toBe(401);
    }
    expect(socket.destroyed).toBe(false);
  });

  it('ends the connection of a client whose long body it did not read', async () => {
    begin('/guarded', 1_000_000);
    expect(await nextStatus()).toBe(401);
    await once(socket, 'close');
  });
});
