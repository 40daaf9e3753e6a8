import type { z } from 'zod';
import type { ProblemCode } from './names/problems.ts';
import type { ApiFunction, ROUTES, RouteName } from './names/routes.ts';

/** Retention of an idempotent reply. */
export const IDEMPOTENCY_SECONDS = 24 * 3600;

/**
 * The schemas of one operation. The handler validates requests against them, the OpenAPI document is generated from them,
 * and a test validates the replies.
 */
export type Contract = {
  readonly summary: string;
  readonly description: string;
  /** ids in the path; a malformed id gets 404, like an unknown one */
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly status: 200 | 201;
  readonly reply: z.ZodType;
  /** further statuses with the same reply; the step then also returns the status */
  readonly alsoAnswers?: readonly 503[];
  /** beside the problems of every operation */
  readonly problems: readonly ProblemCode[];
  /** idempotent by Idempotency-Key */
  readonly creates?: true;
  /** called again and again, cheap and without effect: answered while the request is counted */
  readonly polled?: true;
};

export type RouteOf<Name extends RouteName> = (typeof ROUTES)[Name];

/** The names in the braces of a path. */
type IdsIn<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | IdsIn<Rest> : never;

/** A schema for exactly these ids. */
type ShapeOf<Ids extends string> = Readonly<Record<Ids, z.ZodType>> & {
  readonly [Other in Exclude<IdsIn<RouteOf<RouteName>['path']>, Ids>]?: never;
};

/** A contract that fits this route: its params are the ids in the path; only POST and PUT have a body, only POST creates, and not on public routes. */
type ContractOf<Name extends RouteName> = Contract &
  ([IdsIn<RouteOf<Name>['path']>] extends [never]
    ? { readonly params?: never }
    : { readonly params: { readonly shape: ShapeOf<IdsIn<RouteOf<Name>['path']>> } }) &
  (RouteOf<Name>['method'] extends 'POST' | 'PUT' ? unknown : { readonly body?: never }) &
  (RouteOf<Name>['method'] extends 'POST' ? unknown : { readonly creates?: never }) &
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

/** An operation's reply, before validation. */
export type Reply<C extends Contract> = z.input<C['reply']>;

/** An example of a request's body and its reply, for the OpenAPI document. */
export type Example = { readonly body?: unknown; readonly reply: unknown };

type ExampleOf<C extends Contract> = { readonly reply: Reply<C> } & (C['body'] extends z.ZodType
  ? { readonly body: z.input<C['body']> }
  : { readonly body?: never });

/** One example for each of these contracts, by the same names. */
export type Examples<Api extends Readonly<Record<string, Contract>>> = {
  readonly [Name in keyof Api]: ExampleOf<Api[Name]>;
};
