import type { IncomingHttpHeaders, RequestListener } from 'node:http';
import inject from 'light-my-request';
import type { Emulator } from '../gate/forward.ts';

/** An address, which names no bucket. */
const HOST = '127.0.0.1';

/** The emulator of this HTTP request listener. */
export function inProcess(listener: RequestListener): Emulator {
  return async ({ method, path, headers, body }) => {
    const answer = await inject(listener, {
      method,
      url: path,
      headers: { ...headers, host: HOST },
      payload: body,
      payloadAsStream: true,
      validate: false,
    });
    const answered = answer.headers as IncomingHttpHeaders;
    return Object.assign(answer.stream(), { statusCode: answer.statusCode, headers: answered });
  };
}
