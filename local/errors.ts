/** An unsupported template or an unusable state on disk; the message names the place and the problem. */
export class CannotRunError extends Error {
  override readonly name = 'CannotRunError';
}

/** The message begins with the place: `Photos (AWS::SQS::Queue) Properties.RedrivePolicy: …`. */
export function cannotRun(where: string, problem: string): CannotRunError {
  return new CannotRunError(`${where}: ${problem}`);
}
