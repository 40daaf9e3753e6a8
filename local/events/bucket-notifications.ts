import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { SqsQueue } from '../emulators/fauxqs-parts.ts';
import type { MessageEmulators } from '../emulators/message-emulators.ts';
import { cannotRun } from '../errors.ts';
import { readProperties } from '../read-properties.ts';
import { Bucket, type QueueNotification } from '../template/known/storage.ts';
import { resourcesOf } from '../template.ts';
import type { OnObjectCreated, Resource, Template } from '../types.ts';
import { type ObjectCreated, objectCreatedRecord } from './object-created.ts';
import { requireSendPermission } from './queue-permission.ts';

export type BucketNotifications = { readonly onObjectCreated: OnObjectCreated; readonly close: () => void };

type Write = Parameters<OnObjectCreated>[0];
type Target = { readonly queue: SqsQueue; readonly events: string; readonly matches: (key: string) => boolean };

/**
 * S3's event notifications to queues, delivered at least once. Each write is noted on disk before it begins; the note is
 * removed once its event is queued. At the start, notes left by a crash are resolved: if the object was stored, its event is
 * queued.
 */
export function bucketNotifications(
  template: Template,
  emulators: MessageEmulators,
  dataDir: string,
): BucketNotifications {
  const targets = targetsByBucket(template, emulators);
  const notes = openNotes(dataDir);
  const queueEvent = (id: string, write: Write) => {
    const object = emulators.buckets.headObject(write.bucket, write.key);
    const versionId = emulators.objects.versionOf(write.bucket, write.key);
    for (const { queue } of targetsOf(targets, write)) {
      emulators.send(
        queue,
        JSON.stringify({
          Records: [
            objectCreatedRecord({ ...factsOf(write, object), ...(versionId && { versionId }) }, template.region),
          ],
        }),
      );
    }
    emulators.store.flush();
    notes.remove(id);
  };

  for (const { id, write, notedAtMs } of notes.pending()) {
    if (wasStored(emulators, write, notedAtMs)) queueEvent(id, write);
    else notes.remove(id);
  }
  return {
    onObjectCreated: (write) => {
      if (targetsOf(targets, write).length === 0) return undefined;
      const id = notes.add(write);
      return { stored: () => queueEvent(id, write), refused: () => notes.remove(id) };
    },
    close: notes.close,
  };
}

type Targets = ReadonlyMap<string, readonly Target[]>;

function targetsByBucket(template: Template, emulators: MessageEmulators): Targets {
  const buckets = resourcesOf(template, 'AWS::S3::Bucket').map((bucket): [string, Target[]] => {
    const notifications = readProperties(bucket, Bucket).NotificationConfiguration?.QueueConfigurations ?? [];
    return [bucket.physicalId, notifications.map((each) => targetOf(template, bucket, each, emulators))];
  });
  return new Map(buckets);
}

function targetOf(
  template: Template,
  bucket: Resource,
  { Event, Queue, Filter }: QueueNotification,
  emulators: MessageEmulators,
): Target {
  const where = `${bucket.logicalId} (${bucket.type}) Properties.NotificationConfiguration`;
  const queue = emulators.queues.getQueueByArn(Queue);
  if (!queue) throw cannotRun(where, `there is no queue ${Queue}`);
  if (!Event.startsWith('s3:ObjectCreated:')) throw cannotRun(where, `the event ${Event} is not sent here`);
  requireSendPermission(template, Queue, bucket, where);
  const rules = Filter?.S3Key.Rules ?? [];
  const unknown = rules.find(({ Name }) => !['prefix', 'suffix'].includes(Name.toLowerCase()));
  if (unknown) throw cannotRun(where, `the filter ${unknown.Name} is neither prefix nor suffix`);
  const matches = (key: string) =>
    rules.every(({ Name, Value }) => (Name.toLowerCase() === 'prefix' ? key.startsWith(Value) : key.endsWith(Value)));
  return { queue, events: Event.replace('s3:', ''), matches };
}

function targetsOf(targets: Targets, { bucket, key, eventName }: Write): readonly Target[] {
  const ofBucket = targets.get(bucket) ?? [];
  return ofBucket.filter(({ events, matches }) => (events.endsWith('*') || events === eventName) && matches(key));
}

/** Whether the object was stored after the note. An older object under the same key is of an earlier write. */
function wasStored({ buckets }: MessageEmulators, { bucket, key }: Write, notedAtMs: number): boolean {
  try {
    return buckets.headObject(bucket, key).lastModified.getTime() >= notedAtMs;
  } catch {
    return false;
  }
}

function factsOf(write: Write, object: { contentLength: number; etag: string; lastModified: Date }): ObjectCreated {
  return {
    ...write,
    bytes: object.contentLength,
    eTag: object.etag.replaceAll('"', ''),
    timeMs: object.lastModified.getTime(),
  };
}

/** Pending writes, on disk. */
function openNotes(dataDir: string) {
  const database = new DatabaseSync(join(dataDir, 'notifications.db'));
  // As in emulator-store.ts: commits survive a kill of the process.
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
  database.exec(
    'CREATE TABLE IF NOT EXISTS notes (id TEXT PRIMARY KEY, write TEXT NOT NULL, noted_at_ms INTEGER NOT NULL)',
  );
  const insert = database.prepare('INSERT INTO notes VALUES (?, ?, ?)');
  const deleteRow = database.prepare('DELETE FROM notes WHERE id = ?');
  return {
    add: (write: Write): string => {
      const id = randomUUID();
      insert.run(id, JSON.stringify(write), Date.now());
      return id;
    },
    remove: (id: string) => {
      deleteRow.run(id);
    },
    pending: () =>
      database
        .prepare('SELECT * FROM notes')
        .all()
        .map((row) => ({
          id: String(row.id),
          write: JSON.parse(String(row.write)) as Write,
          notedAtMs: Number(row.noted_at_ms),
        })),
    close: () => database.close(),
  };
}
