/** The template, or the state on disk, asks for something that the runner cannot do; the message says where and what. */
export class CannotRunError extends Error {
  override readonly name = 'CannotRunError';
}

/** Names the place: `Photos (AWS::SQS::Queue) Properties.RedrivePolicy: …`. */
export function cannotRun(where: string, problem: string): CannotRunError {
  return new CannotRunError(`${where}: ${problem}`);
}
