import type { RequiredPermission } from './evaluate.ts';
import type { SignableRequest } from './signature.ts';

/** A request to an AWS service, with its body read. */
export type ServiceRequest = SignableRequest & {
  readonly body: Buffer;
  /** decoded query parameters; of a repeated one, the first */
  readonly parameters: ReadonlyMap<string, string>;
};

/** The partition, region and account of the stack's ARNs. */
export type Place = { readonly partition: string; readonly region: string; readonly accountId: string };

/** The permissions that a service requires for a request. Their context has only the service's own condition keys. */
export type RequiredPermissions = (request: ServiceRequest, place: Place) => readonly RequiredPermission[];

/** A request for an unsupported operation, which the message names. */
export class UnsupportedRequestError extends Error {
  override readonly name = 'UnsupportedRequestError';
}

/** One required permission, with the service's condition keys, less those without a value. */
export function permission(
  action: string,
  resource: string,
  context: { readonly [key: string]: string | readonly string[] | undefined } = {},
): RequiredPermission {
  const known = Object.entries(context).flatMap(([key, value]): [string, readonly string[]][] => {
    if (value === undefined) return [];
    return [[key.toLowerCase(), typeof value === 'string' ? [value] : value]];
  });
  return { action, resource, context: new Map(known) };
}
