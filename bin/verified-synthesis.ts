import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { loadModels } from '../functions/condition/model-runtime.ts';
import { modelsFolder } from '../functions/condition/models-folder-runtime.ts';
import { type Synthesis, synthesize } from '../lib/synthesize.ts';

/**
 * Checks the models, then synthesizes: a missing or wrong model stops a start or a deployment here, not at the first photo.
 *
 * @throws ModelError before anything is written
 */
export async function synthesizeVerified(synthesis: Synthesis = {}): Promise<CloudAssembly> {
  await loadModels(modelsFolder());
  return synthesize(synthesis);
}
