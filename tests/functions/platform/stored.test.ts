import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { stored } from '../../../functions/platform/stored.ts';

describe('stored', () => {
  it('strips unknown fields where input would be refused, at every depth', () => {
    const schema = z.strictObject({
      list: z.array(z.strictObject({ a: z.string() })),
      maybe: z.strictObject({}).nullable(),
    });
    const row = { list: [{ a: 'x', later: 1 }], maybe: { later: 2 }, later: 3 };
    expect(schema.safeParse(row).success).toBe(false);
    expect(stored(schema).parse(row)).toEqual({ list: [{ a: 'x' }], maybe: {} });
  });

  it('distinguishes the variants of a union by their literals', () => {
    const schema = z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('a'), size: z.number() }),
      z.strictObject({ kind: z.literal('b'), name: z.string() }),
    ]);
    expect(stored(schema).parse({ kind: 'b', name: 'n', size: 1 })).toEqual({ kind: 'b', name: 'n' });
  });

  it('forgets the limits of lists and the rules of input, which another release may have changed', () => {
    const schema = z.strictObject({ list: z.array(z.int()).max(1) }).refine(({ list }) => list.length > 5);
    expect(stored(schema).parse({ list: [1, 2] })).toEqual({ list: [1, 2] });
  });

  it('forgets the limits of numbers, which another release may have narrowed', () => {
    const schema = z.strictObject({ rooms: z.number().max(9).multipleOf(0.5), floors: z.int().min(1).optional() });
    expect(stored(schema).parse({ rooms: 9.75, floors: 0 })).toEqual({ rooms: 9.75, floors: 0 });
    expect(stored(schema).safeParse({ rooms: '9' }).success).toBe(false);
  });

  it('still needs what the schema needs, of the right type', () => {
    const schema = z.strictObject({ name: z.string() });
    expect([{}, { name: 1 }].map((row) => stored(schema).safeParse(row).success)).toEqual([false, false]);
  });

  it('gives defaults', () => {
    const schema = z.strictObject({ done: z.set(z.string()).readonly().default(new Set()) });
    expect(stored(schema).parse({})).toEqual({ done: new Set() });
  });
});
