import { basename } from 'node:path';

/** A model that cannot be used: its message is one sentence that names the model's folder and what is wrong. */
export class ModelError extends Error {
  override readonly name = 'ModelError';

  constructor(folder: string, problem: string) {
    super(`Model "${basename(folder)}": ${problem.split('\n', 1)[0]}`);
  }
}
