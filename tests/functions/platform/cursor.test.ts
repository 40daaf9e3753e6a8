import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { cursorAt, positionOf } from '../../../functions/platform/cursor.ts';
import { RequestError } from '../../../functions/platform/errors.ts';

const Position = z.string().min(1);
const scope = ['jobs', 'acme', 'any'];

describe('positionOf', () => {
  it('gives back what cursorAt was given', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.string({ minLength: 1, unit: 'grapheme' }), (anyScope, position) => {
        expect(positionOf(anyScope, cursorAt(anyScope, position), Position)).toBe(position);
      }),
    );
  });

  it('refuses the cursor of another workspace', () => {
    const theirs = cursorAt(['jobs', 'other', 'any'], 'x');
    expect(() => positionOf(scope, theirs, Position)).toThrow(RequestError);
  });

  it('refuses a cursor of the same list under another filter', () => {
    expect(() => positionOf(scope, cursorAt(['jobs', 'acme', 'failed'], 'x'), Position)).toThrow(RequestError);
  });

  it('refuses whatever is not a cursor, and never fails otherwise', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String()), (garbage) => {
        expect(() => positionOf(scope, garbage, Position)).toThrow(RequestError);
      }),
    );
  });

  it('refuses a position that is none, even under the right digest', () => {
    const forged = cursorAt(scope, 'no-ulid');
    expect(() => positionOf(scope, forged, z.ulid())).toThrow(RequestError);
  });

  it('refuses a cursor with one character changed', () => {
    const cursor = cursorAt(scope, '01KAQ6R4ZB2N7T9X3M5V8W1C0D');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: cursor.length - 1 }), (at) => {
        const other = cursor[at] === 'A' ? 'B' : 'A';
        const changed = cursor.slice(0, at) + other + cursor.slice(at + 1);
        expect(() => positionOf(scope, changed, Position)).toThrow(RequestError);
      }),
    );
  });
});
