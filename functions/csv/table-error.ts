/** A table that cannot be read as a whole: the message says what was expected and what was received. */
export class TableError extends Error {
  override readonly name = 'TableError';
}
