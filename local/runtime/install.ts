import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The files that every function's process loads. */
export type Runtime = { readonly argumentsFor: (packages: 'own' | 'installed') => readonly string[] };

/** Writes the runtime as JavaScript, so that no process spends its cold start on stripping types. */
export function installRuntime(directory: string): Runtime {
  mkdirSync(directory, { recursive: true });
  const [bootstrap, bounds] = ['bootstrap', 'module-bounds'].map((name) => {
    const source = readFileSync(new URL(`./${name}.ts`, import.meta.url), 'utf8');
    const path = join(directory, `${name}.mjs`);
    writeFileSync(path, withoutTypes(source));
    return path;
  });
  const preload = pathToFileURL(bounds ?? '').href;
  return { argumentsFor: (packages) => ['--import', preload, bootstrap ?? '', packages, import.meta.url] };
}

/** Node's type stripping. It is stable for .ts files; calling it directly prints an experimental warning. */
function withoutTypes(source: string): string {
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    return stripTypeScriptTypes(source);
  } finally {
    process.emitWarning = emitWarning;
  }
}
