import { AssetHashType } from 'aws-cdk-lib';
import { Architecture, Code, LayerVersion, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Bundles } from '../bundles.ts';
import { assetHashOf } from '../file-modes.ts';
import type { LayerName } from '../layers.ts';

/** Packages with native code, shared by zip functions. A function keeps its own copy of a version that is replaced. */
export class NativeLayer extends Construct {
  readonly version: LayerVersion;
  /** its content, unzipped */
  readonly dir: string;

  constructor(
    scope: Construct,
    id: string,
    { bundles, name }: { readonly bundles: Bundles; readonly name: LayerName },
  ) {
    super(scope, id);
    this.dir = bundles.layerDir(name);
    this.version = new LayerVersion(this, 'Version', {
      code: Code.fromAsset(this.dir, { assetHash: assetHashOf(this.dir), assetHashType: AssetHashType.CUSTOM }),
      compatibleRuntimes: [Runtime.NODEJS_24_X],
      compatibleArchitectures: [Architecture.X86_64],
      description: `Packages with native code: ${name}`,
    });
  }
}
