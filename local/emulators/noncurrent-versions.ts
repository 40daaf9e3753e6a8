import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { S3Object } from './fauxqs-parts.ts';

/** A version of an object, and the file with its bytes, whose name is the id of the version. */
export type ObjectVersion = { readonly object: S3Object; readonly file: string };

/** A version that has not been the current one since `sinceMs`. */
export type NoncurrentVersion = { readonly key: string; readonly file: string; readonly sinceMs: number };

/** The noncurrent versions and delete markers of versioned buckets: rows of fauxqs's table of objects in a table of their own. */
export type NoncurrentVersions = {
  /** Copies the row of the current version. */
  readonly add: (bucket: string, key: string, sinceMs: number) => void;
  /** Adds a delete marker. While an object has no current version, its newest row here is a marker. */
  readonly addMarker: (bucket: string, key: string, sinceMs: number) => void;
  readonly find: (bucket: string, key: string, file: string) => ObjectVersion | undefined;
  /** The version that was current before; undefined when there is none, or a delete marker. */
  readonly newest: (bucket: string, key: string) => ObjectVersion | undefined;
  readonly remove: (file: string) => void;
  readonly all: (bucket: string) => readonly NoncurrentVersion[];
  readonly files: () => readonly string[];
  /** Makes all of them older. */
  readonly age: (milliseconds: number) => void;
};

const Row = z.object({
  key: z.string(),
  body: z.instanceof(Uint8Array).transform((bytes) => Buffer.from(bytes).toString()),
  content_type: z.string(),
  content_length: z.number(),
  etag: z.string(),
  last_modified: z.string().transform((text) => new Date(text)),
  metadata: z.string().transform((text) => z.record(z.string(), z.string()).parse(JSON.parse(text))),
  content_language: z.string().nullable(),
  content_disposition: z.string().nullable(),
  cache_control: z.string().nullable(),
  content_encoding: z.string().nullable(),
  checksum_algorithm: z.enum(['CRC32', 'SHA1', 'SHA256']).nullable(),
  checksum_value: z.string().nullable(),
  checksum_type: z.enum(['FULL_OBJECT', 'COMPOSITE']).nullable(),
});

const Listed = z
  .object({ key: z.string(), body: Row.shape.body, since_ms: z.number() })
  .transform(({ key, body, since_ms }): NoncurrentVersion => ({ key, file: body, sinceMs: since_ms }));

/** Opens the table, in the database of fauxqs's objects. */
export function noncurrentVersions(database: DatabaseSync): NoncurrentVersions {
  database.exec('CREATE TABLE IF NOT EXISTS s3_noncurrent AS SELECT *, 0 AS since_ms FROM s3_objects LIMIT 0');
  database.exec('CREATE INDEX IF NOT EXISTS s3_noncurrent_by_key ON s3_noncurrent (bucket, key)');
  const copy = database.prepare('INSERT INTO s3_noncurrent SELECT *, ? FROM s3_objects WHERE bucket = ? AND key = ?');
  const mark = database.prepare("INSERT INTO s3_noncurrent (bucket, key, body, since_ms) VALUES (?, ?, x'', ?)");
  const select = database.prepare('SELECT * FROM s3_noncurrent WHERE bucket = ? AND key = ? AND body = ?');
  const last = database.prepare('SELECT * FROM s3_noncurrent WHERE bucket = ? AND key = ? ORDER BY rowid DESC LIMIT 1');
  const drop = database.prepare('DELETE FROM s3_noncurrent WHERE body = ?');
  const list = database.prepare("SELECT key, body, since_ms FROM s3_noncurrent WHERE bucket = ? AND body <> x''");
  const named = database.prepare("SELECT key, body, since_ms FROM s3_noncurrent WHERE body <> x''");
  const shift = database.prepare('UPDATE s3_noncurrent SET since_ms = since_ms - ?');
  return {
    add: (bucket, key, sinceMs) => void copy.run(sinceMs, bucket, key),
    addMarker: (bucket, key, sinceMs) => void mark.run(bucket, key, sinceMs),
    find: (bucket, key, file) => versionOf(select.get(bucket, key, Buffer.from(file))),
    newest: (bucket, key) => versionOf(last.get(bucket, key)),
    remove: (file) => void drop.run(Buffer.from(file)),
    all: (bucket) => z.array(Listed).parse(list.all(bucket)),
    files: () =>
      z
        .array(Listed)
        .parse(named.all())
        .map(({ file }) => file),
    age: (milliseconds) => void shift.run(milliseconds),
  };
}

function versionOf(found: unknown): ObjectVersion | undefined {
  const row = Row.safeParse(found).data;
  if (!row) return undefined;
  const object: S3Object = {
    key: row.key,
    body: Buffer.alloc(0),
    contentType: row.content_type,
    contentLength: row.content_length,
    etag: row.etag,
    lastModified: row.last_modified,
    metadata: row.metadata,
    ...(row.content_language !== null && { contentLanguage: row.content_language }),
    ...(row.content_disposition !== null && { contentDisposition: row.content_disposition }),
    ...(row.cache_control !== null && { cacheControl: row.cache_control }),
    ...(row.content_encoding !== null && { contentEncoding: row.content_encoding }),
    ...(row.checksum_algorithm !== null && { checksumAlgorithm: row.checksum_algorithm }),
    ...(row.checksum_value !== null && { checksumValue: row.checksum_value }),
    ...(row.checksum_type !== null && { checksumType: row.checksum_type }),
  };
  return { object, file: row.body };
}
