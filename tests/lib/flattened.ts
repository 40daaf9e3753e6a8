import { z } from 'zod';

const NESTED_STACK = 'AWS::CloudFormation::Stack';

const Resource = z.looseObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DeletionPolicy: z.string().optional(),
  DependsOn: z.array(z.string()).default([]),
});
export type Resource = z.infer<typeof Resource>;

export const Document = z.looseObject({
  Resources: z.record(z.string(), Resource),
  Parameters: z.record(z.string(), z.unknown()).default({}),
  Outputs: z.record(z.string(), z.looseObject({ Value: z.unknown() })).default({}),
});

/** One template as CloudFormation gets it. */
export type Document = z.infer<typeof Document>;

/** Replaces a reference, `Ref` or `Fn::GetAtt`, or returns undefined to leave it. */
type Replace = (id: string, attribute?: string) => unknown;

const Reference = z.union([
  z.strictObject({ Ref: z.string() }).transform(({ Ref }): [string, undefined] => [Ref, undefined]),
  z.strictObject({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) }).transform((value) => value['Fn::GetAtt']),
]);

/** The resources which a value refers to. The CDK writes no `Fn::Sub` with them. */
export function referencesIn(value: unknown): string[] {
  const found: string[] = [];
  replaced(value, (id) => void found.push(id));
  return found;
}

function replaced(value: unknown, replace: Replace): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const reference = Reference.safeParse(value);
  if (reference.success) return replace(reference.data[0], reference.data[1]) ?? value;
  if (Array.isArray(value)) return value.map((each) => replaced(each, replace));
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, replaced(each, replace)]));
}

/** The template of a stack, and those of its nested stacks by their logical ids. */
export type Templates = { readonly top: Document; readonly nested: ReadonlyMap<string, Document> };

/** All resources, as if no stack were nested: parameters and outputs between stacks are replaced by their values. */
export function flattened({ top, nested }: Templates): Record<string, Resource> {
  const outputOf: Replace = (id, attribute) => nested.get(id)?.Outputs[attribute?.replace('Outputs.', '') ?? '']?.Value;
  const whole: [string, Resource][] = Object.entries(replacedIn(top.Resources, outputOf));
  for (const [id, document] of nested) {
    const passed = z.record(z.string(), z.unknown()).default({}).parse(top.Resources[id]?.Properties.Parameters);
    const parameterOf: Replace = (name) => replaced(passed[name], outputOf);
    whole.push(...Object.entries(replacedIn(document.Resources, parameterOf)));
  }
  return Object.fromEntries(whole.filter(([, { Type }]) => Type !== NESTED_STACK));
}

const replacedIn = (resources: Document['Resources'], replace: Replace): Document['Resources'] =>
  z.record(z.string(), Resource).parse(replaced(resources, replace));
