import { existsSync, globSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { cachedBuild } from './bundle-cache.ts';
import { fromLayers } from './from-layers.ts';
import { IMAGE_ENTRIES, IMAGE_PACKAGES, layOutImage } from './image-context.ts';
import { LAYER_NAMES, type LayerName, layOutLayer } from './layers.ts';
import { copyFiles, type Platform } from './native-files.ts';

/** A function's source: `<capability>/<name>` for functions/<capability>/<name>.lambda.ts. */
export type Entry = `${string}/${string}`;

/** The bundled code: a folder for each zip and each layer, and the build context of the image. */
export type Bundles = {
  /** @throws when functions/ has no such lambda */
  readonly zipDir: (entry: Entry) => string;
  readonly layerDir: (name: LayerName) => string;
  readonly imageDir: string;
};

const PRICE_MODELS = ['models/prices/*/model.onnx', 'models/prices/*/card.json'];

/** Files of the project beside the bundle of a zip, as patterns. */
const ZIP_FILES: Readonly<Record<Entry, readonly string[]>> = {
  'predictions/predictions-api': PRICE_MODELS,
  'pipeline/conclude-job': PRICE_MODELS,
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
 * Bundles every lambda of `projectDir` into `intoDir`; image and layers hold the native code of one platform.
 *
 * Deterministic: the same source gives the same bytes, so that unchanged code is not deployed again.
 */
export async function bundle(projectDir: string, intoDir: string, platform: Platform): Promise<Bundles> {
  const zips = lambdasOf(projectDir).filter((entry) => !IMAGE_ENTRIES.includes(entry));
  const zipsDir = join(intoDir, 'zips');
  const imageDir = join(intoDir, 'image');
  const layerDir = (name: LayerName) => join(intoDir, 'layers', name);
  await cachedBuild(projectDir, intoDir, () =>
    Promise.all([
      // A folder for each, and in it `index.mjs`.
      bundleInto(projectDir, zipsDir, {
        entries: zips,
        outputOf: (entry) => join(entry, 'index'),
        plugins: [fromLayers],
      }),
      bundleInto(projectDir, imageDir, {
        entries: IMAGE_ENTRIES,
        outputOf: (entry) => basename(entry),
        external: [...IMAGE_PACKAGES],
      }),
    ]),
  );
  layOutImage(projectDir, imageDir, platform);
  for (const [entry, patterns] of Object.entries(ZIP_FILES)) {
    copyFiles(entry, projectDir, join(zipsDir, entry), patterns);
  }
  for (const name of LAYER_NAMES) layOutLayer(name, projectDir, layerDir(name), platform);
  return {
    zipDir: (entry) => {
      const dir = join(zipsDir, entry);
      if (!existsSync(dir)) throw new Error(`There is no ${sourceOf(entry)}`);
      return dir;
    },
    layerDir,
    imageDir,
  };
}

const sourceOf = (entry: string): string => `functions/${entry}.lambda.ts`;

const lambdasOf = (projectDir: string): string[] =>
  globSync(sourceOf('*/*'), { cwd: projectDir })
    .map((file) => relative('functions', file).replace(/\.lambda\.ts$/, ''))
    .sort();

type Bundling = Pick<BuildOptions, 'external' | 'plugins'> & {
  readonly entries: readonly string[];
  readonly outputOf: (entry: string) => string;
};

async function bundleInto(projectDir: string, intoDir: string, { entries, outputOf, ...options }: Bundling) {
  // Source maps name sources relative to `outdir`. Relative to `intoDir`, the bytes would depend on the checkout's path.
  const outdir = join(projectDir, 'dist');
  const { outputFiles } = await build({
    ...OPTIONS,
    ...options,
    absWorkingDir: projectDir,
    outdir,
    write: false,
    entryPoints: entries.map((entry) => ({ in: sourceOf(entry), out: outputOf(entry) })),
  });
  for (const { path, contents } of outputFiles) {
    const file = join(intoDir, relative(outdir, path));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, contents);
  }
}
