import { z } from 'zod';
import type { Contract, Input, Reply } from './contract.ts';
import { RequestError } from './errors.ts';
import type { Answer } from './http-reply.ts';
import { apiPathOf, type HttpEvent, readInput } from './http-request.ts';
import { KeyId, WorkspaceId } from './ids.ts';
import { ROLES } from './names/roles.ts';
import type { RouteName } from './names/routes.ts';

/** Who calls, as the authorizer found out from the API key. Nothing in a request can say otherwise. */
export const Caller = z.object({ workspaceId: WorkspaceId, role: z.enum(ROLES), keyId: KeyId });
export type Caller = z.infer<typeof Caller>;

export type HttpRequest = {
  readonly routeName: RouteName;
  readonly event: HttpEvent;
  /** absent on public routes */
  readonly caller: Caller | undefined;
  readonly now: Date;
};

/** A request that met its contract. */
export type Call<C extends Contract> = Input<C> & {
  readonly caller: Caller;
  readonly now: Date;
  /** where the API begins on the host that was asked, for links */
  readonly apiPath: string;
};

/** One operation of the API, ready to be put under its route's name. */
export type Operation = { readonly answer: (request: HttpRequest) => Promise<Answer> };

/** An operation whose step gets what the contract describes, and answers with the contract's status. */
export const operation = <C extends Contract>(contract: C, step: (call: Call<C>) => Promise<Reply<C>>): Operation => ({
  answer: async (request) => answerOf(contract.status, await step(callOf(contract, request))),
});

/** An operation without a caller or input, which chooses its status: what load balancers and monitors ask. */
export const publicOperation = <C extends Contract>(
  _contract: C,
  step: () => Promise<{ readonly status: number; readonly reply: Reply<C> }>,
): Operation => ({
  answer: async () => {
    const { status, reply } = await step();
    return answerOf(status, reply);
  },
});

export const answerOf = (status: number, reply: unknown): Answer => ({ status, body: JSON.stringify(reply) });

/** @throws RequestError when the request is not what the contract describes */
export function callOf<C extends Contract>(contract: C, { event, caller, now }: HttpRequest): Call<C> {
  if (!caller) throw new RequestError('unauthorized', 'This operation needs an API key.');
  return { ...readInput(contract, event), caller, now, apiPath: apiPathOf(event) };
}
