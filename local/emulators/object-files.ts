import { createHash, randomUUID } from 'node:crypto';
import { closeSync, openSync, rmSync, writeFileSync } from 'node:fs';
import type { ArrivingBody, ObjectFiles } from '../types.ts';
import type { EmulatorStore } from './emulator-store.ts';
import type { S3Store } from './fauxqs-parts.ts';
import { headersOf, objectOf } from './object-headers.ts';

/** The objects of fauxqs's buckets as files, without its HTTP interface. */
export function objectFiles(buckets: S3Store, store: EmulatorStore): ObjectFiles {
  return {
    arrive: () => arrivingBody(buckets, store),
    find: (bucket, key, wants) => {
      const file = store.fileOf(bucket, key);
      if (file === undefined) return undefined;
      return { headers: headersOf(buckets.headObject(bucket, key), wants), path: store.pathOf(file) };
    },
  };
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
      return { etag: object.etag };
    },
    close: () => {
      closeSync(descriptor);
      if (!stored) rmSync(store.pathOf(file), { force: true });
    },
  };
}
