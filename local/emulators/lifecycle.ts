import { readProperties } from '../read-properties.ts';
import { Bucket, type LifecycleRule } from '../template/known/storage.ts';
import { resourcesOf } from '../template.ts';
import type { Template } from '../types.ts';
import type { MessageEmulators } from './message-emulators.ts';

const DAY_MS = 86_400_000;

/** When an action of a lifecycle rule is due: S3 rounds up to the next midnight, UTC. */
export const dueAtMs = (sinceMs: number, days: number): number =>
  Math.ceil((sinceMs + days * DAY_MS) / DAY_MS) * DAY_MS;

/**
 * Applies the lifecycle rules of every bucket to its objects: an object expires (in a versioned bucket behind a delete
 * marker), and noncurrent versions are deleted for good.
 */
export function applyLifecycles(template: Template, emulators: MessageEmulators): void {
  for (const bucket of resourcesOf(template, 'AWS::S3::Bucket')) {
    const { Rules = [] } = readProperties(bucket, Bucket).LifecycleConfiguration ?? {};
    for (const rule of Rules.filter(({ Status }) => Status === 'Enabled')) apply(bucket.physicalId, rule, emulators);
  }
}

/** The ages of objects follow the clock of a test (see `followClock`), so they are compared with the machine's clock. */
function apply(bucket: string, rule: LifecycleRule, { buckets, objects, store }: MessageEmulators): void {
  const { Prefix: prefix, ExpirationInDays, NoncurrentVersionExpiration } = rule;
  if (NoncurrentVersionExpiration) {
    for (const { key, file, sinceMs } of store.noncurrent.all(bucket)) {
      const isDue = dueAtMs(sinceMs, NoncurrentVersionExpiration.NoncurrentDays) <= Date.now();
      if (isDue && key.startsWith(prefix)) objects.deleteVersion(bucket, key, file);
    }
  }
  if (ExpirationInDays === undefined) return;
  for (const { key, lastModified } of buckets.listObjects(bucket, { prefix, maxKeys: Number.MAX_SAFE_INTEGER })
    .objects) {
    if (dueAtMs(lastModified.getTime(), ExpirationInDays) <= Date.now()) buckets.deleteObject(bucket, key);
  }
}
