import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { RequestError } from './errors.ts';

/** Of base64url, 96 bits: enough to tell lists apart; it protects nothing. */
const DIGEST_CHARACTERS = 16;

const digestOf = (scope: readonly string[], position: string): string =>
  createHash('sha256')
    .update(JSON.stringify([...scope, position]))
    .digest('base64url')
    .slice(0, DIGEST_CHARACTERS);

/**
 * A cursor: where the next page of a list begins. Opaque to callers.
 *
 * The digest is no secret; it tells a cursor of this list from one of another workspace, another filter, or none at all.
 * A forged one reaches nothing: it is only a place in the caller's own list.
 *
 * @param scope whose list it is, and under which filters
 */
export const cursorAt = (scope: readonly string[], position: string): string =>
  Buffer.from(`${digestOf(scope, position)}${position}`).toString('base64url');

/** @throws RequestError when `cursorAt` never gave this cursor for this scope */
export function positionOf<Position extends z.ZodType<string>>(
  scope: readonly string[],
  cursor: string,
  schema: Position,
): z.output<Position> {
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  const position = schema.safeParse(text.slice(DIGEST_CHARACTERS));
  if (!position.success || cursorAt(scope, position.data) !== cursor) {
    throw new RequestError('invalid_cursor', 'Expected a nextCursor of this list, with the same filters.');
  }
  return position.data;
}
