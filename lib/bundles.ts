import { existsSync, globSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { cachedBuild } from './bundle-cache.ts';
import { IMAGE_ENTRIES, layOutImage, NATIVE_PACKAGES, type Platform } from './image-context.ts';

/** A function's source: `<capability>/<name>` for functions/<capability>/<name>.lambda.ts. */
export type Entry = `${string}/${string}`;

/** The bundled code: a folder for each zip, and the build context of the image. */
export type Bundles = {
  /** @throws when functions/ has no such lambda */
  readonly zipDir: (entry: Entry) => string;
  readonly imageDir: string;
};

const OPTIONS = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  outExtension: { '.js': '.mjs' },
  // ES modules can be tree-shaken, which drops most of the AWS SDK.
  mainFields: ['module', 'main'],
  // CommonJS in the bundle requires Node's built-in modules, and an ES module has no `require`.
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  minify: true,
  legalComments: 'none',
  sourcemap: 'linked',
  sourcesContent: false,
  logLevel: 'warning',
} as const satisfies BuildOptions;

/**
 * Bundles every lambda of `projectDir` into `intoDir`, those of the image for one platform.
 *
 * Deterministic: the same source gives the same bytes, so that unchanged code is not deployed again.
 */
export async function bundle(projectDir: string, intoDir: string, imagePlatform: Platform): Promise<Bundles> {
  const zips = lambdasOf(projectDir).filter((entry) => !IMAGE_ENTRIES.includes(entry));
  const zipsDir = join(intoDir, 'zips');
  const imageDir = join(intoDir, 'image');
  await cachedBuild(projectDir, intoDir, () =>
    Promise.all([
      // A folder for each, and in it `index.mjs`.
      bundleInto(projectDir, zipsDir, { entries: zips, outputOf: (entry) => join(entry, 'index') }),
      bundleInto(projectDir, imageDir, {
        entries: IMAGE_ENTRIES,
        outputOf: (entry) => basename(entry),
        external: NATIVE_PACKAGES,
      }),
    ]),
  );
  layOutImage(projectDir, imageDir, imagePlatform);
  return {
    zipDir: (entry) => {
      const dir = join(zipsDir, entry);
      if (!existsSync(dir)) throw new Error(`There is no ${sourceOf(entry)}`);
      return dir;
    },
    imageDir,
  };
}

const sourceOf = (entry: string): string => `functions/${entry}.lambda.ts`;

const lambdasOf = (projectDir: string): string[] =>
  globSync(sourceOf('*/*'), { cwd: projectDir })
    .map((file) => relative('functions', file).replace(/\.lambda\.ts$/, ''))
    .sort();

type Bundling = {
  readonly entries: readonly string[];
  readonly outputOf: (entry: string) => string;
  readonly external?: readonly string[];
};

async function bundleInto(projectDir: string, intoDir: string, { entries, outputOf, external = [] }: Bundling) {
  // Source maps name sources relative to `outdir`. Relative to `intoDir`, the bytes would depend on the checkout's path.
  const outdir = join(projectDir, 'dist');
  const { outputFiles } = await build({
    ...OPTIONS,
    absWorkingDir: projectDir,
    outdir,
    write: false,
    entryPoints: entries.map((entry) => ({ in: sourceOf(entry), out: outputOf(entry) })),
    external: [...external],
  });
  for (const { path, contents } of outputFiles) {
    const file = join(intoDir, relative(outdir, path));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, contents);
  }
}
