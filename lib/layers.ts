import { join } from 'node:path';
import { DUCKDB } from '../layers/duckdb.ts';
import { ONNXRUNTIME } from '../layers/onnxruntime.ts';
import { copyFiles, type Layer, type Platform } from './native-files.ts';

/** The layers that zip functions can have. */
export const LAYERS = { onnxruntime: ONNXRUNTIME, duckdb: DUCKDB } as const satisfies Record<string, Layer>;
export type LayerName = keyof typeof LAYERS;

export const LAYER_NAMES = Object.keys(LAYERS) as LayerName[];

/** Where Lambda finds packages below a layer's root, which it mounts at /opt (AWS Lambda, packaging layer content). */
const NODE_MODULES = 'nodejs/node_modules';

/**
 * Writes the content of a layer into `layerDir`, from the installed packages.
 *
 * @throws when a file is missing
 */
export function layOutLayer(name: LayerName, projectDir: string, layerDir: string, platform: Platform): void {
  const nodeModules = join(projectDir, 'node_modules');
  copyFiles(`The layer ${name}`, nodeModules, join(layerDir, NODE_MODULES), LAYERS[name].files(platform));
}
