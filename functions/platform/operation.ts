import { z } from 'zod';
import type { Contract, Input, Reply, RouteOf } from './contract.ts';
import type { Answer } from './http-reply.ts';
import { apiPathOf, type HttpEvent, readInput } from './http-request.ts';
import { KeyId, WorkspaceId } from './ids.ts';
import { ROLES } from './names/roles.ts';
import type { RouteName } from './names/routes.ts';

/** The caller, from the authorizer. Nothing in a request can override it. */
export const Caller = z.object({ workspaceId: WorkspaceId, role: z.enum(ROLES), keyId: KeyId });
export type Caller = z.infer<typeof Caller>;

export type HttpRequest = {
  readonly routeName: RouteName;
  readonly event: HttpEvent;
  /** absent on public routes */
  readonly caller: Caller | undefined;
  /** the caller's secret; absent on public routes */
  readonly apiKey: string | undefined;
  readonly now: Date;
  /** when Lambda ends the invocation, by the function's timeout */
  readonly endsAt: Date;
};

/** A valid request: with the caller, unless the route is public; with a new id, if the operation creates something. */
export type Call<Name extends RouteName, C extends Contract> = Input<C> & {
  readonly now: Date;
  /** the API's base path on the request's host, for links */
  readonly apiPath: string;
} & (RouteOf<Name>['role'] extends 'public' ? unknown : { readonly caller: Caller }) &
  ('creates' extends keyof C ? { readonly newId: string } : unknown);

/** A step's result: the reply; with its status, if the contract has several. */
export type Outcome<C extends Contract> = 'alsoAnswers' extends keyof C ? Choice<C> : Reply<C>;

type Choice<C extends Contract> = {
  readonly status: C['status'] | NonNullable<C['alsoAnswers']>[number];
  readonly reply: Reply<C>;
};

/** The work of one operation, on valid requests. */
export type Step<Name extends RouteName, C extends Contract> = (call: Call<Name, C>) => Promise<Outcome<C>>;

/** Counts a request of a caller. @throws RequestError rate_limited or quota_exceeded, with the time to wait */
export type Admit = (caller: Caller, now: Date) => Promise<void>;

/** The answer to a request that is admitted; that of a polled operation is computed while the request is counted. */
export async function answerAdmitted(
  { polled }: Contract,
  { caller, now }: HttpRequest,
  admit: Admit,
  answer: () => Promise<Answer>,
): Promise<Answer> {
  if (!caller) return answer();
  const counted = admit(caller, now);
  if (!polled) await counted;
  const answering = answer();
  // Whatever it says, it is not said to a caller who is refused.
  answering.catch(() => undefined);
  await counted;
  return answering;
}

/** Runs `create` once per Idempotency-Key, under an id that is the same for every repeat. */
export type CreateOnce = (
  request: HttpRequest,
  input: Pick<Input<Contract>, 'params' | 'body'>,
  create: (newId: string) => Promise<Answer>,
) => Promise<Answer>;

/**
 * An operation's response to one request.
 *
 * @param step of this contract, which `httpHandler` ensures
 * @throws RequestError when the request does not meet the contract
 */
export async function answerOf(
  contract: Contract,
  step: (call: never) => Promise<unknown>,
  request: HttpRequest,
  createOnce: CreateOnce,
): Promise<Answer> {
  const { event, caller, now } = request;
  const input = readInput(contract, event);
  const call = { ...input, caller, now, apiPath: apiPathOf(event) };
  const take = async (newId?: string) => answered(contract, await step({ ...call, newId } as never));
  return contract.creates ? createOnce(request, input, take) : take();
}

function answered(contract: Contract, outcome: unknown): Answer {
  const { status, reply } = contract.alsoAnswers
    ? (outcome as Choice<Contract>)
    : { status: contract.status, reply: outcome };
  return { status, body: JSON.stringify(reply) };
}
