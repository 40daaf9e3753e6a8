import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer } from './answer.ts';
import { grouped } from './gateway-request.ts';

/** How long a client whose body was too long may go on before its connection is closed. */
const DRAIN_MS = 1000;

/** Writes an answer. When a part of the request's body was left, it is thrown away and the connection closed. */
export function sendAnswer(response: ServerResponse, answer: Answer, requestId: string, bodyLeft: boolean): void {
  const { statusCode, headers, body } = answer;
  for (const [name, values] of grouped(headers)) response.setHeader(name, values);
  response.setHeader('x-amzn-requestid', requestId);
  response.setHeader('x-amz-apigw-id', requestId);
  if (bodyLeft) response.setHeader('connection', 'close');
  const empty = statusCode === 204 || statusCode === 304;
  if (!empty) response.setHeader('content-length', body.length);
  response.writeHead(statusCode);
  response.end(empty ? undefined : body);
  if (bodyLeft) drain(response.req);
}

function drain(message: IncomingMessage): void {
  message.resume();
  setTimeout(() => message.destroy(), DRAIN_MS).unref();
}
