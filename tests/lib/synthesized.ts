import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type CfnElement, NestedStack, type Stack } from 'aws-cdk-lib';
import { z } from 'zod';
import type { EnvironmentName } from '../../functions/platform/names/environments.ts';
import type { ImageBuilder } from '../../lib/container-image.ts';
import { environmentNamed } from '../../lib/environments.ts';
import { FettleStack } from '../../lib/fettle-stack.ts';
import { CDK_FEATURES } from '../../lib/synthesize.ts';
import { Document, flattened, type Resource, referencesIn, type Templates } from './flattened.ts';

/** A stack as deployed, except for the code: bundles are empty files, so that no test waits for esbuild. */
export function fettleStack(name: EnvironmentName, imageBuilder: ImageBuilder = 'codebuild') {
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
  const bundles = { zipDir: () => codeDir, layerDir: () => codeDir, imageDir: codeDir };
  const stack = new FettleStack(app, { environment: environmentNamed(name), bundles, imageBuilder });
  return { app, stack, outDir: join(dir, 'out'), remove: () => rmSync(dir, { recursive: true }) };
}

/** A resource of one type, its properties parsed. */
export type Read<Shape extends z.ZodRawShape> = Resource & {
  readonly id: string;
  readonly props: z.infer<z.ZodObject<Shape>>;
};

/** The synthesized templates of an environment, and all their resources as if no stack were nested. */
export function templateOf(name: EnvironmentName) {
  const { app, stack, outDir, remove } = fettleStack(name);
  app.synth();
  const templates = readTemplates(stack, outDir);
  remove();
  const resources = flattened(templates);
  return {
    /** as CloudFormation gets them: the top stack, then nested ones */
    stacks: [templates.top, ...templates.nested.values()] as const,
    outputs: templates.top.Outputs,
    /** The resources of one type, with the properties in `fields`. */
    all: <Shape extends z.ZodRawShape>(type: string, fields: Shape): Read<Shape>[] =>
      Object.entries(resources)
        .filter(([, { Type }]) => Type === type)
        .map(([id, resource]) => ({ ...resource, id, props: z.object(fields).parse(resource.Properties) })),
  };
}
export type SynthesizedTemplate = ReturnType<typeof templateOf>;

function readTemplates(stack: Stack, outDir: string): Templates {
  const read = (file: string) => Document.parse(JSON.parse(readFileSync(join(outDir, file), 'utf8')));
  const nested = stack.node
    .findAll()
    .filter((construct) => NestedStack.isNestedStack(construct))
    .map((inner) => [stack.getLogicalId(inner.nestedStackResource as CfnElement), read(inner.templateFile)] as const);
  return { top: read(stack.templateFile), nested: new Map(nested) };
}

/** The dependencies of each resource of a stack, by logical ids: references and DependsOn. */
export function needsIn({ Resources }: Document): Readonly<Record<string, readonly string[]>> {
  const needs = Object.entries(Resources).map(([id, { DependsOn, Properties }]) => {
    const needed = new Set([...DependsOn, ...referencesIn(Properties)]);
    return [id, [...needed].filter((other) => other in Resources)];
  });
  return Object.fromEntries(needs);
}
