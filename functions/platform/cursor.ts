import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { RequestError } from './errors.ts';

/** Base64url characters of the digest, 96 bits: it distinguishes lists and is no protection. */
const DIGEST_CHARACTERS = 16;

const digestOf = (scope: readonly string[], position: string): string =>
  createHash('sha256')
    .update(JSON.stringify([...scope, position]))
    .digest('base64url')
    .slice(0, DIGEST_CHARACTERS);

/**
 * A cursor: the position at which the next page of a list begins. Opaque to callers.
 *
 * The digest detects a cursor of another list. It needs no secret: a forged cursor is only a position in the caller's own list.
 *
 * @param scope identifies the list: workspace and filters
 */
export const cursorAt = (scope: readonly string[], position: string): string =>
  Buffer.from(`${digestOf(scope, position)}${position}`).toString('base64url');

/** @throws RequestError when it is no cursor of this scope */
export function positionOf<Position extends z.ZodType<string>>(
  scope: readonly string[],
  cursor: string,
  schema: Position,
): z.output<Position> {
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  const position = schema.safeParse(text.slice(DIGEST_CHARACTERS));
  if (!position.success || cursorAt(scope, position.data) !== cursor) {
    throw new RequestError(
      'invalid_cursor',
      'Send the nextCursor of this list, with the same filters; or no cursor for the first page.',
    );
  }
  return position.data;
}
