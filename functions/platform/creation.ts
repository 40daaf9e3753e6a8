import { ulid } from 'ulid';
import type { Contract, Reply } from './contract.ts';
import { RequestError } from './errors.ts';
import { type HttpEvent, headerOf } from './http-request.ts';
import { answerOnce } from './idempotency-store.ts';
import { answerOf, type Call, callOf, type Operation } from './operation.ts';

/**
 * An operation that makes something, once per Idempotency-Key.
 *
 * `newId` is chosen before any work and remembered, so that a repeat after a crash makes the same thing and not a second one.
 */
export const creation = <C extends Contract>(
  contract: C,
  step: (call: Call<C> & { readonly newId: string }) => Promise<Reply<C>>,
): Operation => ({
  answer: async (request) => {
    const call = callOf(contract, request);
    const make = async (newId: string) => answerOf(contract.status, await step({ ...call, newId }));
    const newId = ulid(call.now.getTime());
    const idempotencyKey = idempotencyKeyOf(request.event);
    if (idempotencyKey === undefined) return make(newId);
    const { keyId, workspaceId } = call.caller;
    const scope = { workspaceId, keyId, routeName: request.routeName, idempotencyKey, apiKey: apiKeyOf(request.event) };
    return answerOnce(scope, { params: call.params, body: call.body }, newId, make, call.now);
  },
});

/** @throws RequestError when the header is there and is not 1-200 visible ASCII characters */
function idempotencyKeyOf(event: HttpEvent): string | undefined {
  const key = headerOf(event, 'Idempotency-Key');
  if (key === undefined || /^[\x21-\x7e]{1,200}$/.test(key)) return key;
  throw new RequestError(
    'invalid_idempotency_key',
    `Expected 1-200 visible ASCII characters, received ${key.length} characters.`,
  );
}

function apiKeyOf(event: HttpEvent): string {
  const key = headerOf(event, 'X-Api-Key');
  if (!key) throw new RequestError('unauthorized', 'This operation needs an API key.');
  return key;
}
