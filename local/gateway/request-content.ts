/** What of a request is matched, checked and passed on. */
export type RequestContent = {
  readonly pathParameters: { readonly [name: string]: string };
  /** values by name in lower case */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly query: ReadonlyMap<string, readonly string[]>;
  readonly body: Buffer;
};
