import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { OUTPUTS } from '../functions/platform/names/outputs.ts';
import { API_PREFIX } from '../functions/platform/names/routes.ts';
import { startStack } from '../local/stack.ts';
import type { StackHandle } from '../local/types.ts';
import { UsageError } from './usage-error.ts';
import { synthesizeVerified } from './verified-synthesis.ts';

/** The environment whose template runs on one machine. */
const LOCAL_ENVIRONMENT = 'dev';

/** Stands in every data folder, so that `--fresh` deletes nothing else. */
const MARKER = 'fettle-data';

/** What the command line needs to know of a stack, here or deployed. */
export type Deployment = {
  readonly environmentName: string;
  readonly region: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** set for the stack on this machine only; a deployed one is reached with the operator's own environment */
  readonly local?: {
    readonly endpoint: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
};

/** A stack that this process serves. */
export type ServedStack = Deployment & { readonly apiUrl: string; readonly stop: () => Promise<void> };

/** How another process reaches a served stack: written when it is up, removed when it ends. */
const Attachment = z.object({
  environmentName: z.string(),
  region: z.string(),
  outputs: z.record(z.string(), z.string()),
  local: z.object({
    endpoint: z.string(),
    credentials: z.object({ accessKeyId: z.string(), secretAccessKey: z.string() }),
  }),
});

const attachmentFile = (dataDir: string): string => join(dataDir, 'attachment.json');

/**
 * Forgets everything in a data folder.
 *
 * @throws UsageError when the folder is not one of Fettle's, or in use
 */
export async function removeData(dataDir: string): Promise<void> {
  if (!existsSync(dataDir)) return;
  if (!existsSync(join(dataDir, MARKER))) {
    throw new UsageError(`expected a data folder of Fettle at ${dataDir}; it is something else, and was left alone`);
  }
  if (await findServed(dataDir)) throw new UsageError(`${dataDir} is in use: stop what runs from it first`);
  await rm(dataDir, { recursive: true });
}

/** Synthesizes the stack and runs its template. Resolves when the API answers. */
export async function serveLocally(dataDir: string, port: number): Promise<ServedStack> {
  await mkdir(dataDir, { recursive: true });
  await writeFile(join(dataDir, MARKER), '');
  const stack = await startNewest(dataDir, port);
  const deployment = deploymentOf(stack);
  await writeFile(attachmentFile(dataDir), JSON.stringify(deployment), { mode: 0o600 });
  return {
    ...deployment,
    apiUrl: `${new URL(stack.apiUrl).origin}${API_PREFIX}`,
    stop: async () => {
      await rm(attachmentFile(dataDir), { force: true });
      await stack.stop();
    },
  };
}

/** Every start has an assembly of its own, so that a second one by mistake takes nothing from under the first. */
async function startNewest(dataDir: string, port: number): Promise<StackHandle> {
  const assemblies = join(dataDir, 'assemblies');
  await mkdir(assemblies, { recursive: true });
  const assemblyDir = await mkdtemp(join(assemblies, 'assembly-'));
  try {
    await synthesizeVerified({ env: LOCAL_ENVIRONMENT, outDir: assemblyDir });
    const onLog = (line: string) => void process.stderr.write(`${line}\n`);
    const stack = await startStack({ assemblyDir, dataDir, port, onLog });
    const others = (await readdir(assemblies)).filter((name) => name !== basename(assemblyDir));
    await Promise.all(others.map((name) => rm(join(assemblies, name), { recursive: true })));
    return stack;
  } catch (error) {
    await rm(assemblyDir, { recursive: true, force: true });
    throw error;
  }
}

function deploymentOf({ region, template, awsUrl, credentials }: StackHandle): Deployment {
  const outputs = Object.values(OUTPUTS).map((name) => [name, String(template.outputs[name])]);
  return {
    environmentName: LOCAL_ENVIRONMENT,
    region,
    outputs: Object.fromEntries(outputs),
    local: { endpoint: awsUrl, credentials },
  };
}

/**
 * The stack that another process serves from this folder.
 *
 * @throws UsageError when nothing does
 */
export async function attachLocally(dataDir: string): Promise<Deployment> {
  const attachment = await findServed(dataDir);
  if (!attachment) throw new UsageError(`nothing runs from ${dataDir}: start it with "npm start" first`);
  return attachment;
}

async function findServed(dataDir: string): Promise<z.infer<typeof Attachment> | undefined> {
  const text = await readFile(attachmentFile(dataDir), 'utf8').catch(() => undefined);
  const attachment = text === undefined ? undefined : Attachment.parse(JSON.parse(text));
  // After a kill the file is still there, and nobody answers.
  const isServed = attachment && (await fetch(attachment.local.endpoint).catch(() => undefined));
  return isServed ? attachment : undefined;
}
