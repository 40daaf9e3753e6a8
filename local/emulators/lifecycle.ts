import { readProperties } from '../read-properties.ts';
import { Bucket, type LifecycleRule } from '../template/known/storage.ts';
import { resourcesOf } from '../template.ts';
import type { Template } from '../types.ts';
import type { MessageEmulators } from './message-emulators.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** S3 adds delete markers after midnight, not at it, so that the days of a noncurrent version are rounded up once more. */
const MARKER_LAG_MS = HOUR_MS;

/** When an action of a lifecycle rule is due: S3 rounds up to the next midnight, UTC. */
export const dueAtMs = (sinceMs: number, days: number): number =>
  Math.ceil((sinceMs + days * DAY_MS) / DAY_MS) * DAY_MS;

/**
 * Applies the lifecycle rules of every bucket to its objects: an object expires (in a versioned bucket behind a delete
 * marker), and noncurrent versions are deleted for good.
 */
export function applyLifecycles(template: Template, emulators: MessageEmulators, nowMs: number): void {
  for (const bucket of resourcesOf(template, 'AWS::S3::Bucket')) {
    const { Rules = [] } = readProperties(bucket, Bucket).LifecycleConfiguration ?? {};
    for (const rule of Rules.filter(({ Status }) => Status === 'Enabled'))
      apply(bucket.physicalId, rule, emulators, nowMs);
  }
}

function apply(bucket: string, rule: LifecycleRule, emulators: MessageEmulators, nowMs: number): void {
  const { Prefix, ExpirationInDays, NoncurrentVersionExpiration } = rule;
  // First, because S3 looks every day: what should have expired days ago has been noncurrent since then.
  if (ExpirationInDays !== undefined) expire(bucket, Prefix, ExpirationInDays, emulators, nowMs);
  if (NoncurrentVersionExpiration)
    deleteVersions(bucket, Prefix, NoncurrentVersionExpiration.NoncurrentDays, emulators, nowMs);
}

/** What the stack's clock is ahead of the machine's, which the times of objects are of (see `followClock`). */
const aheadMs = (nowMs: number): number => nowMs - Date.now();

function expire(
  bucket: string,
  prefix: string,
  days: number,
  { buckets, store }: MessageEmulators,
  nowMs: number,
): void {
  const { objects } = buckets.listObjects(bucket, { prefix, maxKeys: Number.MAX_SAFE_INTEGER });
  for (const { key, lastModified } of objects) {
    const dueMs = dueAtMs(lastModified.getTime() + aheadMs(nowMs), days);
    if (dueMs > nowMs) continue;
    store.deleteObject(bucket, key, dueMs + MARKER_LAG_MS - aheadMs(nowMs));
    // Its row is gone: this forgets it in memory.
    buckets.deleteObject(bucket, key);
  }
}

function deleteVersions(
  bucket: string,
  prefix: string,
  days: number,
  { objects, store }: MessageEmulators,
  nowMs: number,
): void {
  for (const { key, file, sinceMs } of store.noncurrent.all(bucket)) {
    const isDue = dueAtMs(sinceMs + aheadMs(nowMs), days) <= nowMs;
    if (isDue && key.startsWith(prefix)) objects.deleteVersion(bucket, key, file);
  }
}
