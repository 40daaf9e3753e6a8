import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { bundle } from './bundles.ts';
import { LAMBDA_PLATFORM, THIS_PLATFORM } from './native-files.ts';
import type { StatefulResources } from './stateful-resources.ts';

const PROJECT_DIR = dirname(import.meta.dirname);

/** The CDK's feature flags that change our template or have its violations end the synthesis; without them it keeps its old behaviour. */
export const CDK_FEATURES = {
  '@aws-cdk/aws-apigateway:authorizerChangeDeploymentLogicalId': true,
  '@aws-cdk/aws-apigateway:disableCloudWatchRole': true,
  '@aws-cdk/aws-apigateway:logGroupDestinationArnWithoutWildcard': true,
  '@aws-cdk/aws-iam:minimizePolicies': true,
  '@aws-cdk/aws-lambda:recognizeLayerVersion': true,
  '@aws-cdk/aws-lambda:recognizeVersionProps': true,
  '@aws-cdk/aws-s3:createDefaultLoggingPolicy': true,
  '@aws-cdk/aws-s3:publicAccessBlockedByDefault': true,
  '@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy': true,
  '@aws-cdk/core:validateAgainstDefaultRules': true,
};

export type Synthesis = {
  /** default: `-c env=…` of the `cdk` command */
  readonly env?: string;
  /** default: the `cdk` command's */
  readonly outDir?: string;
  /**
   * Default: an assembly for this machine. To deploy, image and layers hold the libraries of Lambda's platform, and the templates
   * are validated against CloudFormation's schemas and cdk-nag's rules, which takes many seconds.
   */
  readonly toDeploy?: boolean;
  /** is given the tables and buckets; default: to deploy, they are compared with the record */
  readonly onStatefulResources?: (found: StatefulResources) => void;
};

/**
 * Writes the template and the assets of one environment, without Docker, credentials or network.
 *
 * @throws when there is no such environment, naming those there are, when the image or a layer lacks a file, and, to deploy, when a
 *   table or bucket would be lost
 */
export async function synthesize({
  env,
  outDir,
  toDeploy = false,
  onStatefulResources,
}: Synthesis = {}): Promise<CloudAssembly> {
  const scratchDir = mkdtempSync(join(tmpdir(), 'fettle-bundles-'));
  // First, because esbuild runs in another process while the CDK is loaded.
  const bundling = bundle(PROJECT_DIR, scratchDir, toDeploy ? LAMBDA_PLATFORM : THIS_PLATFORM);
  try {
    const { Annotations, App } = await import('aws-cdk-lib');
    const { imageBuilderNamed } = await import('./container-image.ts');
    const { addNoEnvironment } = await import('./no-environment.ts');
    const { FettleStack } = await import('./fettle-stack.ts');
    const { normalizeModes } = await import('./file-modes.ts');
    const { environmentNamed } = await import('./environments.ts');
    const { concurrencyText, LOCAL_PHOTOS_AT_ONCE, readPhotosAtOnce } = await import('./concurrency.ts');
    const { readShift } = await import('./shifts.ts');
    const app = new App({
      ...(outDir !== undefined && { outdir: outDir }),
      context: CDK_FEATURES,
      analyticsReporting: false,
      builtinCloudFormationValidation: toDeploy,
      stackTraces: false,
      treeMetadata: false,
    });
    const name = env ?? app.node.tryGetContext('env');
    if (name === undefined) {
      addNoEnvironment(app);
      return app.synth();
    }
    const photosAtOnce = toDeploy ? readPhotosAtOnce(app.node.tryGetContext('photosAtOnce')) : LOCAL_PHOTOS_AT_ONCE;
    const shift = readShift(app.node.tryGetContext('shift'));
    const environment = environmentNamed(name, { photosAtOnce, shift });
    const imageBuilder = imageBuilderNamed(app.node.tryGetContext('image') ?? 'codebuild');
    const stack = new FettleStack(app, { environment, bundles: await bundling, imageBuilder });
    if (toDeploy) {
      Annotations.of(stack).addInfo(concurrencyText(photosAtOnce, environment.name));
      const { monthlyFloor, monthlyFloorText } = await import('./monthly-floor.ts');
      Annotations.of(stack).addInfo(monthlyFloorText(monthlyFloor(stack)));
      (await import('./best-practices.ts')).enforceBestPractices(app, stack);
    }
    // Copies every bundle into the assembly, under its hash.
    const assembly = app.synth();
    const { recordedResources, refuseLostData, statefulResourcesOf } = await import('./stateful-resources.ts');
    const stateful = statefulResourcesOf(stack, assembly.directory);
    onStatefulResources?.(stateful);
    if (toDeploy) refuseLostData(recordedResources(environment.name), stateful, app.node.tryGetContext('replaceData'));
    normalizeModes(assembly.directory);
    return assembly;
  } finally {
    await bundling.catch(() => undefined);
    rmSync(scratchDir, { recursive: true, force: true });
  }
}
