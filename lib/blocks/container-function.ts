import {
  Architecture,
  DockerImageFunction,
  type IFunction,
  type Function as LambdaFunction,
} from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { type FunctionProps, functionName, functionParts, watchFunction } from './function-parts.ts';

/** A function with native code and models, run from the one image that all container functions share. */
export class ContainerFunction extends Construct {
  readonly lambda: LambdaFunction;
  /** what invokes the function invokes its alias */
  readonly live: IFunction;
  readonly timeoutSeconds: number;
  /** a literal, so that using it adds no dependency on the function */
  readonly name: string;

  constructor(scope: Construct, id: string, props: FunctionProps) {
    super(scope, id);
    this.timeoutSeconds = props.timeoutSeconds;
    this.name = functionName(props.environment, props.entry);
    const name = props.entry.slice(props.entry.indexOf('/') + 1);
    this.lambda = new DockerImageFunction(this, 'Function', {
      ...functionParts(this, props),
      // Must match the image's platform: otherwise the function fails with Runtime.InvalidEntrypoint.
      architecture: Architecture.X86_64,
      code: props.image.code(`${name}.handler`),
    });
    props.image.mustPrecede(this.lambda);
    this.live = props.releases.liveAlias(this, { lambda: this.lambda, name: this.name, alarm: props.releaseAlarm });
    watchFunction(id, this.lambda, props);
  }
}
