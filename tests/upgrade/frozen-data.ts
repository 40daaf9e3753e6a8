import { execFileSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';

const FOLDER = join(import.meta.dirname, 'releases');

/** What is told of a data folder that a release left, in `frozen.json` in the folder itself. */
export const Frozen = z.object({
  frozenAtMs: z.number(),
  /** secrets of the keys of one workspace */
  keys: z.object({ admin: z.string(), member: z.string(), revoked: z.string() }),
  /** all jobs, newest first */
  jobIds: z.array(z.string()),
  /** as the release answered */
  completed: z.looseObject({ jobId: z.string() }),
  cancelledId: z.string(),
  /** a job that waits for its second photo, with the form for it */
  awaiting: z.object({
    jobId: z.string(),
    upload: z.object({ url: z.string(), fields: z.record(z.string(), z.string()) }),
  }),
  /** a job whose three photos had arrived when the machine lost its power */
  interruptedId: z.string(),
});
export type Frozen = z.infer<typeof Frozen>;

/** What a start reads. The rest is made at every start: assembly, code, logs. */
const KEPT = [
  'api-keys.json',
  'api-usage.json',
  'credentials.json',
  'fettle-data',
  'messages',
  'notifications.db*',
  'ports.json',
  'tables',
];

/** The releases whose data folders are frozen. */
export const frozenReleases = (): string[] =>
  globSync('*.tar.gz', { cwd: FOLDER })
    .map((file) => basename(file, '.tar.gz'))
    .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));

const archiveOf = (version: string): string => join(FOLDER, `${version}.tar.gz`);

/** Packs a data folder whose stack is dead. */
export function pack(version: string, dataDir: string, frozen: Frozen): void {
  writeFileSync(join(dataDir, 'frozen.json'), JSON.stringify(frozen));
  const files = globSync([...KEPT, 'frozen.json'], { cwd: dataDir });
  mkdirSync(FOLDER, { recursive: true });
  execFileSync('tar', ['--create', '--gzip', '--file', archiveOf(version), '--directory', dataDir, ...files]);
}

/** Lays a frozen data folder out. */
export function unpack(version: string, dataDir: string): Frozen {
  execFileSync('tar', ['--extract', '--gzip', '--file', archiveOf(version), '--directory', dataDir]);
  return Frozen.parse(JSON.parse(readFileSync(join(dataDir, 'frozen.json'), 'utf8')));
}
