import { AssetHashType } from 'aws-cdk-lib';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { assetHashOf } from '../file-modes.ts';
import { type FunctionProps, functionName, functionParts, watchFunction } from './function-parts.ts';

/** A function of plain JavaScript, bundled into a zip. */
export class NodeFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly timeoutSeconds: number;
  /** a literal, so that using it adds no dependency on the function */
  readonly name: string;

  constructor(scope: Construct, id: string, props: FunctionProps) {
    super(scope, id);
    this.timeoutSeconds = props.timeoutSeconds;
    this.name = functionName(props.environment, props.entry);
    const zipDir = props.bundles.zipDir(props.entry);
    this.lambda = new LambdaFunction(this, 'Function', {
      ...functionParts(this, props),
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromAsset(zipDir, { assetHash: assetHashOf(zipDir), assetHashType: AssetHashType.CUSTOM }),
    });
    watchFunction(id, this.lambda, props);
  }
}
