import { AssetHashType } from 'aws-cdk-lib';
import { Architecture, Code, type IFunction, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Bundles, Entry } from '../bundles.ts';
import { assetHashOf } from '../file-modes.ts';
import { refuseTooLarge } from '../unzipped-size.ts';
import { type FunctionProps, functionName, functionParts, watchFunction } from './function-parts.ts';
import type { NativeLayer } from './native-layer.ts';

/** The bundle of an entry. */
export function zipCode(bundles: Bundles, entry: Entry): Code {
  const zipDir = bundles.zipDir(entry);
  return Code.fromAsset(zipDir, { assetHash: assetHashOf(zipDir), assetHashType: AssetHashType.CUSTOM });
}

export type NodeFunctionProps = FunctionProps & {
  /** default: none */
  readonly layers?: readonly NativeLayer[];
};

/** A function of JavaScript, bundled into a zip; its native code, if it has some, is in a layer. */
export class NodeFunction extends Construct {
  readonly lambda: LambdaFunction;
  /** what invokes the function invokes its alias */
  readonly live: IFunction;
  readonly timeoutSeconds: number;
  /** a literal, so that using it adds no dependency on the function */
  readonly name: string;

  constructor(scope: Construct, id: string, { layers = [], ...props }: NodeFunctionProps) {
    super(scope, id);
    this.timeoutSeconds = props.timeoutSeconds;
    this.name = functionName(props.environment, props.entry);
    refuseTooLarge(id, {
      zip: props.bundles.zipDir(props.entry),
      ...Object.fromEntries(layers.map(({ node, dir }) => [`layer ${node.id}`, dir])),
    });
    this.lambda = new LambdaFunction(this, 'Function', {
      ...functionParts(this, props),
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: zipCode(props.bundles, props.entry),
      // The platform of the layer's libraries.
      ...(layers.length > 0 && { layers: layers.map(({ version }) => version), architecture: Architecture.X86_64 }),
    });
    this.live = props.releases.liveAlias(this, { lambda: this.lambda, name: this.name, alarm: props.releaseAlarm });
    watchFunction(id, this.lambda, props);
  }
}
