import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ModelError } from './model-error.ts';

/** The nearest folder `models` at or above this file: in the image beside the bundle, otherwise at the project's root. */
export function modelsFolder(): string {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const models = join(folder, 'models');
    if (existsSync(models)) return models;
    if (folder === dirname(folder)) throw new ModelError('models', 'there is no folder of models');
  }
}
