import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { files, PURE, PURE_PLATFORM } from '../source-files.ts';
import { guardLoops } from './loop-guard.ts';
import { mutantsOf } from './mutants.ts';
import { mutationPage, type Outcome, scoreOf } from './mutation-page.ts';
import { type Stage, stagesOf } from './related-tests.ts';
import { sampleOf } from './sample.ts';
import { startWarmVitest, type WarmVitest } from './warm-vitest.ts';

/** Data without a decision: a font, examples of the API document, names that templates and stack tests hold. */
const LEFT_OUT = /^functions\/(photos\/glyphs\.ts$|.*-examples\.ts$|platform\/names\/)/;
const PAGE = 'docs/mutation.md';

const { values } = parseArgs({
  options: {
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    page: { type: 'boolean', default: false },
  },
});

const pools: Partial<Record<Stage['pool'], WarmVitest>> = {};
const vitestIn = async (pool: Stage['pool']): Promise<WarmVitest> => {
  pools[pool] ??= await startWarmVitest(pool);
  return pools[pool];
};

async function failureOf(path: string, text: string): Promise<string | undefined> {
  for (const { pool, tests } of stagesOf(path)) {
    const failure = await (await vitestIn(pool)).failureOf(tests, path, text);
    if (failure !== undefined) return failure;
  }
  return undefined;
}

/** @throws Error when tests fail without any mistake: every mutant would count as killed */
async function checkUnchanged(paths: readonly string[]): Promise<void> {
  const [first = ''] = paths;
  const stages = paths.flatMap(stagesOf);
  for (const pool of ['threads', 'forks'] as const) {
    const tests = new Set(stages.filter((stage) => stage.pool === pool).flatMap((stage) => stage.tests));
    const text = guardLoops(readFileSync(first, 'utf8'));
    const failure = tests.size > 0 && (await (await vitestIn(pool)).failureOf([...tests], first, text));
    if (failure) throw new Error(`tests fail without a mutant: ${failure}`);
  }
}

const every = files
  .filter(({ path }) => (PURE.test(path) || PURE_PLATFORM.test(path)) && !LEFT_OUT.test(path))
  .filter(({ path }) => path.includes(values.only))
  .flatMap(({ path }) => mutantsOf(path, readFileSync(path, 'utf8')));
const chosen = values.sample ? sampleOf(every, Number(values.sample), Number(values.seed)) : every;

const started = performance.now();
const outcomes: Outcome[] = [];
await checkUnchanged([...new Set(chosen.map(({ path }) => path))]);
for (const mutant of chosen) {
  const killed = (await failureOf(mutant.path, mutant.text)) !== undefined;
  outcomes.push({ ...mutant, killed });
  if (!killed) console.log(`survived  ${mutant.path}:${mutant.line}  ${mutant.change}`);
}
for (const vitest of Object.values(pools)) await vitest.close();

const minutes = (performance.now() - started) / 60_000;
console.log(
  `${scoreOf(outcomes)} of ${outcomes.length} mutants killed (${every.length} in all), ${minutes.toFixed(1)} min`,
);
if (values.page) {
  const drawn = values.sample ? `a random sample of ${chosen.length} (seed ${values.seed})` : 'all of them';
  writeFileSync(
    PAGE,
    mutationPage(outcomes, { total: every.length, drawn, day: new Date().toISOString().slice(0, 10) }),
  );
}
