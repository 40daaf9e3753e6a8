import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { z } from 'zod';

/** Readable by the owner only: these files can hold secrets. */
const OWNER_ONLY = 0o600;

/** The saved value, or undefined without a file. A file that does not match the schema is an error, and not overwritten. */
export function readSavedJson<Value>(path: string, schema: z.ZodType<Value>): Value | undefined {
  if (!existsSync(path)) return undefined;
  return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
}

/**
 * Replaces a file atomically, by a rename. No fsync, which blocks for tens of milliseconds: a power cut can lose the last
 * change, a kill of the process cannot.
 */
export function saveJson(path: string, value: unknown): void {
  mkdirSync(dirname(path), { recursive: true });
  const unfinished = `${path}.${process.pid}.new`;
  const file = openSync(unfinished, 'w', OWNER_ONLY);
  try {
    writeSync(file, JSON.stringify(value, null, 1));
  } finally {
    closeSync(file);
  }
  renameSync(unfinished, path);
}
