import { describe, expect, it } from 'vitest';
import { files } from './source-files.ts';

/** The files that decide: of the runtime, everything but shells, I/O, contracts (HTTP statuses) and the API document's examples. */
const DECIDING =
  /^functions\/(?!.*\.lambda\.ts$)(?!.*-(store|client|runtime|contract|examples)\.ts$)(?!.*\/example-[a-z-]+\.ts$).+\.ts$/;

/** A constant at the top level of a file, from its name to the end of its statement, and the comment before it. */
type Constant = { readonly name: string; readonly comment: string; readonly value: string };

/** `const` in capitals, which is how constants are written here; schemas and functions are not. */
const TOP_LEVEL =
  /(?<comment>(?:^\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n)?)^(?:export )?const (?<name>[A-Z][A-Z0-9_]*)\b[^=]*=(?<value>[\s\S]*?;)$/gm;

const constantsIn = (text: string): Constant[] =>
  [...text.matchAll(TOP_LEVEL)].map(({ groups: { name = '', comment = '', value = '' } = {} }) => ({
    name,
    comment,
    value,
  }));

/** Whether code holds a number outside of its comments, texts and patterns. */
const hasNumber = (code: string): boolean =>
  /(?<![\w.$])\d/.test(
    code
      .replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
      .replace(/'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`|\/(?:\\.|[^/\\\n])+\/[a-z]*/g, ''),
  );

/** The entries of an object, each with the comment before it: those at its first level of indentation. */
function entriesOf(value: string): Constant[] {
  const entries = value.matchAll(
    /(?<comment>(?:^ {2}\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n)?)^ {2}(?<name>\w+):(?<value>[^\n]*(?:\n(?: {4,}| {2}[\]})])[^\n]*)*)/gm,
  );
  return [...entries].map(({ groups: { name = '', comment = '', value = '' } = {} }) => ({ name, comment, value }));
}

/** A comment on the constant explains it, or one on each entry; sets of rules need both, since each entry decides by itself. */
function undocumented({ name, comment, value }: Constant): string[] {
  const bare = entriesOf(value)
    .filter((entry) => hasNumber(entry.value) && entry.comment === '' && !/\/\*\*/.test(entry.value))
    .map((entry) => `${name}.${entry.name}`);
  const hasEntries = entriesOf(value).length > 0;
  if (name.endsWith('_RULES')) return comment === '' ? [name, ...bare] : bare;
  return comment !== '' || (hasEntries && bare.length === 0) ? [] : [name];
}

const SOURCE = /chosen by eye|measured|standard|specification|Fannie Mae|NAAA/i;

const constants = files
  .filter(({ path }) => DECIDING.test(path))
  .flatMap(({ path, text }) => constantsIn(text).map((constant) => ({ path, ...constant })))
  .filter(({ value }) => hasNumber(value));

describe('numbers that decide', () => {
  it('have a comment that says what they mean', () => {
    expect(constants.flatMap((each) => undocumented(each).map((name) => `${each.path} ${name}`))).toEqual([]);
  });

  it('name their source, in every set of rules: a standard, a measurement, or that they were chosen by eye', () => {
    const rules = constants.filter(({ name }) => name.endsWith('_RULES'));
    expect(rules.length).toBeGreaterThan(5);
    expect(rules.filter(({ comment, value }) => !SOURCE.test(comment + value)).map(({ name }) => name)).toEqual([]);
  });

  it.each([
    ['a bare number', 'const LIMIT = 3;', ['LIMIT']],
    ['a documented number', '/** Most. */\nconst LIMIT = 3;', []],
    ['a text with a digit', "const ID = 'p001';", []],
    ['a bare table', 'export const TABLE = [\n  [1, 2],\n] as const;', ['TABLE']],
    ['an object whose entries are documented', 'const A = {\n  /** one */\n  b: 1,\n} as const;', []],
    ['an object with a bare entry', 'const A = {\n  /** one */\n  b: 1,\n  c: 2,\n} as const;', ['A']],
    [
      'rules with a bare entry',
      '/** All. */\nconst A_RULES = {\n  /** one */\n  b: 1,\n  c: 2,\n} as const;',
      ['A_RULES.c'],
    ],
    ['a documented group of rules', '/** All. */\nconst A_RULES = {\n  b: {\n    /** one */\n    c: 1,\n  },\n};', []],
  ])('are found: %s', (_what, text, expected) => {
    expect(
      constantsIn(text)
        .filter(({ value }) => hasNumber(value))
        .flatMap(undocumented),
    ).toEqual(expected);
  });
});
