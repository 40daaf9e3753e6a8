import { describe, expect, it } from 'vitest';
import { guardLoops } from './loop-guard.ts';
import { mutantsOf } from './mutants.ts';
import { sampleOf } from './sample.ts';

const changesOf = (text: string): string[] => mutantsOf('file.ts', text).map(({ change }) => change);

describe('mutantsOf', () => {
  it.each([
    ['a < 1.5;', ['(a <= 1.5)', '(a >= 1.5)', '1.65']],
    ['a && !b;', ['(a || !b)', '(b)']],
    ['a + b * c;', ['(a - b * c)', '(b / c)']],
    ['a ? b : c;', ['true', 'false']],
    ['Math.min(a, b);', ['max']],
    ['z.string().min(a);', []],
    ['a.filter(b);', ['(a)']],
    ["a === 'word';", ["(a !== 'word')", '"~word"']],
    ["a('words that people read');", []],
    ['a[0] ?? 7;', ['1']],
    ['a.b ?? 7;', ['(a.b)', '8']],
    ['/^(one|two)$/i;', ['nothing', 'nothing', 'nothing', 'nothing', '/^(one|two)$/']],
    ['const a: 1 | 2 = b as 3;', []],
    ["schema.describe('prose', 5);", []],
    ['const a = () => b;', ['undefined']],
    ['const a = [b, { c }];', ['nothing', 'nothing', 'nothing']],
  ])('of %j', (text, changed) => {
    const to = changesOf(text).map((change) => change.split(' → ')[1]);

    // Besides, each of these statements may be missing.
    expect(to.filter((each) => each !== ';')).toEqual(changed);
  });

  it('says where, and gives the whole file with the one change', () => {
    const [mutant] = mutantsOf('file.ts', 'const a = 1;\nconst b = true;\n').slice(1);

    expect(mutant).toEqual({
      path: 'file.ts',
      line: 2,
      change: 'true → false',
      text: 'const a = 1;\nconst b = false;\n',
    });
  });
});

describe('guardLoops', () => {
  it('ends a loop that would not end', () => {
    expect(() => new Function(guardLoops('for (;;) ;'))()).toThrow('endless loop');
  });

  it('leaves what loops do as it is', () => {
    const program = 'let sum = 0; for (const a of [1, 2]) for (let b = 0; b < a; b += 1) sum += b; return sum;';

    expect(new Function(guardLoops(`function run() { ${program} }`).concat('; return run();'))()).toBe(1);
  });
});

describe('sampleOf', () => {
  const entries = Array.from({ length: 100 }, (_, index) => index);

  it('draws the same for the same seed, another for another, in the order given', () => {
    const [one, again, other] = [1, 1, 2].map((seed) => sampleOf(entries, 30, seed));

    expect(one).toHaveLength(30);
    expect(one).toEqual(again);
    expect(one).not.toEqual(other);
    expect(one).toEqual(one?.toSorted((a, b) => a - b));
  });
});
