import { basename } from 'node:path';

/** An unusable model; the message is one sentence with the model's folder and the problem. */
export class ModelError extends Error {
  override readonly name = 'ModelError';

  constructor(folder: string, problem: string) {
    super(`Model "${basename(folder)}": ${problem.split('\n', 1)[0]}`);
  }
}
