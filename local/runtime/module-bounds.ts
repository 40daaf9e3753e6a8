/**
 * Restricts a function to the modules that it has on Lambda, although this project's node_modules are near.
 * Preloaded into each function's process. `process.argv` holds `own` (packages of the asset) or `installed` (packages of the
 * image), and the URL of a module of the runner.
 *
 * Importable are the asset's modules, those of its layers (NODE_PATH), and the AWS SDK, which Lambda's runtime includes. Where a Dockerfile installs
 * packages, those outside its build context are imported from the runner's node_modules.
 */
import { realpathSync } from 'node:fs';
import { createRequire, isBuiltin, registerHooks } from 'node:module';
import { delimiter, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const [, , packages, runnerUrl] = process.argv;
const layerRoots = process.env.NODE_PATH?.split(delimiter) ?? [];
const ownRoots = [process.env.LAMBDA_TASK_ROOT ?? '.', ...layerRoots].map((root) => realpathSync(root) + sep);
const IN_THE_RUNTIME = /^@(aws-sdk|smithy|aws-crypto)\//;

registerHooks({
  resolve: (specifier, context, next) => {
    const isPackage = !isBuiltin(specifier) && !/^(\.|\/|file:|node:|data:|#)/.test(specifier);
    if (!isPackage || !isOwn(context.parentURL)) return next(specifier, context);
    const found = resolved(() => next(specifier, context));
    if (found && isOwn(found.url)) return found;
    // Only `require` looks into layers, and it may have found a package of a folder around the asset before.
    const url = context.conditions.includes('require') ? inLayers(specifier) : undefined;
    if (url !== undefined) return { url, shortCircuit: true };
    if (packages === 'installed' || IN_THE_RUNTIME.test(specifier)) {
      return next(specifier, { ...context, parentURL: runnerUrl });
    }
    const problem = `the function's asset does not hold the package ${specifier}`;
    throw Object.assign(new Error(problem), { code: 'ERR_MODULE_NOT_FOUND' });
  },
});

function inLayers(specifier: string): string | undefined {
  return layerRoots
    .map((root) => resolved(() => pathToFileURL(createRequire(root).resolve(specifier)).href))
    .find((url) => isOwn(url));
}

function resolved<Found>(resolve: () => Found): Found | undefined {
  try {
    return resolve();
  } catch {
    return undefined;
  }
}

function isOwn(url: string | undefined): boolean {
  if (!url?.startsWith('file:')) return false;
  const path = fileURLToPath(url);
  return ownRoots.some((root) => path.startsWith(root));
}
