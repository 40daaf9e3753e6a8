import type { RequiredPermission } from './evaluate.ts';
import type { SignableRequest } from './signature.ts';

/** A request to an AWS service, with its body read. */
export type ServiceRequest = SignableRequest & {
  readonly body: Buffer;
  /** decoded query parameters; of a repeated one, the first */
  readonly parameters: ReadonlyMap<string, string>;
};

/** Where the stack pretends to be; ARNs are made of it. */
export type Place = { readonly partition: string; readonly region: string; readonly accountId: string };

/** What a service needs allowed for a request. The context holds only what the service itself knows. */
export type RequiredPermissions = (request: ServiceRequest, place: Place) => readonly RequiredPermission[];

/** A request that the services here cannot serve; the message names what it asked for. */
export class UnsupportedRequestError extends Error {
  override readonly name = 'UnsupportedRequestError';
}

/** One permission, with the service's condition keys; keys without a value are left out. */
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
