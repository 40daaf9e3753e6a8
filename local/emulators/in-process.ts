import type { IncomingHttpHeaders, RequestListener } from 'node:http';
import inject from 'light-my-request';
import type { Forwarded, ForwardedAnswer } from '../gate/forward.ts';

/** Calls an HTTP request listener of this process without a connection. */
export function inProcess(listener: RequestListener): (request: Forwarded) => Promise<ForwardedAnswer> {
  return async ({ baseUrl, method, path, headers, body }) => {
    const { host } = new URL(baseUrl);
    const answer = await inject(listener, {
      method,
      url: path,
      headers: { ...headers, host },
      payload: body,
      payloadAsStream: true,
      validate: false,
    });
    const answered = answer.headers as IncomingHttpHeaders;
    return Object.assign(answer.stream(), { statusCode: answer.statusCode, headers: answered });
  };
}
