import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { z } from 'zod';
import { cannotRun } from '../errors.ts';
import type { Asset } from '../types.ts';

const Artifact = z.object({
  type: z.string(),
  properties: z.object({ templateFile: z.string(), stackName: z.string().optional() }).partial().optional(),
});
const Manifest = z.object({ artifacts: z.record(z.string(), Artifact) });

const Assets = z.object({
  files: z
    .record(
      z.string(),
      z.object({
        source: z.object({ path: z.string().optional() }),
        destinations: z.record(z.string(), z.object({ objectKey: z.string() })),
      }),
    )
    .default({}),
  dockerImages: z
    .record(
      z.string(),
      z.object({
        source: z.object({
          directory: z.string().optional(),
          dockerFile: z.string().default('Dockerfile'),
          dockerBuildArgs: z.record(z.string(), z.string()).default({}),
        }),
        destinations: z.record(z.string(), z.object({ imageTag: z.string() })),
      }),
    )
    .default({}),
});

const TemplateDocument = z.object({
  Transform: z.never({ error: 'transforms (macros) are not supported' }).optional(),
  Parameters: z.record(z.string(), z.looseObject({ Type: z.string(), Default: z.unknown().optional() })).default({}),
  Mappings: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))).default({}),
  Conditions: z.record(z.string(), z.unknown()).default({}),
  Resources: z.record(
    z.string(),
    z.object({
      Type: z.string(),
      Properties: z.record(z.string(), z.unknown()).default({}),
      Condition: z.string().optional(),
      DependsOn: z.union([z.string().transform((one) => [one]), z.array(z.string())]).default([]),
    }),
  ),
  Outputs: z.record(z.string(), z.looseObject({ Value: z.unknown(), Condition: z.string().optional() })).default({}),
});
/** An unresolved CloudFormation template. */
export type TemplateDocument = z.infer<typeof TemplateDocument>;

export type Assembly = {
  readonly stackName: string;
  readonly document: TemplateDocument;
  readonly assets: readonly Asset[];
  /** the template of a nested stack, which is an asset of its parent stack */
  readonly nestedTemplate: (templateUrl: string) => TemplateDocument;
};

/** One stack of a cloud assembly (the output of `cdk synth`); `stackName` is required when it has several. */
export function readAssembly(assemblyDir: string, stackName?: string): Assembly {
  const manifest = Manifest.parse(readJson(join(assemblyDir, 'manifest.json')));
  const stacks = Object.entries(manifest.artifacts)
    .filter(([, artifact]) => artifact.type === 'aws:cloudformation:stack')
    .map(([id, { properties }]) => ({ name: properties?.stackName ?? id, file: properties?.templateFile ?? '', id }));
  const wanted = stackName === undefined ? stacks : stacks.filter(({ name }) => name === stackName);
  const [stack] = wanted;
  if (stack === undefined || wanted.length > 1) {
    const names = stacks.map(({ name }) => name).join(', ') || 'none';
    throw cannotRun(assemblyDir, `expected one stack${stackName ? ` named ${stackName}` : ''}, found ${names}`);
  }
  const document = TemplateDocument.parse(readJson(join(assemblyDir, stack.file)));
  const assets = readAssets(assemblyDir, `${stack.id}.assets.json`);
  const nestedTemplate = (templateUrl: string) => readNestedTemplate(assemblyDir, assets, templateUrl);
  return { stackName: stack.name, document, assets, nestedTemplate };
}

function readNestedTemplate(assemblyDir: string, assets: readonly Asset[], templateUrl: string): TemplateDocument {
  const objectKey = basename(templateUrl);
  const asset = assets.find((each) => each.kind === 'file' && each.objectKey === objectKey);
  if (asset?.kind !== 'file')
    throw cannotRun(assemblyDir, `holds no asset ${objectKey}, the template of a nested stack`);
  return TemplateDocument.parse(readJson(asset.path));
}

function readAssets(assemblyDir: string, file: string): Asset[] {
  const { files, dockerImages } = Assets.parse(readJson(join(assemblyDir, file)));
  const fileAssets = Object.values(files).flatMap(({ source, destinations }) =>
    Object.values(destinations).map(
      ({ objectKey }): Asset => ({ kind: 'file', objectKey, path: resolve(assemblyDir, source.path ?? '.') }),
    ),
  );
  const images = Object.values(dockerImages).flatMap(({ source, destinations }) =>
    Object.values(destinations).map(
      ({ imageTag }): Asset => ({
        kind: 'image',
        imageTag,
        directory: resolve(assemblyDir, source.directory ?? '.'),
        dockerFile: source.dockerFile,
        buildArgs: source.dockerBuildArgs,
      }),
    ),
  );
  return [...fileAssets, ...images];
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw cannotRun(path, `cannot be read as JSON (${error instanceof Error ? error.message : String(error)})`);
  }
}
