import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { z } from 'zod';
import type { Contract, Input } from './contract.ts';
import { RequestError } from './errors.ts';
import { JsonError, readJson } from './json.ts';
import { API_KEY_HEADER } from './names/api-keys.ts';
import { LIMITS } from './names/limits.ts';
import { API_PREFIX } from './names/routes.ts';
import type { Violation } from './problem.ts';
import { shownText } from './shown-text.ts';
import { violationsOf } from './violations.ts';

export type HttpEvent = Pick<
  APIGatewayProxyEvent,
  | 'body'
  | 'headers'
  | 'httpMethod'
  | 'isBase64Encoded'
  | 'multiValueHeaders'
  | 'multiValueQueryStringParameters'
  | 'pathParameters'
  | 'resource'
> & {
  readonly requestContext: {
    readonly authorizer?: unknown;
    readonly requestId: string;
    /** the path of the URL as the client wrote it: with the stage, or without it under a custom domain name */
    readonly path: string;
    readonly stage: string;
  };
};

/**
 * The API's base path on the request's host: `/live/api/v1`, or `/api/v1` under a custom domain name, which maps its root to
 * the stage. Made of the stage's name and the known prefix: nothing else that the client wrote into its path is in it.
 */
export function apiPathOf({ requestContext: { path, stage } }: Pick<HttpEvent, 'requestContext'>): string {
  const [first] = path.split('/').filter((segment) => segment !== '');
  return first === stage ? `/${stage}${API_PREFIX}` : API_PREFIX;
}

/** The value of a header; names are case-insensitive. */
export function headerOf({ headers }: Pick<HttpEvent, 'headers'>, name: string): string | undefined {
  const entry = Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name.toLowerCase());
  return entry?.[1];
}

/** Every value of a header, in whatever case its name was sent. */
export const valuesOf = (
  { multiValueHeaders }: { readonly multiValueHeaders: HttpEvent['multiValueHeaders'] | null },
  name: string,
): readonly string[] =>
  Object.entries(multiValueHeaders ?? {})
    .filter(([key]) => key.toLowerCase() === name.toLowerCase())
    .flatMap(([, values]) => values ?? []);

/**
 * The API key of a request that the authorizer has admitted.
 *
 * @throws RequestError unless the request has one: of several, the authorizer has seen one, and nobody knows which
 */
export function apiKeyOf(event: HttpEvent): string {
  const values = valuesOf(event, API_KEY_HEADER);
  const [only] = values;
  if (only === undefined) throw new RequestError('unauthorized', 'This operation needs an API key.');
  if (values.length === 1) return only;
  throw new RequestError('invalid_request', `Expected one header ${API_KEY_HEADER}, received ${values.length}.`);
}

/**
 * Path, query and body of the request, parsed by the schemas of the contract.
 *
 * @throws RequestError with every violation
 */
export function readInput<C extends Contract>(contract: C, event: HttpEvent): Input<C> {
  const params = contract.params?.safeParse(event.pathParameters);
  if (params && !params.success) throw new RequestError('not_found', 'No such id.');
  const query = parsed('query', contract.query, queryOf(event));
  const body = parsed('body', contract.body, bodyOf(event, contract.body !== undefined));
  refuse([...query.violations, ...body.violations]);
  return { params: params?.data, query: query.data, body: body.data } as Input<C>;
}

/**
 * A part of a body whose schema depends on other parts of the request.
 *
 * @param path of the part, such as `body.document`
 * @throws RequestError with every violation
 */
export function readPart<Schema extends z.ZodType>(path: string, schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const violations = violationsOf(path, result.error.issues);
  throw new RequestError('invalid_request', summaryOf(violations), violations);
}

function refuse(violations: readonly Violation[]): void {
  if (violations.length > 0) throw new RequestError('invalid_request', summaryOf(violations), violations);
}

function summaryOf([first, ...others]: readonly Violation[]): string {
  const more = others.length > 0 ? `, and ${others.length} more: see errors` : '';
  return `${first?.path}: expected ${first?.expected}, received ${first?.received}${more}.`;
}

type Part = { readonly data?: unknown; readonly violations: readonly Violation[] };

function parsed(part: 'query' | 'body', schema: z.ZodType | undefined, value: unknown): Part {
  if (!schema) return { violations: part === 'query' ? unknownParameters(value) : [] };
  const result = schema.safeParse(value, { reportInput: true });
  return result.success
    ? { data: result.data, violations: [] }
    : { violations: violationsOf(part, result.error.issues) };
}

const unknownParameters = (query: unknown): readonly Violation[] =>
  Object.keys(query ?? {}).map((name) => ({
    path: `query.${shownText(name)}`,
    expected: 'no such parameter',
    received: 'a value',
    message: 'unknown parameter',
  }));

/** Query parameters. A repeated one is an array, which every schema rejects. */
function queryOf({ multiValueQueryStringParameters }: HttpEvent): Readonly<Record<string, unknown>> {
  const entries = Object.entries(multiValueQueryStringParameters ?? {});
  return Object.fromEntries(entries.map(([name, values]) => [name, values?.length === 1 ? values[0] : values]));
}

function bodyOf(event: HttpEvent, expected: boolean): unknown {
  refuseEncoding(headerOf(event, 'content-encoding'));
  const body = event.isBase64Encoded ? Buffer.from(event.body ?? '', 'base64').toString('utf8') : (event.body ?? '');
  const bytes = Buffer.byteLength(body);
  if (bytes > LIMITS.requestBytes) {
    throw new RequestError('request_too_large', `Expected at most ${LIMITS.requestBytes} bytes, received ${bytes}.`);
  }
  if (!expected) {
    if (body.trim() === '' || body.trim() === '{}') return undefined;
    throw new RequestError('invalid_request', 'Expected no body.');
  }
  refuseOtherType(headerOf(event, 'content-type'));
  return jsonOf(body);
}

function refuseEncoding(contentEncoding: string | undefined): void {
  if (!contentEncoding || contentEncoding.trim().toLowerCase() === 'identity') return;
  const received = shownText(contentEncoding);
  throw new RequestError('unsupported_content_type', `Expected no Content-Encoding, received ${received}.`);
}

/** Parameters may be quoted (RFC 9110, 5.6.6). */
const JSON_TYPE = /^\s*application\/json\s*(;\s*(charset=("utf-?8"|utf-?8)\s*)?)*$/i;

function refuseOtherType(contentType: string | undefined): void {
  if (contentType && JSON_TYPE.test(contentType)) return;
  const received = contentType === undefined ? 'none' : shownText(contentType);
  throw new RequestError(
    'unsupported_content_type',
    `Expected Content-Type application/json in UTF-8, received ${received}.`,
  );
}

function jsonOf(body: string): unknown {
  try {
    return readJson(body);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw new RequestError('invalid_json', `${error.message.replace(/^e/, 'E')}.`);
  }
}
