import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { z } from 'zod';
import type { EnvironmentName } from '../../functions/platform/names/environments.ts';
import { environmentNamed } from '../../lib/environments.ts';
import { FettleStack } from '../../lib/fettle-stack.ts';
import { CDK_FEATURES } from '../../lib/synthesize.ts';

/** A stack as it would be deployed, but for the code: bundles are empty files, so that no test waits for esbuild. */
export function fettleStack(name: EnvironmentName) {
  const dir = mkdtempSync(join(tmpdir(), 'fettle-stack-'));
  const codeDir = mkdtempSync(join(dir, 'code-'));
  for (const file of ['index.mjs', 'Dockerfile']) writeFileSync(join(codeDir, file), '');
  const app = new App({
    outdir: join(dir, 'out'),
    context: CDK_FEATURES,
    analyticsReporting: false,
    builtinCloudFormationValidation: false,
    stackTraces: false,
    treeMetadata: false,
  });
  const bundles = { zipDir: () => codeDir, imageDir: codeDir };
  const stack = new FettleStack(app, { environment: environmentNamed(name), bundles });
  return { app, stack, outDir: join(dir, 'out'), remove: () => rmSync(dir, { recursive: true }) };
}

const Document = z.looseObject({
  Resources: z.record(
    z.string(),
    z.looseObject({
      Type: z.string(),
      Properties: z.record(z.string(), z.unknown()).default({}),
      DeletionPolicy: z.string().optional(),
      DependsOn: z.array(z.string()).optional(),
    }),
  ),
  Outputs: z.record(z.string(), z.unknown()),
});
type Resource = z.infer<typeof Document>['Resources'][string];

/** What one kind of resource must have: `fields` are the properties that a test looks at. */
export type Read<Shape extends z.ZodRawShape> = Resource & {
  readonly id: string;
  readonly props: z.infer<z.ZodObject<Shape>>;
};

/** The synthesized template of an environment. */
export function templateOf(name: EnvironmentName) {
  const { app, stack, remove } = fettleStack(name);
  const document = Document.parse(app.synth().getStackByName(stack.stackName).template);
  remove();
  return {
    outputs: document.Outputs,
    /** what each resource needs before it can be made, by logical ids */
    needs: Object.fromEntries(
      Object.entries(document.Resources).map(([id, resource]) => [id, neededBy(resource, document.Resources)]),
    ),
    /** The resources of one type, with those properties that a test looks at. */
    all: <Shape extends z.ZodRawShape>(type: string, fields: Shape): Read<Shape>[] =>
      Object.entries(document.Resources)
        .filter(([, { Type }]) => Type === type)
        .map(([id, resource]) => ({ ...resource, id, props: z.object(fields).parse(resource.Properties) })),
  };
}
export type SynthesizedTemplate = ReturnType<typeof templateOf>;

const Reference = z.union([
  z.object({ Ref: z.string() }).transform(({ Ref }) => Ref),
  z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) }).transform((value) => value['Fn::GetAtt'][0]),
]);

/** The resources that a resource refers to or names in DependsOn. The CDK writes no `Fn::Sub`. */
function neededBy(resource: Resource, known: Record<string, Resource>): string[] {
  const found = new Set(resource.DependsOn);
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const reference = Reference.safeParse(value);
    if (reference.success) found.add(reference.data);
    else Object.values(value).forEach(visit);
  };
  visit(resource.Properties);
  return [...found].filter((id) => id in known);
}
