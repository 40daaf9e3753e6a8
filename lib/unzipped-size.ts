import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Lambda's limit of a function's code with its layers, unzipped: 250 MB (Lambda quotas; the bytes are of its own refusal). */
export const UNZIPPED_BYTES = 262_144_000;

const MB = 2 ** 20;

/**
 * Refuses code that Lambda would refuse in the middle of a deployment.
 *
 * @param parts the folders of the zip and its layers, by what they are
 * @throws when they are larger together than UNZIPPED_BYTES, with the size of each
 */
export function refuseTooLarge(functionId: string, parts: Readonly<Record<string, string>>): void {
  const sizes = Object.entries(parts).map(([what, dir]) => ({ what, bytes: bytesOf(dir) }));
  const bytes = sizes.reduce((sum, part) => sum + part.bytes, 0);
  if (bytes <= UNZIPPED_BYTES) return;
  const each = sizes.map((part) => `${part.what} ${inMb(part.bytes)}`).join(', ');
  throw new Error(
    `${functionId} is ${inMb(bytes)} unzipped (${each}); Lambda takes ${inMb(UNZIPPED_BYTES)} with all layers`,
  );
}

const inMb = (bytes: number): string => `${(bytes / MB).toFixed(1)} MB`;

const bytesOf = (dir: string): number =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
