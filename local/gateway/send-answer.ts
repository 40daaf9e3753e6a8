import type { ServerResponse } from 'node:http';
import { sendBeforeBody } from '../state/unread-body.ts';
import type { Answer } from './answer.ts';
import { grouped } from './gateway-request.ts';

/** Writes a response, whether the request's body was read or not. */
export function sendAnswer(response: ServerResponse, { statusCode, headers, body }: Answer, requestId: string): void {
  for (const [name, values] of grouped(headers)) response.setHeader(name, values);
  response.setHeader('x-amzn-requestid', requestId);
  response.setHeader('x-amz-apigw-id', requestId);
  const empty = statusCode === 204 || statusCode === 304;
  if (!empty) response.setHeader('content-length', body.length);
  sendBeforeBody(response, () => response.writeHead(statusCode).end(empty ? undefined : body));
}
