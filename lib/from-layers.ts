import type { Plugin } from 'esbuild';
import { LAYERS } from './layers.ts';

const NAMESPACE = 'layer';

const packages: readonly string[] = Object.values(LAYERS).flatMap((layer) => layer.packages);

/**
 * Leaves the packages of layers out of a bundle. An `import` of one becomes a `require`: Lambda adds the layers' node_modules to
 * NODE_PATH, by which Node resolves `require` and not `import`.
 */
export const fromLayers: Plugin = {
  name: 'from-layers',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^[^./]/ }, ({ path, namespace }) => {
      if (!packages.includes(path)) return undefined;
      return namespace === NAMESPACE ? { path, external: true } : { path, namespace: NAMESPACE };
    });
    onLoad({ filter: /.*/, namespace: NAMESPACE }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)});`,
    }));
  },
};
