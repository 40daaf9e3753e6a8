import { loadModels, type Models } from '../condition/model-runtime.ts';
import { modelsFolder } from '../condition/models-folder-runtime.ts';

let loading: Promise<Models> | undefined;

/** The models, loaded on first use. A failure is not cached: the next call retries. */
export function loadedModels(): Promise<Models> {
  loading ??= loadModels(modelsFolder()).catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}
