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

/** Marker file of every data folder: `--fresh` deletes no folder without it. */
const MARKER = 'fettle-data';

/** A stack, on this machine or deployed, for the command line. */
export type Deployment = {
  readonly environmentName: string;
  readonly region: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** only for the stack on this machine; for a deployed one the operator's AWS configuration applies */
  readonly local?: {
    readonly endpoint: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
};

/** A stack that runs in this process. */
export type ServedStack = Deployment & { readonly apiUrl: string; readonly stop: () => Promise<void> };

/** Endpoint and credentials for other processes: written when the stack is up, removed when it ends. */
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
 * Deletes a data folder's content.
 *
 * @throws UsageError when it is no data folder of Fettle, or in use
 */
export async function removeData(dataDir: string): Promise<void> {
  if (!existsSync(dataDir)) return;
  if (!existsSync(join(dataDir, MARKER))) {
    throw new UsageError(`expected a data folder of Fettle at ${dataDir}; it is something else, and was left alone`);
  }
  if (await findServed(dataDir)) throw new UsageError(`${dataDir} is in use: stop what runs from it first`);
  await rm(dataDir, { recursive: true });
}

/** Synthesizes the stack and runs its template. Resolves when the API is up. */
export async function serveLocally(dataDir: string, port: number): Promise<ServedStack> {
  await mkdir(dataDir, { recursive: true });
  await writeFile(join(dataDir, MARKER), '');
  const stack = await startNewest(dataDir, port);
  const deployment = deploymentOf(stack);
  await writeFile(attachmentFile(dataDir), JSON.stringify(deployment), { mode: 0o600 });
  return {
    ...deployment,
    apiUrl: apiUrlOf(stack),
    stop: async () => {
      await rm(attachmentFile(dataDir), { force: true });
      await stack.stop();
    },
  };
}

/** Every start has its own cloud assembly, so that a second start by mistake does not delete the first one's. */
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

const apiUrlOf = ({ apiUrl }: StackHandle): string => `${new URL(apiUrl).origin}${API_PREFIX}`;

function deploymentOf(stack: StackHandle): Deployment {
  const { region, template, awsUrl, credentials } = stack;
  const outputs = Object.values(OUTPUTS).map((name) => [name, String(template.outputs[name])]);
  return {
    environmentName: LOCAL_ENVIRONMENT,
    region,
    // The template's own URL is AWS's.
    outputs: { ...Object.fromEntries(outputs), [OUTPUTS.apiUrl]: apiUrlOf(stack) },
    local: { endpoint: awsUrl, credentials },
  };
}

/**
 * The stack that another process runs from this folder.
 *
 * @throws UsageError when there is none
 */
export async function attachLocally(dataDir: string): Promise<Deployment> {
  const attachment = await findServed(dataDir);
  if (!attachment) throw new UsageError(`no stack runs from ${dataDir}: run "npm start" first`);
  return attachment;
}

async function findServed(dataDir: string): Promise<z.infer<typeof Attachment> | undefined> {
  const text = await readFile(attachmentFile(dataDir), 'utf8').catch(() => undefined);
  const attachment = text === undefined ? undefined : Attachment.parse(JSON.parse(text));
  // The file is stale after a kill.
  const isServed = attachment && (await fetch(attachment.local.endpoint).catch(() => undefined));
  return isServed ? attachment : undefined;
}
