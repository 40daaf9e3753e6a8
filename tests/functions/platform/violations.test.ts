import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { MAX_VIOLATIONS, violationsOf } from '../../../functions/platform/violations.ts';

const Body = z.strictObject({
  count: z.int().min(1).max(5).optional(),
  role: z.enum(['viewer', 'admin']).optional(),
  name: z.string().min(2).max(4).optional(),
  hash: z
    .string()
    .regex(/^[0-9a-f]+$/, 'expected hex digits')
    .optional(),
  items: z
    .array(z.strictObject({ bytes: z.int() }))
    .max(2)
    .optional(),
  asset: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('house') }),
      z.strictObject({ kind: z.literal('car') }),
    ])
    .optional(),
});

const violations = (input: unknown) => {
  const result = Body.safeParse(input, { reportInput: true });
  return result.success ? [] : violationsOf('body', result.error.issues);
};

describe('violationsOf', () => {
  it.each([
    [{ count: 9 }, { path: 'body.count', expected: 'at most 5', received: 'number 9' }],
    [{ count: 0 }, { path: 'body.count', expected: 'at least 1', received: 'number 0' }],
    [{ count: 1.5 }, { path: 'body.count', expected: 'an integer', received: 'number 1.5' }],
    [{ count: Number.POSITIVE_INFINITY }, { path: 'body.count', received: 'number Infinity' }],
    [{ count: '1' }, { path: 'body.count', expected: 'a number', received: 'string "1"' }],
    [{ role: 'king' }, { path: 'body.role', expected: 'one of viewer, admin', received: 'string "king"' }],
    [{ name: 'a' }, { path: 'body.name', expected: 'at least 2 characters', received: 'string "a"' }],
    [{ hash: 'xyz' }, { path: 'body.hash', expected: 'hex digits', received: 'string "xyz"' }],
    [{ items: [1, 2, 3] }, { path: 'body.items', expected: 'at most 2 items', received: 'an array of 3' }],
    [{ items: [{}] }, { path: 'body.items[0].bytes', expected: 'a number', received: 'nothing' }],
    [
      { asset: { kind: 'boat' } },
      { path: 'body.asset.kind', expected: 'one of house, car', received: 'string "boat"' },
    ],
    [{ extra: null }, { path: 'body.extra', expected: 'no such field', received: 'null' }],
    [null, { path: 'body', expected: 'an object', received: 'null' }],
  ])('says of %j what was expected and what came', (input, violation) => {
    expect(violations(input)).toMatchObject([violation]);
  });

  it('lists every fault at once', () => {
    const paths = violations({ count: 9, role: 1, extra: 1, other: 2 }).map(({ path }) => path);
    expect(paths).toEqual(['body.count', 'body.role', 'body.extra', 'body.other']);
  });

  it('shortens long values', () => {
    expect(violations({ role: 'x'.repeat(10_000) })[0]?.received.length).toBeLessThan(100);
  });

  it('says how many faults it left out', () => {
    const many = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`field${index}`, 1]));
    const listed = violations(many);
    expect(listed).toHaveLength(MAX_VIOLATIONS);
    expect(listed.at(-1)?.message).toBe('and 151 more');
  });

  it('shows of keys and values a bounded beginning in whole, visible characters, whatever comes', () => {
    const code = fc.oneof(fc.nat(0x10ffff), fc.constantFrom(0, 0x1b, 0x202e, 0x2066, 0x200b, 0xd83d, 0xde00, 0x2028));
    const text = fc.array(code, { maxLength: 200 }).map((codes) => String.fromCodePoint(...codes));
    fc.assert(
      fc.property(text, text, (key, value) => {
        const shown = violations({ role: value, [`x${key}`]: value }).flatMap((each) => [each.path, each.received]);
        for (const each of shown) {
          expect(each).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
          expect([...each].length).toBeLessThanOrEqual('string '.length + 61);
        }
      }),
    );
  });
});
