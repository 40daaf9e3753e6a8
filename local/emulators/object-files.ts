import { createHash, randomUUID } from 'node:crypto';
import { closeSync, openSync, rmSync, writeFileSync } from 'node:fs';
import type { ArrivingBody, ObjectFiles } from '../types.ts';
import type { EmulatorStore } from './emulator-store.ts';
import type { S3Store } from './fauxqs-parts.ts';
import type { ObjectVersion } from './noncurrent-versions.ts';
import { headersOf, objectOf } from './object-headers.ts';

/** The objects of fauxqs's buckets as files, without its HTTP interface. */
export function objectFiles(buckets: S3Store, store: EmulatorStore): ObjectFiles {
  return {
    arrive: () => arrivingBody(buckets, store),
    find: (bucket, key, { versionId, ...wants }) => {
      const found = versionOf(buckets, store, bucket, key, versionId);
      if (found === undefined) return undefined;
      const version = store.versioned.has(bucket) ? { 'x-amz-version-id': found.file } : {};
      return { headers: { ...headersOf(found.object, wants), ...version }, path: store.pathOf(found.file) };
    },
    versionOf: (bucket, key) => (store.versioned.has(bucket) ? store.fileOf(bucket, key) : undefined),
    deleteVersion: (bucket, key, versionId) => {
      if (!versionOf(buckets, store, bucket, key, versionId)) return;
      const wasCurrent = store.fileOf(bucket, key) === versionId;
      const before = store.deleteVersion(bucket, key, versionId);
      if (before) buckets.restoreObject(bucket, before.object);
      // Its row is gone: this forgets it in memory, and adds no delete marker.
      else if (wasCurrent) buckets.deleteObject(bucket, key);
    },
  };
}

/** The current version of an object, or the named one. */
function versionOf(
  buckets: S3Store,
  store: EmulatorStore,
  bucket: string,
  key: string,
  versionId: string | undefined,
): ObjectVersion | undefined {
  const current = store.fileOf(bucket, key);
  if (versionId !== undefined && versionId !== current) return store.noncurrent.find(bucket, key, versionId);
  return current === undefined ? undefined : { object: buckets.headObject(bucket, key), file: current };
}

function arrivingBody(buckets: S3Store, store: EmulatorStore): ArrivingBody {
  const file = randomUUID();
  const descriptor = openSync(store.pathOf(file), 'wx');
  const md5 = createHash('md5');
  let bytes = 0;
  let stored = false;
  return {
    write: (chunk) => {
      writeFileSync(descriptor, chunk);
      md5.update(chunk);
      bytes += chunk.length;
    },
    store: ({ bucket, key, headers }) => {
      if (!buckets.hasBucket(bucket)) return undefined;
      const object = objectOf(key, headers, { bytes, md5: md5.digest('hex'), lastModified: new Date() });
      store.insertObject(bucket, object, file);
      buckets.restoreObject(bucket, object);
      stored = true;
      return { etag: object.etag, ...(store.versioned.has(bucket) && { versionId: file }) };
    },
    close: () => {
      closeSync(descriptor);
      if (!stored) rmSync(store.pathOf(file), { force: true });
    },
  };
}
