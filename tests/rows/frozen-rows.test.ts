import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { isFrozen, releases, thisVersion } from './frozen-rows.ts';
import { ROW_SCHEMAS, type RowKind, sampleRows } from './sample-rows.ts';

const KINDS = Object.keys(ROW_SCHEMAS) as RowKind[];
const everyRelease = releases();

const LATER_FIELD = 'ofALaterRelease';
/** Records by free names: what is in them is their content. */
const RECORDS = ['models', 'timings'];

/** The same with one more field in every object. */
function withLaterFields(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withLaterFields);
  if (value instanceof Set || typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([name, each]) => [
    name,
    RECORDS.includes(name) ? each : withLaterFields(each),
  ]);
  return { ...Object.fromEntries(fields), [LATER_FIELD]: 1 };
}

describe('rows of this release', () => {
  it(`are frozen: when the version changes, run node tests/rows/frozen-rows.ts`, () => {
    expect(isFrozen(thisVersion)).toBe(true);
  });

  it.each(KINDS)('are read as they are written: %s', (kind) => {
    const rows = sampleRows()[kind];
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      const { success, error } = ROW_SCHEMAS[kind].safeParse(row);
      expect(success, error?.message).toBe(true);
    }
  });
});

describe.each(everyRelease)('rows of release $version', ({ rows }) => {
  it.each(KINDS)('are read by this release: %s', (kind) => {
    for (const row of rows[kind] ?? []) {
      const { success, error } = ROW_SCHEMAS[kind].safeParse(row);
      expect(success, error?.message).toBe(true);
    }
  });

  it.each(KINDS)('are read with fields of a later release, which are stripped at every depth: %s', (kind) => {
    for (const row of rows[kind] ?? []) {
      const read = ROW_SCHEMAS[kind].safeParse(withLaterFields(row));
      expect(read.success, read.error?.message).toBe(true);
      expect(JSON.stringify(read.data)).not.toContain(LATER_FIELD);
    }
  });
});

/**
 * During a deployment the release before reads what this one writes. Release 0.1.0 cannot: it requires the score of a model
 * that is gone. What it fails to read returns to its queue. Release 0.2.0 knows no key made since: it looks them up by their
 * secrets, under which they no longer stand, and its list of keys fails while the deployment lasts.
 */
const UNREAD: { readonly [version: string]: readonly RowKind[] } = { '0.2.0': ['key'] };
const deployedBefore = everyRelease.filter(({ version }) => version !== '0.1.0').slice(-2);
describe.each(deployedBefore)('release $version', ({ version, schemas }) => {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  /** JSON schema has no sets either. */
  const plain = (row: unknown): unknown =>
    JSON.parse(JSON.stringify(row, (_name, value) => (value instanceof Set ? [...value] : value)));

  const read = KINDS.filter((kind) => schemas[kind] && !UNREAD[version]?.includes(kind));
  it.each(read)('reads the rows of this release: %s', (kind) => {
    const validate = ajv.compile(schemas[kind] ?? {});
    for (const row of sampleRows()[kind]) expect(validate(plain(row)), JSON.stringify(validate.errors)).toBe(true);
  });
});
