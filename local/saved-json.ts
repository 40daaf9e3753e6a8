import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { z } from 'zod';

/** Only the owner may read: these files may hold secrets. */
const OWNER_ONLY = 0o600;

/** What was saved under a path, or undefined when nothing was. A file of another shape is an error: it is never overwritten. */
export function readSavedJson<Value>(path: string, schema: z.ZodType<Value>): Value | undefined {
  if (!existsSync(path)) return undefined;
  return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
}

/**
 * Replaces a file in one step: a killed process leaves the old or the new content, never half of it. It does not wait for the
 * disk, which would hold up everything for tens of milliseconds; only a power cut could take the last change.
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
