import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { sendBeforeBody } from '../state/unread-body.ts';

/** The gate's services, by their name in a credential scope. */
export type ServiceName = 's3' | 'sqs' | 'sns' | 'dynamodb' | 'secretsmanager';

/** An error response, independent of the service's format. */
export type Refusal = {
  readonly statusCode: number;
  readonly code: string;
  readonly message: string;
  /** further elements of S3's error document */
  readonly details?: { readonly [name: string]: string };
};

/**
 * Sends an error in the service's own format, so that SDK clients throw their usual errors, whether the request's body was
 * read or not.
 */
export function refuse(response: ServerResponse, service: ServiceName, refusal: Refusal): void {
  const { contentType, body, headers = {} } = FORMS[service](refusal, randomUUID());
  sendBeforeBody(response, () => {
    response.writeHead(refusal.statusCode, {
      'content-type': contentType,
      'content-length': Buffer.byteLength(body),
      ...headers,
    });
    response.end(response.req.method === 'HEAD' ? undefined : body);
  });
}

type Form = {
  readonly contentType: string;
  readonly body: string;
  readonly headers?: { readonly [name: string]: string };
};

const FORMS: { readonly [service in ServiceName]: (refusal: Refusal, requestId: string) => Form } = {
  s3: ({ code, message, details = {} }, requestId) => ({
    contentType: 'application/xml',
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${elements({ Code: code, Message: message, ...details, RequestId: requestId, HostId: 'local' })}</Error>`,
    headers: { 'x-amz-request-id': requestId },
  }),
  sns: ({ code, message }, requestId) => ({
    contentType: 'text/xml',
    body: `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error>${elements({ Type: 'Sender', Code: code, Message: message })}</Error>${elements({ RequestId: requestId })}</ErrorResponse>`,
    headers: { 'x-amzn-requestid': requestId },
  }),
  sqs: (refusal, requestId) => json(refusal, requestId, 'com.amazon.coral.service', 'application/x-amz-json-1.0'),
  dynamodb: (refusal, requestId) =>
    json(
      refusal,
      requestId,
      refusal.code.endsWith('ThroughputExceededException')
        ? 'com.amazonaws.dynamodb.v20120810'
        : 'com.amazon.coral.service',
      'application/x-amz-json-1.0',
    ),
  secretsmanager: (refusal, requestId) =>
    json(refusal, requestId, 'com.amazonaws.secretsmanager', 'application/x-amz-json-1.1'),
};

function json({ code, message }: Refusal, requestId: string, namespace: string, contentType: string): Form {
  const body = JSON.stringify({ __type: `${namespace}#${code}`, message, Message: message });
  return { contentType, body, headers: { 'x-amzn-requestid': requestId } };
}

function elements(values: { readonly [name: string]: string }): string {
  return Object.entries(values)
    .map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`)
    .join('');
}

/** XML text; characters that are not allowed in XML become a question mark. */
export function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '?')
    .replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
