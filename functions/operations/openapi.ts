import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiResponsesObject } from 'zod-openapi';
import { type Contract, type Example, IDEMPOTENCY_SECONDS } from '../platform/contract.ts';
import { API_KEY_HEADER } from '../platform/names/api-keys.ts';
import { LIMITS } from '../platform/names/limits.ts';
import { PROBLEMS, type ProblemCode } from '../platform/names/problems.ts';
import { ROUTES, type Route, type RouteName } from '../platform/names/routes.ts';
import { Problem, problem } from '../platform/problem.ts';
import { CONTRACTS, EXAMPLES } from './api-contracts.ts';

const API_KEY = 'ApiKey';

/** The OpenAPI document of the whole API, from the contracts that its handlers validate requests against. */
export const openapiDocument = (version: string) =>
  createDocument(
    {
      openapi: '3.1.0',
      info: {
        title: 'Fettle',
        version,
        summary: 'Send photos and facts of an asset; get its condition, and what it is worth.',
        description: `Errors are \`application/problem+json\` (RFC 9457) with a stable \`code\`. A request body has at most ${LIMITS.requestBytes} bytes. Unknown fields and parameters are refused. Of a field that a body gives twice, the last counts.`,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      components: { securitySchemes: { [API_KEY]: { type: 'apiKey', in: 'header', name: API_KEY_HEADER } } },
      security: [{ [API_KEY]: [] }],
      paths: paths(),
    },
    { override: withoutDatePatterns },
  );

/** The document with the URL of the server that received the request: paths begin at `apiPath` on its host. */
export const servedAt = (apiPath: string, document: ReturnType<typeof openapiDocument>) => ({
  ...document,
  servers: [{ url: apiPath, description: 'The API that returned this document.' }],
});

/** Removes the regular expression of dates, 300 characters each: `format` says the same. */
const withoutDatePatterns = ({
  jsonSchema,
}: {
  readonly jsonSchema: { format?: unknown; pattern?: unknown };
}): void => {
  if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
};

function paths() {
  const names = Object.keys(ROUTES) as RouteName[];
  const byPath = Map.groupBy(names, (name) => ROUTES[name].path);
  return Object.fromEntries(
    [...byPath].map(([path, namesHere]) => [
      path,
      Object.fromEntries(namesHere.map((name) => [ROUTES[name].method.toLowerCase(), operationOf(name)])),
    ]),
  );
}

function operationOf(name: RouteName): ZodOpenApiOperationObject {
  const route: Route = ROUTES[name];
  const contract: Contract = CONTRACTS[name];
  const { summary, description, params, query, body, creates } = contract;
  const example: Example = EXAMPLES[name];
  return {
    operationId: name,
    tags: [route.path.split('/')[1] ?? ''],
    summary,
    description: [
      description,
      route.role === 'public' ? 'Needs no API key.' : `Needs an API key with at least the role ${route.role}.`,
    ]
      .join(' ')
      .trim(),
    ...(route.role === 'public' && { security: [] }),
    requestParams: {
      ...(params && { path: params }),
      ...(query && { query }),
      ...(creates && { header: IdempotencyHeader }),
    },
    ...(body && {
      requestBody: { required: true, content: { 'application/json': { schema: body, example: example.body } } },
    }),
    responses: { ...repliesOf(contract, example), ...refusalsOf(route, contract) },
  };
}

const IdempotencyHeader = z.object({
  'Idempotency-Key': z
    .string()
    .min(1)
    .max(200)
    .optional()
    .meta({
      description: `Makes it safe to retry for ${IDEMPOTENCY_SECONDS / 3600} hours: the same key with the same request gets the same reply, and nothing is created twice.`,
    }),
});

const repliesOf = ({ status, alsoAnswers = [], reply }: Contract, example: Example): ZodOpenApiResponsesObject =>
  Object.fromEntries(
    [status, ...alsoAnswers].map((code) => [
      `${code}`,
      {
        description: code < 400 ? 'Success.' : 'The same reply, when a check failed.',
        content: { 'application/json': { schema: reply, ...(code === status && { example: example.reply }) } },
      },
    ]),
  );

function refusalsOf(route: Route, contract: Contract): ZodOpenApiResponsesObject {
  const byStatus = Map.groupBy(problemCodesOf(route, contract), (code) => PROBLEMS[code].status);
  return Object.fromEntries(
    [...byStatus]
      .filter(([status]) => !contract.alsoAnswers?.some((answered) => answered === status))
      .map(([status, codes]) => [`${status}`, refusalOf(codes)]),
  );
}

const refusalOf = (codes: readonly ProblemCode[]) => ({
  description: codes.map((code) => `\`${code}\`: ${PROBLEMS[code].title}.`).join(' '),
  content: {
    'application/problem+json': {
      schema: Problem,
      examples: Object.fromEntries(
        codes.map((code) => [code, { value: problem(code, 'What was expected, what was received.', REQUEST_ID) }]),
      ),
    },
  },
});

const REQUEST_ID = '6f1c2b0e-6a53-4c3c-9a55-0c2f3f6f8a11';

/** The code of every problem that this operation may return. */
export const problemCodesOf = ({ role }: Route, { body, creates, problems }: Contract): readonly ProblemCode[] => [
  ...(role === 'public' ? [] : WITH_KEY),
  ...(body ? WITH_BODY : []),
  ...(creates ? CREATING : []),
  ...problems,
  ...ALWAYS,
];

const WITH_KEY: readonly ProblemCode[] = ['unauthorized', 'forbidden', 'quota_exceeded'];
const WITH_BODY: readonly ProblemCode[] = ['invalid_json', 'unsupported_content_type'];
const CREATING: readonly ProblemCode[] = ['invalid_idempotency_key', 'request_in_progress', 'idempotency_key_reused'];
const ALWAYS: readonly ProblemCode[] = [
  'invalid_request',
  'request_too_large',
  'rate_limited',
  'internal_error',
  'unavailable',
  'timed_out',
];
