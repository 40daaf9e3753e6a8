import { loadModels } from './model-runtime.ts';
import { modelsFolder } from './models-folder-runtime.ts';

/** The models of this function, loaded at its cold start, which a wrong or missing model fails. */
export const activeModels = await loadModels(modelsFolder());
