/** The route of a method: `{name}` matches one segment of a path, `{name+}` one or more. */
export type RoutePattern = {
  /** e.g. `/jobs/{jobId}` */
  readonly resourcePath: string;
  /** `ANY` for every method */
  readonly method: string;
};

export type RouteMatch<Route> = { readonly route: Route; readonly pathParameters: { readonly [name: string]: string } };

/**
 * The matching route by API Gateway's precedence: segment by segment, a literal before `{name}` before `{name+}`; on the
 * same path, the method itself before `ANY`. One trailing slash is ignored; any other empty segment matches nothing.
 *
 * @param path percent-encoded; parameters are decoded
 */
export function matchRoute<Route extends RoutePattern>(
  routes: readonly Route[],
  method: string,
  path: string,
): RouteMatch<Route> | undefined {
  const given = segmentsOf(path);
  const matches = routes.flatMap((route) => {
    const pathParameters = parametersOf(segmentsOf(route.resourcePath), given);
    return pathParameters ? [{ route, pathParameters }] : [];
  });
  const [best] = matches.toSorted((one, other) => compareKeys(rankOf(one.route), rankOf(other.route)));
  const onBestPath = matches.filter(({ route }) => route.resourcePath === best?.route.resourcePath);
  const named = onBestPath.find(({ route }) => route.method === method);
  return named ?? onBestPath.find(({ route }) => route.method === 'ANY');
}

function segmentsOf(path: string): readonly string[] {
  const inner = path.replace(/^\//, '').replace(/\/$/, '');
  return inner === '' ? [] : inner.split('/');
}

function parametersOf(wanted: readonly string[], given: readonly string[]): { [name: string]: string } | undefined {
  const parameters: { [name: string]: string } = {};
  for (const [index, segment] of wanted.entries()) {
    const value = given[index];
    if (!value) return undefined;
    const [, name, greedy] = /^\{([^}+]+)(\+)?\}$/.exec(segment) ?? [];
    if (name !== undefined && greedy) return { ...parameters, [name]: decode(given.slice(index).join('/')) };
    if (name !== undefined) parameters[name] = decode(value);
    else if (decode(value) !== segment) return undefined;
  }
  return wanted.length === given.length ? parameters : undefined;
}

/** Sort key of a path's precedence. */
function rankOf({ resourcePath }: RoutePattern): string {
  return segmentsOf(resourcePath)
    .map((segment) => (segment.endsWith('+}') ? '2' : segment.startsWith('{') ? '1' : '0'))
    .join('');
}

const compareKeys = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
