import type { ServerResponse } from 'node:http';
import { escapeXml } from '../gate/refusal.ts';
import { encode } from '../gate/signature.ts';
import type { StoredBody } from '../types.ts';
import type { FieldsByName } from './post-signature.ts';

export type Stored = {
  readonly bucket: string;
  readonly key: string;
  readonly fields: FieldsByName;
} & StoredBody;

/** Responds to a stored upload by the form's `success_action_*` fields: a redirect, 200, 201 with a document, or 204. */
export function answerStored(response: ServerResponse, { bucket, key, etag, versionId, fields }: Stored): void {
  const location = `${endpointOf(response)}/${bucket}/${key.split('/').map(encode).join('/')}`;
  const redirect = redirectTo(fields.get('success_action_redirect') ?? fields.get('redirect'), { bucket, key, etag });
  const wanted = fields.get('success_action_status') ?? '';
  // Any other value gives 204 (S3 API reference).
  const statusCode = redirect ? 303 : ['200', '201'].includes(wanted) ? Number(wanted) : 204;
  const body = statusCode === 201 ? postResponse({ Location: location, Bucket: bucket, Key: key, ETag: etag }) : '';
  response.writeHead(statusCode, {
    etag,
    ...(versionId && { 'x-amz-version-id': versionId }),
    location: redirect ?? location,
    ...(statusCode === 204 ? {} : { 'content-length': Buffer.byteLength(body) }),
    ...(body && { 'content-type': 'application/xml' }),
  });
  response.end(body);
}

/** This server's own address: the Host header is the client's word. */
function endpointOf({ req: { socket } }: ServerResponse): string {
  return `http://${socket.localAddress}:${socket.localPort}`;
}

/** The redirect URL with bucket, key and ETag as query parameters; undefined when the field is absent or no URL. */
function redirectTo(
  wanted: string | undefined,
  stored: { bucket: string; key: string; etag: string },
): string | undefined {
  if (wanted === undefined || !URL.canParse(wanted)) return undefined;
  const url = new URL(wanted);
  for (const [name, value] of Object.entries(stored)) url.searchParams.set(name, value);
  return url.href;
}

function postResponse(elements: { readonly [name: string]: string }): string {
  const inner = Object.entries(elements).map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<PostResponse>${inner.join('')}</PostResponse>`;
}
