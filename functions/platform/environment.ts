import { z } from 'zod';
import { ENV } from './names/environment-variables.ts';

type EnvironmentName = keyof typeof ENV;

/**
 * The named environment variables of this function.
 *
 * Call it at the top of a module, so that a missing variable fails the cold start with its name.
 */
export function environment<Name extends EnvironmentName>(...names: readonly Name[]): { readonly [N in Name]: string } {
  const shape = Object.fromEntries(names.map((name) => [ENV[name], z.string().min(1)]));
  const variables = z.object(shape).safeParse(process.env);
  if (!variables.success) {
    const missing = variables.error.issues.map(({ path }) => path.join('.')).join(', ');
    throw new Error(`Environment variables missing or empty: ${missing}`);
  }
  return Object.fromEntries(names.map((name) => [name, variables.data[ENV[name]]])) as { readonly [N in Name]: string };
}
