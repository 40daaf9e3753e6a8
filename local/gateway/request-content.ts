/** The parts of a request's head that are matched, validated and forwarded. */
export type RequestContent = {
  readonly pathParameters: { readonly [name: string]: string };
  /** values by name in lower case */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly query: ReadonlyMap<string, readonly string[]>;
};
