import { basename } from 'node:path';

/** An unusable model; the message is one sentence with the model's folder and the problem. */
export class ModelError extends Error {
  override readonly name = 'ModelError';

  /** @param cause the error of the ONNX runtime, whose words are for the model's author and not for the owner of a photo */
  constructor(folder: string, problem: string, cause?: Error) {
    super(`Model "${basename(folder)}": ${problem.split('\n', 1)[0]}`, { cause });
  }

  /** The message, with the first line of what the runtime said. */
  get evidence(): string {
    return this.cause instanceof Error ? `${this.message} (${this.cause.message.split('\n', 1)[0]})` : this.message;
  }
}
