import { AssetHashType } from 'aws-cdk-lib';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Bundles, Entry } from '../bundles.ts';
import { assetHashOf } from '../file-modes.ts';
import { type FunctionProps, functionName, functionParts, watchFunction } from './function-parts.ts';

/** The bundle of an entry. */
export function zipCode(bundles: Bundles, entry: Entry): Code {
  const zipDir = bundles.zipDir(entry);
  return Code.fromAsset(zipDir, { assetHash: assetHashOf(zipDir), assetHashType: AssetHashType.CUSTOM });
}

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
    this.lambda = new LambdaFunction(this, 'Function', {
      ...functionParts(this, props),
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: zipCode(props.bundles, props.entry),
    });
    watchFunction(id, this.lambda, props);
  }
}
