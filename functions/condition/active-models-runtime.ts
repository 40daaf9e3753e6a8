import { loadModels } from './model-runtime.ts';
import { modelsFolder } from './models-folder-runtime.ts';

/** The models of this function, loaded once at its cold start: a wrong or missing one fails the start, not some photo. */
export const activeModels = await loadModels(modelsFolder());
