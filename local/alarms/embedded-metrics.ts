import type { Datum } from '../types.ts';

type Directive = {
  readonly Namespace: string;
  readonly Dimensions?: readonly (readonly string[])[];
  readonly Metrics?: readonly { readonly Name: string; readonly Unit?: string }[];
};

/** The metrics in a log line of CloudWatch's embedded metric format (EMF); empty for any other line. */
export function embeddedMetrics(line: string, atMs: number): Datum[] {
  if (!line.startsWith('{') || !line.includes('"_aws"')) return [];
  const document = parse(line);
  const directives =
    (document?._aws as { CloudWatchMetrics?: readonly Directive[] } | undefined)?.CloudWatchMetrics ?? [];
  return directives.flatMap((directive) => dataOf(directive, document ?? {}, atMs));
}

function dataOf(
  { Namespace, Dimensions = [[]], Metrics = [] }: Directive,
  document: { [name: string]: unknown },
  atMs: number,
): Datum[] {
  return Dimensions.flatMap((names) => {
    const dimensions = Object.fromEntries(names.map((name) => [name, String(document[name])]));
    return Metrics.flatMap(({ Name, Unit }) =>
      [document[Name]].flat().map(
        (value): Datum => ({
          namespace: Namespace,
          metric: Name,
          dimensions,
          value: Number(value),
          ...(Unit !== undefined && { unit: Unit }),
          atMs,
        }),
      ),
    );
  });
}

function parse(line: string): { [name: string]: unknown } | undefined {
  try {
    return JSON.parse(line) as { [name: string]: unknown };
  } catch {
    return undefined;
  }
}
