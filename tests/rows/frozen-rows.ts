import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import type { Row } from '../../functions/jobs/job-rows.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { ROW_SCHEMAS, type RowKind, sampleRows } from './sample-rows.ts';

/** What one release stored, and with which schemas it reads. */
export type Release = {
  readonly version: string;
  readonly rows: Readonly<Partial<Record<RowKind, readonly Row[]>>>;
  /** JSON schemas */
  readonly schemas: Readonly<Partial<Record<RowKind, object>>>;
};

const FOLDER = join(import.meta.dirname, 'releases');

/** JSON has no sets; DynamoDB has. */
const encode = (_name: string, value: unknown): unknown => (value instanceof Set ? { $set: [...value] } : value);
const decode = (_name: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && '$set' in value && Array.isArray(value.$set)
    ? new Set(value.$set)
    : value;

const fileOf = (version: string): string => join(FOLDER, `${version}.json`);

const read = (version: string): Release => ({ version, ...JSON.parse(readFileSync(fileOf(version), 'utf8'), decode) });

const versionsFrozen = (): string[] => globSync('*.json', { cwd: FOLDER }).map((file) => basename(file, '.json'));

/** Every release whose rows are frozen, oldest first. */
export const releases = (): readonly Release[] =>
  versionsFrozen()
    .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map(read);

export const thisVersion = packageJson.version;
export const isFrozen = (version: string): boolean => existsSync(fileOf(version));

const schemaOf = (schema: z.ZodType): object => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });

/** Freezes what this release stores and reads. Run by `node tests/rows/frozen-rows.ts` when the version changes. */
export function freeze(): void {
  const schemas = Object.fromEntries(Object.entries(ROW_SCHEMAS).map(([kind, schema]) => [kind, schemaOf(schema)]));
  writeFileSync(fileOf(thisVersion), `${JSON.stringify({ rows: sampleRows(), schemas }, encode, 2)}\n`);
}

if (import.meta.main) freeze();
