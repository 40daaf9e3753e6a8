import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer } from './answer.ts';
import { grouped } from './gateway-request.ts';

/** Time for the client of an oversized body to stop sending before its connection is closed. */
const DRAIN_MS = 1000;

/** Writes a response. An unread rest of the request's body is discarded and the connection closed. */
export function sendAnswer(response: ServerResponse, answer: Answer, requestId: string, bodyUnread: boolean): void {
  const { statusCode, headers, body } = answer;
  for (const [name, values] of grouped(headers)) response.setHeader(name, values);
  response.setHeader('x-amzn-requestid', requestId);
  response.setHeader('x-amz-apigw-id', requestId);
  if (bodyUnread) response.setHeader('connection', 'close');
  const empty = statusCode === 204 || statusCode === 304;
  if (!empty) response.setHeader('content-length', body.length);
  response.writeHead(statusCode);
  response.end(empty ? undefined : body);
  if (bodyUnread) drain(response.req);
}

function drain(message: IncomingMessage): void {
  message.resume();
  setTimeout(() => message.destroy(), DRAIN_MS).unref();
}
