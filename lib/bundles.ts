import { existsSync, globSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { madeOnce } from './bundle-cache.ts';
import { IMAGE_ENTRIES, layOutImage, NATIVE_PACKAGES, type Platform } from './image-context.ts';

/** Where a function's code is: `<capability>/<name>` for functions/<capability>/<name>.lambda.ts. */
export type Entry = `${string}/${string}`;

/** Where the bundled code lies: a folder for each zip, and the build context of the image. */
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
  // Their ES modules let esbuild leave out what nobody calls, which is most of the AWS SDK.
  mainFields: ['module', 'main'],
  // CommonJS inside the bundle asks for Node's own modules by `require`, which an ES module has not.
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
 * The same source gives the same bytes, so that code which did not change is not deployed again.
 */
export async function bundle(projectDir: string, intoDir: string, imagePlatform: Platform): Promise<Bundles> {
  const zips = lambdasOf(projectDir).filter((entry) => !IMAGE_ENTRIES.includes(entry));
  const zipsDir = join(intoDir, 'zips');
  const imageDir = join(intoDir, 'image');
  await madeOnce(projectDir, intoDir, () =>
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
  // Source maps name sources relative to the output. Were that the folder it is written to, the bytes would depend on
  // where a project is checked out.
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
