import type { Mutant } from './mutants.ts';

export type Outcome = Mutant & { readonly killed: boolean };

const killedOf = (outcomes: readonly Outcome[]): number => outcomes.filter(({ killed }) => killed).length;
const percent = (outcomes: readonly Outcome[]): string =>
  `${((killedOf(outcomes) / Math.max(1, outcomes.length)) * 100).toFixed(1)} %`;

/** "260 (86.7 %)" */
export const scoreOf = (outcomes: readonly Outcome[]): string => `${killedOf(outcomes)} (${percent(outcomes)})`;

type Run = { readonly total: number; readonly drawn: string; readonly day: string };

/** The page of the docs: what was measured, and how. */
export function mutationPage(outcomes: readonly Outcome[], { total, drawn, day }: Run): string {
  const byPath = Object.entries(Object.groupBy(outcomes, ({ path }) => path));
  const rows = byPath.map(([path, of = []]) => `| ${path} | ${of.length} | ${killedOf(of)} | ${percent(of)} |`);
  return `${PROSE}
## Score

Measured on ${day}: of the ${total} mutants of the pure files, ${drawn}.

| File | Mutants | Killed | Score |
|---|---:|---:|---:|
${rows.join('\n')}
| **all** | **${outcomes.length}** | **${killedOf(outcomes)}** | **${percent(outcomes)}** |
`;
}

const PROSE = `# Mutation score

Do the tests fail when the code is wrong? \`npm run mutate\` makes one small mistake at a time (a *mutant*) in the pure files
of [functions](../functions) and runs the unit tests that import the file, directly or through others. A mutant is *killed*
when a test fails, and *survives* otherwise. This page is written by it.

\`\`\`sh
npm run mutate -- --sample 300 --seed 1     # a random sample; the same seed draws the same mutants
npm run mutate -- --only severity           # every mutant of the files whose path holds this
npm run mutate -- --page                    # every mutant, and this page
\`\`\`

Mistakes: a number (+ 1, from 100 and for fractions × 1.1), \`<\` for \`<=\` and its opposite, \`===\` for \`!==\`, \`&&\` for \`||\`,
\`+\` for \`-\`, \`*\` for \`/\`, a negation left out, a condition always true or false, \`min\` for \`max\`, \`floor\` for \`ceil\`, \`some\` for
\`every\`, a \`filter\`, \`toSorted\`, \`slice\` or \`trim\` left out, an entry of a list or an object left out, an alternative or anchor of
a regular expression left out, another word, nothing returned, a statement left out.

Left out: texts of several words (what people read may be reworded; numbers in them count), descriptions and examples of
schemas, defaults behind an index (\`values[at] ?? 0\`, which only the type checker asks for), and files without a
decision: the font, the examples of the API document, and the names that templates and stack tests hold. Platform files
that do I/O, stores, clients, runtimes and shells are for the stack tests. Some mutants change nothing that anybody could
see (\`x < 0\` for \`x <= 0\` before \`Math.max(0, x)\`), so that 100 % is out of reach.

No file is changed on the disk: the mutant's text takes the file's place in a running vitest, which also ends loops that
would not end.
`;
