import { cannotRun } from '../errors.ts';

/** The parts of a Dockerfile's last stage that a function outside of the image needs. */
export type Image = {
  /** `CMD`, and before it `ENTRYPOINT` when the file has one */
  readonly command: readonly string[];
  readonly environment: { readonly [name: string]: string };
  /** from the build context into the image */
  readonly copies: readonly { readonly from: readonly string[]; readonly to: string }[];
  /** whether packages come from outside the build context: by a `RUN`, or by a `COPY --from` */
  readonly installsPackages: boolean;
};

/** The folder of the function's code in Lambda's base images. */
export const TASK_ROOT = '/var/task';
const INSTALLS = /\b(npm|pnpm|yarn|bun)\s+(ci|i|install|add)\b/;

/**
 * Reads the last stage of a Dockerfile. `RUN` and `COPY --from` are not executed: the packages that they install come from
 * this machine's node_modules.
 */
export function readDockerfile(text: string, buildArgs: { readonly [name: string]: string }, where: string): Image {
  const variables: Record<string, string> = { LAMBDA_TASK_ROOT: TASK_ROOT };
  let image = emptyImage();
  let workDir = TASK_ROOT;
  for (const [instruction, rest] of instructionsOf(text)) {
    const value = substituted(rest, variables);
    switch (instruction) {
      case 'FROM':
        image = emptyImage();
        workDir = TASK_ROOT;
        break;
      case 'ARG':
        Object.assign(variables, argument(value, buildArgs));
        break;
      case 'ENV': {
        const set = assignments(value);
        Object.assign(variables, set);
        image = { ...image, environment: { ...image.environment, ...set } };
        break;
      }
      case 'WORKDIR':
        workDir = absolute(value, workDir);
        break;
      case 'COPY':
        image = value.startsWith('--from')
          ? { ...image, installsPackages: true }
          : { ...image, copies: [...image.copies, copyOf(value, workDir)] };
        break;
      case 'CMD':
        image = { ...image, command: listOf(value, where) };
        break;
      case 'RUN':
        image = { ...image, installsPackages: image.installsPackages || INSTALLS.test(value) };
        break;
      case 'LABEL':
      case 'EXPOSE':
      case 'USER':
        break;
      default:
        throw cannotRun(where, `the runner does not know the instruction ${instruction}`);
    }
  }
  return image;
}

function emptyImage(): Image {
  return { command: [], environment: {}, copies: [], installsPackages: false };
}

/** Instructions and their arguments, without comments and line continuations. */
function instructionsOf(text: string): [instruction: string, rest: string][] {
  const lines = text.split('\n').filter((line) => !line.trimStart().startsWith('#'));
  const joined = lines.join('\n').replaceAll(/\\\n/g, ' ').split('\n');
  return joined
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => [line.split(/\s/, 1)[0]?.toUpperCase() ?? '', line.replace(/^\S+\s*/, '')]);
}

function substituted(text: string, variables: { readonly [name: string]: string }): string {
  return text.replaceAll(/\$\{?(\w+)\}?/g, (whole, name: string) => variables[name] ?? whole);
}

function argument(text: string, given: { readonly [name: string]: string }): { [name: string]: string } {
  const [name = '', ...fallback] = text.split('=');
  const value = given[name] ?? (fallback.length > 0 ? unquoted(fallback.join('=')) : undefined);
  return value === undefined ? {} : { [name]: value };
}

/** `A=1 B="two words"`. */
function assignments(text: string): { [name: string]: string } {
  const pairs = [...text.matchAll(/(\w+)=("[^"]*"|\S*)/g)];
  return Object.fromEntries(pairs.map(([, name = '', value = '']) => [name, unquoted(value)]));
}

function copyOf(text: string, workDir: string): { from: string[]; to: string } {
  const paths = text.split(/\s+/).filter((word) => !word.startsWith('--'));
  const to = absolute(paths.at(-1) ?? '', workDir);
  return { from: paths.slice(0, -1), to };
}

function absolute(path: string, workDir: string): string {
  return path.startsWith('/') ? path : `${workDir}/${path.replace(/^\.\//, '')}`;
}

function listOf(text: string, where: string): string[] {
  if (!text.startsWith('[')) throw cannotRun(where, `a command in shell form does not run here: ${text}`);
  return JSON.parse(text) as string[];
}

function unquoted(text: string): string {
  return text.replace(/^"(.*)"$/, '$1');
}
