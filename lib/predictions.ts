import { Construct } from 'constructs';
import { NativeLayer } from './blocks/native-layer.ts';
import { NodeFunction } from './blocks/node-function.ts';
import type { Serving } from './blocks/serving.ts';
import type { Foundation } from './foundation.ts';

/** Prices by models, while the caller waits. */
export class Predictions extends Construct {
  readonly serves: Serving<'predictions-api'>;
  /** what price models run on */
  readonly layer: NativeLayer;

  constructor(scope: Construct, id: string, foundation: Foundation) {
    super(scope, id);
    this.layer = new NativeLayer(this, 'OnnxRuntime', { bundles: foundation.bundles, name: 'onnxruntime' });
    const api = new NodeFunction(this, 'PredictionsApi', {
      ...foundation,
      entry: 'predictions/predictions-api',
      // One vCPU for its one thread.
      memoryMb: 1769,
      timeoutSeconds: 25,
      layers: [this.layer],
    });
    this.serves = { 'predictions-api': api };
  }
}
