import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { PersistenceManager, type S3Object, type SqsMessage, type SqsQueue } from './fauxqs-parts.ts';
import { type NoncurrentVersions, noncurrentVersions, type ObjectVersion } from './noncurrent-versions.ts';

/**
 * fauxqs's SQLite persistence, made crash-safe:
 *
 * - all writes of one turn of the event loop are one transaction, so a redriven message is always in one of the two queues;
 * - the receive count starts at 0 in the dead-letter queue, as in SQS;
 * - a message with a visibility timeout of 0 keeps its receive count (fauxqs violates its own NOT NULL constraint);
 * - an object's bytes are in a file, written before its row, and not in SQLite. The file has a generated name, so that no
 *   key is a path traversal; in a versioned bucket it is the id of the version, and replaced or deleted versions are kept.
 */
export class EmulatorStore extends PersistenceManager {
  /** names of the buckets that keep versions */
  readonly versioned = new Set<string>();
  readonly noncurrent: NoncurrentVersions;
  readonly #objectsDir: string;
  readonly #database: DatabaseSync;
  readonly #selectFile: StatementSync;
  readonly #clearReceipt: StatementSync;
  #open = false;

  constructor(dataDir: string) {
    super(dataDir);
    this.#objectsDir = join(dataDir, 'objects');
    mkdirSync(this.#objectsDir, { recursive: true });
    this.#database = Reflect.get(this, 'db') as DatabaseSync;
    // Commits survive a kill of the process; only a power cut can lose the last ones.
    this.#database.exec('PRAGMA synchronous = NORMAL');
    this.#selectFile = this.#database.prepare('SELECT body FROM s3_objects WHERE bucket = ? AND key = ?');
    this.#clearReceipt = this.#database.prepare(
      'UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL WHERE message_id = ?',
    );
    this.noncurrent = noncurrentVersions(this.#database);
    this.#dropUnnamedFiles();
  }

  override insertMessage(queueName: string, message: SqsMessage): void {
    this.#begin();
    // Each queue has its own receive count: otherwise a message would move on to the dead-letter queue's own at once.
    message.approximateReceiveCount = 0;
    delete message.approximateFirstReceiveTimestamp;
    super.insertMessage(queueName, message);
  }

  override deleteMessage(messageId: string): void {
    this.#begin();
    super.deleteMessage(messageId);
  }

  override updateMessageInflight(...row: Parameters<PersistenceManager['updateMessageInflight']>): void {
    this.#begin();
    super.updateMessageInflight(...row);
  }

  override updateMessageReady(messageId: string): void {
    this.#begin();
    this.#clearReceipt.run(messageId);
  }

  override upsertObject(bucket: string, object: S3Object): void {
    const file = randomUUID();
    writeFileSync(this.pathOf(file), object.body);
    this.insertObject(bucket, object, file);
  }

  /** Stores an object whose body is already in this file. */
  insertObject(bucket: string, object: S3Object, file: string): void {
    const before = this.fileOf(bucket, object.key);
    const keepsBefore = before !== undefined && this.versioned.has(bucket);
    this.#atOnce(() => {
      if (keepsBefore) this.noncurrent.add(bucket, object.key, Date.now());
      super.upsertObject(bucket, { ...object, body: Buffer.from(file) });
    });
    if (before && !keepsBefore) this.#removeFile(before);
  }

  /** The path of the file of this name. */
  pathOf(file: string): string {
    return join(this.#objectsDir, file);
  }

  override readBody(bucket: string, key: string): Buffer {
    return readFileSync(this.pathOf(super.readBody(bucket, key).toString()));
  }

  /** @param atMs since when a versioned object is noncurrent */
  override deleteObject(bucket: string, key: string, atMs = Date.now()): void {
    const file = this.fileOf(bucket, key);
    if (file === undefined) return;
    const keeps = this.versioned.has(bucket);
    this.#atOnce(() => {
      if (keeps) {
        this.noncurrent.add(bucket, key, atMs);
        this.noncurrent.addMarker(bucket, key, atMs);
      }
      super.deleteObject(bucket, key);
    });
    if (!keeps) this.#removeFile(file);
  }

  /** Deletes a version for good. @returns the version that is current then, unless it is the same as before or none */
  deleteVersion(bucket: string, key: string, file: string): ObjectVersion | undefined {
    const isCurrent = this.fileOf(bucket, key) === file;
    const before = isCurrent ? this.noncurrent.newest(bucket, key) : undefined;
    this.#atOnce(() => {
      if (!isCurrent) return this.noncurrent.remove(file);
      super.deleteObject(bucket, key);
      if (!before) return;
      super.upsertObject(bucket, { ...before.object, body: Buffer.from(before.file) });
      this.noncurrent.remove(before.file);
    });
    this.#removeFile(file);
    return before;
  }

  override completeMultipartUpload(...upload: Parameters<PersistenceManager['completeMultipartUpload']>): void {
    this.#commit();
    super.completeMultipartUpload(...upload);
  }

  override close(): void {
    this.#commit();
    super.close();
  }

  /** Deletes a queue's messages sent before this time. Returns their number. */
  dropMessagesSentBefore(queue: SqsQueue, timeMs: number): number {
    const expired = queue.messages.filter(({ sentTimestamp }) => sentTimestamp < timeMs);
    if (expired.length === 0) return 0;
    queue.messages = queue.messages.filter(({ sentTimestamp }) => sentTimestamp >= timeMs);
    for (const { messageId } of expired) this.deleteMessage(messageId);
    return expired.length;
  }

  /** Opens a transaction that ends with this turn of the event loop. Responses leave in a later turn, so after the commit. */
  #begin(): void {
    if (this.#open) return;
    this.#open = true;
    this.#database.exec('BEGIN');
    queueMicrotask(() => this.#commit());
  }

  /** Commits this turn's writes before the turn ends. */
  flush(): void {
    this.#commit();
  }

  #commit(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#database.exec('COMMIT');
  }

  /** Several writes of objects as one, also within a transaction of fauxqs. */
  #atOnce(write: () => void): void {
    this.#database.exec('SAVEPOINT at_once');
    try {
      write();
    } catch (error) {
      this.#database.exec('ROLLBACK TO at_once');
      throw error;
    } finally {
      this.#database.exec('RELEASE at_once');
    }
  }

  /** Commits the deletion of the file's row first. */
  #removeFile(file: string): void {
    this.#commit();
    rmSync(this.pathOf(file), { force: true });
  }

  /** The name of the file with an object's body; undefined when there is no such object. */
  fileOf(bucket: string, key: string): string | undefined {
    const row = this.#selectFile.get(bucket, key);
    return row && fileNamedBy(row);
  }

  /** Removes files without a row, which a crash between the two writes leaves. */
  #dropUnnamedFiles(): void {
    const rows = this.#database.prepare('SELECT body FROM s3_objects').all();
    const named = new Set([...rows.map(fileNamedBy), ...this.noncurrent.files()]);
    for (const file of readdirSync(this.#objectsDir)) {
      if (!named.has(file)) rmSync(this.pathOf(file));
    }
  }
}

function fileNamedBy({ body }: Record<string, unknown>): string {
  return body instanceof Uint8Array ? Buffer.from(body).toString() : '';
}
