import { files } from '../source-files.ts';

const UNIT_TEST = /^tests\/.+(?<!\.(stack|image))\.test\.ts$/;
/** Native addons, and so the tests that import them, crash in worker threads. */
const NATIVE = /^(sharp|onnxruntime-node)$/;

const importsOf = new Map(files.map(({ path, imports }) => [path, imports]));

/** All that a file imports, and what that imports, and so on. */
function reachedFrom(path: string): ReadonlySet<string> {
  const reached = new Set([path]);
  // The loop goes on through what it appends.
  for (const each of reached) for (const imported of importsOf.get(each) ?? []) reached.add(imported);
  return reached;
}

const unitTests = files
  .filter(({ path }) => UNIT_TEST.test(path))
  .map(({ path }) => {
    const reached = reachedFrom(path);
    return { path, reached, native: [...reached].some((name) => NATIVE.test(name)) };
  });

/** Tests that run together. */
export type Stage = { readonly pool: 'threads' | 'forks'; readonly tests: readonly string[] };

/** The unit tests that a change of a file can fail, the likeliest and fastest first. */
export function stagesOf(path: string): readonly Stage[] {
  const own = `tests/${path.replace(/\.ts$/, '.test.ts')}`;
  const related = unitTests.filter(({ reached }) => reached.has(path));
  const fast = related.filter(({ native }) => !native).map((test) => test.path);
  const native = related.filter((test) => test.native).map((test) => test.path);
  const stages: readonly Stage[] = [
    { pool: 'threads', tests: fast.filter((test) => test === own) },
    { pool: 'threads', tests: fast.filter((test) => test !== own) },
    { pool: 'forks', tests: native },
  ];
  return stages.filter(({ tests }) => tests.length > 0);
}
