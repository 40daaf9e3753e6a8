import type { z } from 'zod';
import type { ProblemCode } from './names/problems.ts';
import type { ApiFunction, ROUTES, RouteName } from './names/routes.ts';

/** How long an idempotent answer is remembered. */
export const IDEMPOTENCY_SECONDS = 24 * 3600;

/**
 * What one operation takes and gives. The handler validates requests against it, the API document is written from it,
 * and a test validates the replies.
 */
export type Contract = {
  readonly summary: string;
  readonly description: string;
  /** ids in the path; a malformed id is answered like one that does not exist */
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly status: 200 | 201;
  readonly reply: z.ZodType;
  /** further statuses with the same reply: the step then returns the status, too */
  readonly alsoAnswers?: readonly 503[];
  /** beside those that any operation may give */
  readonly problems: readonly ProblemCode[];
  /** idempotent by Idempotency-Key: a repeat creates nothing twice */
  readonly creates?: true;
};

export type RouteOf<Name extends RouteName> = (typeof ROUTES)[Name];

/** The names in the braces of a path. */
type IdsIn<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | IdsIn<Rest> : never;

/** A schema for each of these ids, and none for an id of another path. */
type ShapeOf<Ids extends string> = Readonly<Record<Ids, z.ZodType>> & {
  readonly [Other in Exclude<IdsIn<RouteOf<RouteName>['path']>, Ids>]?: never;
};

/** A contract that fits this route: its params are the ids in the path, only POST has a body or creates, and only with a key. */
type ContractOf<Name extends RouteName> = Contract &
  ([IdsIn<RouteOf<Name>['path']>] extends [never]
    ? { readonly params?: never }
    : { readonly params: { readonly shape: ShapeOf<IdsIn<RouteOf<Name>['path']>> } }) &
  (RouteOf<Name>['method'] extends 'POST' ? unknown : { readonly body?: never; readonly creates?: never }) &
  (RouteOf<Name>['role'] extends 'public' ? { readonly creates?: never } : unknown);

type RouteServedBy<Server extends ApiFunction> = {
  [Name in RouteName]: RouteOf<Name>['servedBy'] extends Server ? Name : never;
}[RouteName];

/** The contract of each operation that this function serves, by the name of its route. */
export type Contracts<Server extends ApiFunction> = { readonly [Name in RouteServedBy<Server>]: ContractOf<Name> };

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

/** The parts of a request that its contract describes, parsed. */
export type Input<C extends Contract> = {
  readonly params: Parsed<C['params']>;
  readonly query: Parsed<C['query']>;
  readonly body: Parsed<C['body']>;
};

/** What the operation replies, before the reply's schema has validated it. */
export type Reply<C extends Contract> = z.input<C['reply']>;

/** A request's body and its reply, as the API document shows them. */
export type Example = { readonly body?: unknown; readonly reply: unknown };

type ExampleOf<C extends Contract> = { readonly reply: Reply<C> } & (C['body'] extends z.ZodType
  ? { readonly body: z.input<C['body']> }
  : { readonly body?: never });

/** One example for each of these contracts, by the same names. */
export type Examples<Api extends Readonly<Record<string, Contract>>> = {
  readonly [Name in keyof Api]: ExampleOf<Api[Name]>;
};
