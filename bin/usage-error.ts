/** What the person at the keyboard can mend: the message says what was expected and what came. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
