import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromLayers } from '../../lib/from-layers.ts';
import { LAYER_NAMES, LAYERS, layOutLayer } from '../../lib/layers.ts';
import { LAMBDA_PLATFORM } from '../../lib/native-files.ts';

const PROJECT_DIR = dirname(dirname(import.meta.dirname));

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'fettle-layers-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

const filesOf = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1));

describe('layOutLayer', () => {
  it('puts packages where Lambda looks for them, with native code of one platform only', () => {
    const layerDir = join(dir, 'onnxruntime');
    layOutLayer('onnxruntime', PROJECT_DIR, layerDir, LAMBDA_PLATFORM);
    const files = filesOf(layerDir);
    expect(files.filter((file) => !file.startsWith('nodejs/node_modules/'))).toEqual([]);
    expect(files.filter((file) => /\.(node|so[.\d]*|dylib|dll)$/.test(file))).toEqual([
      expect.stringContaining('linux/x64/libonnxruntime.so'),
      'nodejs/node_modules/onnxruntime-node/bin/napi-v6/linux/x64/onnxruntime_binding.node',
    ]);
    const megabytes = files.reduce((sum, file) => sum + statSync(join(layerDir, file)).size, 0) / 1e6;
    expect(megabytes).toBeLessThan(50);
  });

  it('names what is not installed, where npm ran on another platform', () => {
    const layOut = () => layOutLayer('onnxruntime', PROJECT_DIR, join(dir, 'other'), { os: 'plan9', cpu: 'mips' });
    expect(layOut).toThrow('The layer onnxruntime needs onnxruntime-node/bin/napi-v6/plan9/mips/*');
  });

  it.each(LAYER_NAMES)('holds every dependency that the packages of %s load', (name) => {
    const layerDir = join(dir, `loaded-${name}`);
    layOutLayer(name, PROJECT_DIR, layerDir, { os: process.platform, cpu: process.arch });
    const requireThere = createRequire(join(layerDir, 'nodejs/node_modules/'));
    for (const each of LAYERS[name].packages) expect(() => requireThere(each)).not.toThrow();
  });
});

describe('fromLayers', () => {
  const bundled = async (source: string) => {
    const { outputFiles } = await build({
      stdin: { contents: source, resolveDir: PROJECT_DIR },
      bundle: true,
      format: 'esm',
      platform: 'node',
      write: false,
      plugins: [fromLayers],
    });
    return outputFiles[0]?.text ?? '';
  };

  it('requires a package of a layer, because NODE_PATH is not for imports', async () => {
    const text = await bundled(
      "import { InferenceSession } from 'onnxruntime-node'; export const opened = InferenceSession.create('');",
    );
    expect(text).toContain('__require("onnxruntime-node")');
    expect(text).not.toMatch(/^import /m);
    expect(text).not.toContain('onnxruntime_binding');
  });

  it('bundles every other package', async () => {
    expect(await bundled("import { ulid } from 'ulid'; export const id = ulid();")).not.toContain('"ulid"');
  });
});
