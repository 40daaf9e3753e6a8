import { ulid } from 'ulid';
import { RequestError } from './errors.ts';
import { type HttpEvent, headerOf } from './http-request.ts';
import { answerOnce } from './idempotency-store.ts';
import type { CreateOnce } from './operation.ts';

/**
 * Runs a creation once per Idempotency-Key; without the header, at each request.
 *
 * The id is generated and stored first, so that a repeat after a crash does not create a second resource.
 */
export const createOnce: CreateOnce = async (
  { routeName, event, caller, apiKey, now, endsAt },
  { params, body },
  create,
) => {
  const newId = ulid(now.getTime());
  const idempotencyKey = idempotencyKeyOf(event);
  if (idempotencyKey === undefined) return create(newId);
  if (!caller || !apiKey) throw new RequestError('unauthorized', 'This operation needs an API key.');
  const { keyId, workspaceId } = caller;
  return answerOnce({ workspaceId, keyId, routeName, idempotencyKey, apiKey }, { params, body }, newId, create, {
    now,
    endsAt,
  });
};

/** @throws RequestError when the header is present and is not 1-200 visible ASCII characters */
function idempotencyKeyOf(event: HttpEvent): string | undefined {
  const key = headerOf(event, 'Idempotency-Key');
  if (key === undefined || /^[\x21-\x7e]{1,200}$/.test(key)) return key;
  throw new RequestError(
    'invalid_idempotency_key',
    `Expected 1-200 visible ASCII characters, received ${key.length} characters.`,
  );
}
