import middy, { type MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import type { Contract, Contracts, RouteOf } from './contract.ts';
import { RequestError } from './errors.ts';
import { commonHeaders, problemOf, problemResult, retryAfterSecondsOf, toResult } from './http-reply.ts';
import { apiKeyOf, type HttpEvent } from './http-request.ts';
import { includesRole } from './names/roles.ts';
import { API_PREFIX, ROUTES, type Route, type RouteName } from './names/routes.ts';
import { log, observed, reportFailure } from './observability.ts';
import { type Admit, answerAdmitted, answerOf, Caller, type CreateOnce, type Step } from './operation.ts';

/** The function that serves these routes. */
type ServerOf<Names> = RouteOf<Names & RouteName>['servedBy'];

/** The step of each operation, typed by its route and contract. */
type Steps<Api> = {
  readonly [Name in keyof Api & RouteName]: Step<Name, Extract<Api[Name], Contract>>;
};

/** What precedes the steps; `createOnce` is required exactly when a contract creates something. */
type Guards<Api> = { readonly admit: Admit } & ('creates' extends { [Name in keyof Api]: keyof Api[Name] }[keyof Api]
  ? { readonly createOnce: CreateOnce }
  : { readonly createOnce?: never });

/** API Gateway's request id, which is also in the access log and in the gateway's own errors. */
const requestIdOf = ({ event }: { readonly event: HttpEvent }): string => event.requestContext.requestId;

type Http = MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult>;

/** The caller gets `timed_out` this long before Lambda's timeout. */
const EARLY_MILLISECONDS = 500;

/**
 * A Lambda behind API Gateway that serves all contracts of one function, by one step each.
 *
 * Every response is JSON, or problem+json with a stable code; internal errors disclose the request id only.
 */
export const httpHandler = <Api extends Contracts<ServerOf<keyof Api>>>(
  contracts: Api,
  steps: NoInfer<Steps<Api>>,
  { admit, createOnce = nothingCreated }: NoInfer<Guards<Api>>,
) => {
  const names = routeNames(Object.keys(contracts) as (keyof Api & RouteName)[]);
  return middy<APIGatewayProxyEvent, APIGatewayProxyResult>({ timeoutEarlyInMillis: EARLY_MILLISECONDS })
    .use(observed(requestIdOf))
    .use(problems)
    .handler(async (event, context) => {
      const request = requestOf(names, event, context);
      const contract: Contract = contracts[request.routeName];
      const ids = contract.params?.safeParse(event.pathParameters);
      // Only what is an id: a client can put anything into a path, its key too.
      if (ids?.success) log.appendKeys(ids.data);
      const answer = await answerAdmitted(contract, request, admit, () =>
        answerOf(contract, steps[request.routeName], request, createOnce),
      );
      const replayed = answer.replayed ? { 'Idempotent-Replayed': 'true' } : {};
      log.info('Answered', { status: answer.status, replayed: answer.replayed === true });
      return toResult(answer, { ...commonHeaders(requestIdOf({ event })), ...replayed });
    });
};

const nothingCreated: CreateOnce = () => {
  throw new Error('None of these operations creates anything');
};

/** Turns errors into problems. 4xx are logged as information, 5xx are reported as failures. */
const problems: Http = {
  onError: (request) => {
    const requestId = requestIdOf(request);
    const problem = problemOf(request.error, requestId);
    if (problem.status < 500) log.info('Refused', { status: problem.status, code: problem.code });
    else reportFailure('Failed', { status: problem.status, code: problem.code, error: request.error });
    request.response = problemResult(problem, commonHeaders(requestId), retryAfterSecondsOf(request.error, problem));
  },
};

function requestOf<Name extends RouteName>(
  names: ReadonlyMap<string, Name>,
  event: APIGatewayProxyEvent,
  context: Context,
) {
  const { httpMethod, resource } = event;
  const routeName = names.get(`${httpMethod} ${resource}`);
  if (!routeName) throw new RequestError('not_found', `No operation ${httpMethod} ${resource}.`);
  // Before anything is said of a caller: of two keys, the authorizer's caller may be the other's.
  const apiKey = ROUTES[routeName].role === 'public' ? undefined : apiKeyOf(event);
  const caller = callerOf(ROUTES[routeName], event);
  log.appendKeys({ routeName, ...caller });
  const now = new Date();
  const endsAt = new Date(now.getTime() + context.getRemainingTimeInMillis());
  return { routeName, event, caller, apiKey, now, endsAt };
}

/** The names of routes, by method and resource as API Gateway knows them. */
const routeNames = <Name extends RouteName>(names: readonly Name[]): ReadonlyMap<string, Name> =>
  new Map(names.map((name) => [`${ROUTES[name].method} ${API_PREFIX}${ROUTES[name].path}`, name]));

function callerOf({ role: needed }: Route, { requestContext }: HttpEvent): Caller | undefined {
  if (needed === 'public') return undefined;
  const caller = Caller.safeParse(requestContext.authorizer);
  if (!caller.success) throw new RequestError('unauthorized', 'This operation needs an API key.');
  if (!includesRole(caller.data.role, needed)) {
    throw new RequestError(
      'forbidden',
      `This operation needs an API key with the role ${needed}; yours has the role ${caller.data.role}.`,
    );
  }
  return caller.data;
}
