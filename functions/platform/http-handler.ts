import middy, { type MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { RequestError } from './errors.ts';
import { commonHeaders, problemOf, problemResult, toResult } from './http-reply.ts';
import type { HttpEvent } from './http-request.ts';
import { includesRole } from './names/roles.ts';
import { API_PREFIX, ROUTES, type Route, type RouteName } from './names/routes.ts';
import { log, observed } from './observability.ts';
import { Caller, type HttpRequest, type Operation } from './operation.ts';

/** The operations that a function serves, by the name of their route. */
export type Operations = { readonly [Name in RouteName]?: Operation };

/** The id by which the access log and the gateway's own refusals know this request, too. */
const requestIdOf = ({ event }: { readonly event: HttpEvent }): string => event.requestContext.requestId;

type Http = MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult>;

/** So long before Lambda ends the function, the caller is told that it took too long. */
const EARLY_MILLISECONDS = 500;

/**
 * A Lambda behind API Gateway that serves these operations.
 *
 * Every answer is JSON, or problem+json with a stable code; an error of ours says no more than the request id.
 */
export const httpHandler = (operations: Operations) =>
  middy<APIGatewayProxyEvent, APIGatewayProxyResult>({ timeoutEarlyInMillis: EARLY_MILLISECONDS })
    .use(observed(requestIdOf))
    .use(problems)
    .handler(async (event) => {
      const request = requestOf(event);
      const operation = operations[request.routeName];
      if (!operation) throw noSuchRoute(event);
      const answer = await operation.answer(request);
      const replayed = answer.replayed ? { 'Idempotent-Replayed': 'true' } : {};
      log.info('Answered', { status: answer.status, replayed: answer.replayed === true });
      return toResult(answer, { ...commonHeaders(requestIdOf({ event })), ...replayed });
    });

/** Answers whatever was thrown. Refusals are the caller's business; everything else is logged as an error. */
const problems: Http = {
  onError: (request) => {
    const requestId = requestIdOf(request);
    const problem = problemOf(request.error, requestId);
    if (problem.status < 500) log.info('Refused', { status: problem.status, code: problem.code });
    else log.error('Failed', { status: problem.status, code: problem.code, error: request.error });
    request.response = problemResult(problem, commonHeaders(requestId));
  },
};

function requestOf(event: APIGatewayProxyEvent): HttpRequest {
  const routeName = routeNameOf(event);
  if (!routeName) throw noSuchRoute(event);
  const caller = callerOf(ROUTES[routeName], event);
  log.appendKeys({ routeName, ...caller, ...event.pathParameters });
  return { routeName, event, caller, now: new Date() };
}

const routeNames = new Map(
  (Object.keys(ROUTES) as RouteName[]).map((name) => [
    `${ROUTES[name].method} ${API_PREFIX}${ROUTES[name].path}`,
    name,
  ]),
);

const routeNameOf = ({ httpMethod, resource }: HttpEvent): RouteName | undefined =>
  routeNames.get(`${httpMethod} ${resource}`);

const noSuchRoute = ({ httpMethod, resource }: HttpEvent): RequestError =>
  new RequestError('not_found', `No operation ${httpMethod} ${resource}.`);

function callerOf({ role: needed }: Route, { requestContext }: HttpEvent): Caller | undefined {
  if (needed === 'public') return undefined;
  const caller = Caller.safeParse(requestContext.authorizer);
  if (!caller.success) throw new RequestError('unauthorized', 'This operation needs an API key.');
  if (!includesRole(caller.data.role, needed)) {
    throw new RequestError('forbidden', `Expected a key with role ${needed}, this one is ${caller.data.role}.`);
  }
  return caller.data;
}
