import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import {
  Architecture,
  DockerImageCode,
  DockerImageFunction,
  type Function as LambdaFunction,
} from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { type FunctionProps, functionName, functionParts, watchFunction } from './function-parts.ts';

/** A function that needs native code and models: it runs from the one image that all of its kind share. */
export class ContainerFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly timeoutSeconds: number;
  /** known before the function is there */
  readonly name: string;

  constructor(scope: Construct, id: string, props: FunctionProps) {
    super(scope, id);
    this.timeoutSeconds = props.timeoutSeconds;
    this.name = functionName(props.environment, props.entry);
    const name = props.entry.slice(props.entry.indexOf('/') + 1);
    this.lambda = new DockerImageFunction(this, 'Function', {
      ...functionParts(this, props),
      // Both are said: an image for one and a function of the other ends in Runtime.InvalidEntrypoint.
      architecture: Architecture.X86_64,
      code: DockerImageCode.fromImageAsset(props.bundles.imageDir, {
        platform: Platform.LINUX_AMD64,
        cmd: [`${name}.handler`],
      }),
    });
    watchFunction(id, this.lambda, props);
  }
}
