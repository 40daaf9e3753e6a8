import { validateHeaderName, validateHeaderValue } from 'node:http';
import { z } from 'zod';
import type { Answer } from './answer.ts';
import { isBinaryType } from './request-event.ts';

const HeaderValue = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const ProxyResponse = z.object({
  statusCode: z.union([
    z.int().min(100).max(599),
    z
      .string()
      .regex(/^[1-5]\d\d$/)
      .transform(Number),
  ]),
  headers: z.record(z.string(), HeaderValue).nullish(),
  multiValueHeaders: z.record(z.string(), z.array(HeaderValue)).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

/** Response headers that API Gateway remaps (its documentation, "Important notes"). */
const REMAPPED = new Set(
  `authorization connection content-md5 date expect host max-forwards proxy-authenticate server trailer upgrade user-agent
   via warn www-authenticate`.split(/\s+/),
);
/** Hop-by-hop headers. */
const DROPPED = new Set(['content-length', 'transfer-encoding', 'keep-alive']);

/**
 * The HTTP response of a function's proxy response; undefined when it is malformed (502 in API Gateway). For a header in
 * both, `multiValueHeaders` counts. Base64 is decoded only when the client's first accepted type is binary.
 */
export function proxyAnswer(
  payload: unknown,
  binaryMediaTypes: readonly string[],
  accept: string | undefined,
): Answer | undefined {
  const parsed = ProxyResponse.safeParse(payload);
  if (!parsed.success) return undefined;
  const { statusCode, headers, multiValueHeaders, body, isBase64Encoded } = parsed.data;
  const multiple = Object.entries(multiValueHeaders ?? {});
  const named = new Set(multiple.map(([name]) => name.toLowerCase()));
  const single = Object.entries(headers ?? {}).filter(([name]) => !named.has(name.toLowerCase()));
  const all = [
    ...single,
    ...multiple.flatMap(([name, values]) => values.map((value): [string, string] => [name, value])),
  ];
  const kept = all
    .filter(([name]) => !DROPPED.has(name.toLowerCase()))
    .map(([name, value]) => [remapped(name), value] as const);
  if (!kept.every(([name, value]) => isHeader(name, value))) return undefined;
  const typed = kept.some(([name]) => name.toLowerCase() === 'content-type');
  const isBinary = isBase64Encoded === true && isBinaryType(binaryMediaTypes, accept?.split(',')[0]);
  return {
    statusCode,
    headers: typed ? kept : [['content-type', 'application/json'], ...kept],
    body: Buffer.from(body ?? '', isBinary ? 'base64' : 'utf8'),
  };
}

/** Whether a header is valid in HTTP: without line breaks and control characters. */
function isHeader(name: string, value: string): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}

function remapped(name: string): string {
  return REMAPPED.has(name.toLowerCase()) ? `x-amzn-Remapped-${name}` : name;
}
