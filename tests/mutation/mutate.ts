import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { files, PURE, PURE_PLATFORM } from '../source-files.ts';
import { guardLoops } from './loop-guard.ts';
import { mutantsOf } from './mutants.ts';
import { mutationPage, type Outcome, scoreOf } from './mutation-page.ts';
import { type Stage, stagesOf } from './related-tests.ts';
import { sampleOf } from './sample.ts';
import { startWarmVitest, type Verdict, type WarmVitest } from './warm-vitest.ts';

/** Data without a decision: a font, examples of the API document, names that templates and stack tests hold. */
const LEFT_OUT = /^functions\/(photos\/glyphs|operations\/openapi-examples|platform\/names)\.ts$/;
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

async function verdictOn(path: string, text: string): Promise<Verdict> {
  for (const { pool, tests } of stagesOf(path)) {
    if ((await (await vitestIn(pool)).run(tests, path, text)) === 'killed') return 'killed';
  }
  return 'survived';
}

/** @throws Error when tests fail without any mistake: every mutant would count as killed */
async function checkUnchanged(path: string): Promise<void> {
  const verdict = await verdictOn(path, guardLoops(readFileSync(path, 'utf8')));
  if (verdict === 'killed') throw new Error(`the tests of ${path} fail without a mutant`);
}

const every = files
  .filter(({ path }) => (PURE.test(path) || PURE_PLATFORM.test(path)) && !LEFT_OUT.test(path))
  .filter(({ path }) => path.includes(values.only))
  .flatMap(({ path }) => mutantsOf(path, readFileSync(path, 'utf8')));
const chosen = values.sample ? sampleOf(every, Number(values.sample), Number(values.seed)) : every;

const started = performance.now();
const outcomes: Outcome[] = [];
for (const [index, mutant] of chosen.entries()) {
  if (mutant.path !== chosen[index - 1]?.path) await checkUnchanged(mutant.path);
  const verdict = await verdictOn(mutant.path, mutant.text);
  outcomes.push({ ...mutant, verdict });
  if (verdict === 'survived') console.log(`survived  ${mutant.path}:${mutant.line}  ${mutant.change}`);
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
